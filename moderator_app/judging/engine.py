"""Runs the rules of a rule book over messages."""

from collections.abc import Iterable
from datetime import datetime

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import AuthorKey, CommunityKey, Message, MessageKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.folded import fold
from moderator_app.judging.rules import SEQUENCE_RULES, TEXT_RULES
from moderator_app.judging.rules.rule import SequenceRule, TextRule
from moderator_app.judging.rules.whitelist import Whitelist
from moderator_app.judging.text_hash import text_hash
from moderator_app.judging.window import Sighting, Window


class Engine:
    """Judges messages one by one. Raises Refused when the book holds a pattern that cannot be used.

    Not to be sent to another process: send the book and build the engine there.
    """

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._whitelist = Whitelist(book)
        self._rules = tuple(rule(book) for rule in TEXT_RULES)
        self._enabled: dict[CommunityKey, tuple[TextRule, ...]] = {}

    def judge(self, message: Message) -> Judged:
        """What the text rules enabled for the message's community find. Never raises for any message."""
        folded = fold(message.text)
        if self._policy_trusts(message):
            findings = tuple(self._whitelist.look(message, folded))
        else:
            rules = self._rules_of(message.key.community_key)
            findings = tuple(finding for rule in rules for finding in rule.look(message, folded))
        return Judged(findings, text_hash(folded))

    def _policy_trusts(self, message: Message) -> bool:
        return _trusts(self.book, message.author.key if message.author else None, message.key.community_key)

    def _rules_of(self, community: CommunityKey) -> tuple[TextRule, ...]:
        rules = self._enabled.get(community)
        if rules is None:
            policy = self.book.policy(community)
            rules = tuple(rule for rule in self._rules if policy.rule(rule.id).enabled)
            self._enabled[community] = rules
        return rules


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

    def observe(self, message: Message, text_hash: int) -> tuple[Finding, ...]:
        """What `message` completes; it is remembered then. Trusted authors are neither judged nor remembered."""
        author = message.author.key if message.author else None
        community = message.key.community_key
        if _trusts(self.book, author, community):
            return ()
        policy = self.book.policy(community)
        rules = (rule for rule in self._rules if policy.rule(rule.id).enabled)
        findings = tuple(finding for rule in rules for finding in rule.look(message, text_hash, self._window))
        self._take_in(message.key, author, message.date, text_hash)
        return findings

    def remember(self, key: MessageKey, author: AuthorKey | None, date: datetime | None, text_hash: int) -> None:
        """Take in a message that was judged before. One without author, date or hash says nothing and is left out."""
        trusted = _trusts(self.book, author, key.community_key)
        self._take_in(key, None if trusted else author, date, text_hash)

    def _take_in(self, key: MessageKey, author: AuthorKey | None, date: datetime | None, text_hash: int) -> None:
        if author is None or date is None or not text_hash:
            self._window.forget(key)
        else:
            self._window.remember(Sighting(key, author, date, text_hash))


def _trusts(book: RuleBook, author: AuthorKey | None, community: CommunityKey) -> bool:
    return author in book.lists.whitelist and book.policy(community).rule(Whitelist.id).enabled
