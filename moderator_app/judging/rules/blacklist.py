"""Banned authors, channels and bots: any message of theirs."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.identities import bot_name, channel_of, listed

_SCORE = 0.99


class Blacklist:
    id = "blacklist"

    def __init__(self, book: RuleBook) -> None:
        self._banned = frozenset((key.platform, listed(key)) for key in book.lists.blacklist if key.author)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        text_id = self._text_id(message) if self._banned else ""
        return (Finding(self.id, Label.LIST, _SCORE, text_id),) if text_id else ()

    def _text_id(self, message: Message) -> str:
        platform, author = message.key.platform, message.author
        if (platform, channel_of(message)) in self._banned:
            return "finding.blacklist.channel" if message.sender_chat else "finding.blacklist.author"
        if author is not None and not self._banned.isdisjoint(
            {(platform, author.key.author), (platform, bot_name(author.username))}
        ):
            return "finding.blacklist.author"
        return "finding.blacklist.bot" if (platform, bot_name(message.via_bot)) in self._banned else ""
