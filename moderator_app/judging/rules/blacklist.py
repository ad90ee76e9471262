"""Banned authors, channels and bots: any message of theirs."""

from collections.abc import Iterator

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import AuthorKey, Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded

_SCORE = 0.99


class Blacklist:
    id = "blacklist"

    def __init__(self, book: RuleBook) -> None:
        self._banned = book.lists.blacklist

    def look(self, message: Message, folded: Folded) -> Iterator[Finding]:
        if not self._banned:
            return
        if message.author is not None and message.author.key in self._banned:
            yield Finding(self.id, Label.LIST, _SCORE, "finding.blacklist.author")
        elif _key(message, message.sender_chat, "-") in self._banned:
            yield Finding(self.id, Label.LIST, _SCORE, "finding.blacklist.channel")
        elif _key(message, message.via_bot, "") in self._banned:
            yield Finding(self.id, Label.LIST, _SCORE, "finding.blacklist.bot")


def _key(message: Message, bare: str, sign: str) -> AuthorKey:
    """Channels are written bare where they stand in a message, with a minus where they are authors."""
    return AuthorKey(message.key.platform, sign + bare.removeprefix("-"))
