"""Runs the text rules of a rule book over messages."""

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.likeness import Likeness
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.domain.verdict import Finding
from moderator_app.judging.folded import Folded, fold
from moderator_app.judging.likeness import likeness, sameness
from moderator_app.judging.rules import TEXT_RULES
from moderator_app.judging.rules.rule import TextRule
from moderator_app.judging.rules.whitelist import Whitelist, trusts
from moderator_app.judging.text_hash import text_hash


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
        if trusts(self.book, message.author.key if message.author else None, message.key.community_key):
            findings = tuple(self._whitelist.look(message, folded))
        else:
            rules = self._rules_of(message.key.community_key)
            findings = tuple(finding for rule in rules for finding in rule.look(message, folded))
        return self._judged(message, folded, findings)

    def _judged(self, message: Message, folded: Folded, findings: tuple[Finding, ...]) -> Judged:
        number = text_hash(folded)
        if findings:
            return Judged(findings, number, likeness(message, folded, number, self.book.lists.domains))
        # A check of whole sequences may still speak about it.
        return Judged(findings, number, Likeness(same=sameness(message, number)))

    def _rules_of(self, community: CommunityKey) -> tuple[TextRule, ...]:
        rules = self._enabled.get(community)
        if rules is None:
            policy = self.book.policy(community)
            rules = tuple(rule for rule in self._rules if policy.rule(rule.id).enabled)
            self._enabled[community] = rules
        return rules
