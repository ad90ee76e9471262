"""Trusted authors: always passed."""

from collections.abc import Iterator

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import AuthorKey, CommunityKey, Message
from moderator_app.domain.rules import WHITELIST
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded


class Whitelist:
    id = WHITELIST

    def __init__(self, book: RuleBook) -> None:
        self._trusted = book.lists.whitelist

    def look(self, message: Message, folded: Folded) -> Iterator[Finding]:
        if message.author is not None and message.author.key in self._trusted:
            yield Finding(self.id, Label.LIST, 0.0, "finding.whitelist.author")


def trusts(book: RuleBook, author: AuthorKey | None, community: CommunityKey) -> bool:
    """Whether the community passes everything this author writes."""
    return author in book.lists.whitelist and book.policy(community).rule(Whitelist.id).enabled
