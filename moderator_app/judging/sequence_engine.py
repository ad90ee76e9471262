"""Runs the sequence rules of a rule book over messages in their order."""

from collections.abc import Iterable
from datetime import datetime

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import AuthorKey, Message, MessageKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules import SEQUENCE_RULES
from moderator_app.judging.rules.rule import SequenceRule
from moderator_app.judging.rules.whitelist import trusts
from moderator_app.judging.window import Sighting, Window


class SequenceEngine:
    """Judges messages by what came before them, in order of arrival."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._rules: tuple[SequenceRule, ...] = tuple(rule(book) for rule in SEQUENCE_RULES)
        self._window = Window()

    def still_holds(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Of the findings of an earlier judgement those of sequence rules: what came before has not changed."""
        ids = {rule.id for rule in self._rules}
        return tuple(finding for finding in findings if finding.rule in ids)

    def observe(self, message: Message, judged: Judged) -> tuple[Finding, ...]:
        """What `message` completes; it is remembered then. Trusted authors are neither judged nor remembered."""
        author = message.author.key if message.author else None
        community = message.key.community_key
        if trusts(self.book, author, community):
            return ()
        policy = self.book.policy(community)
        rules = (rule for rule in self._rules if policy.rule(rule.id).enabled)
        findings = tuple(finding for rule in rules for finding in rule.look(message, judged, self._window))
        self._take_in(message.key, author, message.date, judged.text_hash)
        return findings

    def remember(self, key: MessageKey, author: AuthorKey | None, date: datetime | None, text_hash: int) -> None:
        """Take in a message that was judged before. One without author, date or hash says nothing and is left out."""
        trusted = trusts(self.book, author, key.community_key)
        self._take_in(key, None if trusted else author, date, text_hash)

    def _take_in(self, key: MessageKey, author: AuthorKey | None, date: datetime | None, text_hash: int) -> None:
        if author is None or date is None or not text_hash:
            self._window.forget(key)
        else:
            self._window.remember(Sighting(key, author, date, text_hash))
