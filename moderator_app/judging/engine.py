"""Runs the text rules of a rule book over messages."""

from collections.abc import Callable, Iterable

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.likeness import Likeness
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.domain.verdict import Finding
from moderator_app.judging.folded import Folded, fold
from moderator_app.judging.likeness import likeness, sameness
from moderator_app.judging.rules import TEXT_RULES
from moderator_app.judging.rules.whitelist import Trust
from moderator_app.judging.text_hash import text_hash

Look = Callable[[Message, Folded], Iterable[Finding]]


class Engine:
    """Judges messages one by one. Raises Refused when the book holds a pattern that cannot be used.

    Not to be sent to another process: send the book and build the engine there.
    """

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._trust = Trust(book)
        self._rules = tuple(rule(book) for rule in TEXT_RULES)
        self._enabled: dict[CommunityKey, tuple[Look, ...]] = {}

    def judge(self, message: Message) -> Judged:
        """What the text rules enabled for the message's community find. Never raises for any message."""
        folded = fold(message.text)
        passed = self._trust.look(message)
        if passed is not None:
            return self._judged(message, folded, (passed,))
        found: list[Finding] = []
        for look in self._rules_of(message.key.community_key):
            found += look(message, folded)
        return self._judged(message, folded, tuple(found))

    def _judged(self, message: Message, folded: Folded, findings: tuple[Finding, ...]) -> Judged:
        number = text_hash(folded)
        if findings:
            return Judged(findings, number, likeness(message, folded, number, self.book.lists.domains))
        # A check of whole sequences may still speak about it.
        return Judged(findings, number, Likeness(same=sameness(message, number)))

    def _rules_of(self, community: CommunityKey) -> tuple[Look, ...]:
        looks = self._enabled.get(community)
        if looks is None:
            policy = self.book.policy(community)
            looks = tuple(rule.look for rule in self._rules if policy.rule(rule.id).enabled)
            self._enabled[community] = looks
        return looks
