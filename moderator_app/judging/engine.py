"""Runs the text rules of a rule book over messages."""

from collections.abc import Callable, Iterable, Sequence

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.verdict import Finding
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import Folded, fold
from moderator_app.judging.learned.scorer import score_all
from moderator_app.judging.likeness import likeness
from moderator_app.judging.rules import SCORED, TEXT_RULES
from moderator_app.judging.rules.rule import MeetingRule
from moderator_app.judging.rules.whitelist import Trust
from moderator_app.judging.text_hash import text_hash

Look = Callable[[Message, Folded], Iterable[Finding]]
# A message, its text folded, and what was found in it so far.
_Page = tuple[Message, Folded, list[Finding]]

# Makes every part of the checks look something up.
_EVERYDAY = Message(MessageKey(Platform.TELEGRAM, "", ""), "с*ка п.и.з blyat привет example.com @name")


class Engine:
    """Judges messages. Raises Refused when the book holds a pattern that cannot be used.

    Not to be sent to another process: send the book and build the engine there. `alike`: also tell what a message has
    in common with its variants.
    """

    def __init__(self, book: RuleBook, *, alike: bool = True) -> None:
        self.book = book
        self._alike = alike
        self._trust = Trust(book)
        self._domains = Domains(book.lists.domains)
        self._rules = tuple(rule(book) for rule in TEXT_RULES)
        self._meeting = tuple(rule for rule in self._rules if isinstance(rule, MeetingRule))
        self._enabled: dict[CommunityKey, tuple[Look, ...]] = {}
        self._scored: dict[CommunityKey, bool] = {}

    def load(self) -> None:
        """Load dictionaries and weights now, which the first messages would wait for."""
        self.judge(_EVERYDAY)

    def judge(self, message: Message) -> Judged:
        """What the text rules enabled for the message's community find. Never raises for any message."""
        return self.judge_all((message,))[0]

    def judge_all(self, messages: Sequence[Message]) -> tuple[Judged, ...]:
        """The same of many messages, in their order; many together cost less than one by one."""
        folded = [fold(message.text) for message in messages]
        passed = [self._trust.look(message) for message in messages]
        found = [[] if trusted is None else [trusted] for trusted in passed]
        places: dict[CommunityKey, list[_Page]] = {}
        for page, trusted in zip(zip(messages, folded, found, strict=True), passed, strict=True):
            if trusted is None:
                places.setdefault(page[0].key.community_key, []).append(page)
        score_all([page[1] for place, pages in places.items() if self._is_scored(place) for page in pages])
        for place, pages in places.items():
            self._meet(place, [page[1] for page in pages])
            # Rule by rule: what a rule looks things up in stays in the processor's cache.
            for look in self._rules_of(place):
                for message, text, own in pages:
                    own += look(message, text)
        return tuple(map(self._judged, messages, folded, map(tuple, found)))

    def _meet(self, place: CommunityKey, texts: Sequence[Folded]) -> None:
        for rule in self._meeting:
            if self.book.policy(place).rule(rule.id).enabled:
                rule.meet(place, texts)

    def _judged(self, message: Message, folded: Folded, findings: tuple[Finding, ...]) -> Judged:
        # Sequence rules learn nothing from a message of nobody or of no time.
        if not self._alike and (message.author is None or message.date is None):
            return Judged(findings, 0)
        number = text_hash(folded)
        if not findings or not self._alike:
            return Judged(findings, number)
        return Judged(findings, number, likeness(message, folded, number, self._domains))

    def _rules_of(self, community: CommunityKey) -> tuple[Look, ...]:
        looks = self._enabled.get(community)
        if looks is None:
            policy = self.book.policy(community)
            looks = tuple(rule.look for rule in self._rules if policy.rule(rule.id).enabled)
            self._enabled[community] = looks
        return looks

    def _is_scored(self, community: CommunityKey) -> bool:
        scored = self._scored.get(community)
        if scored is None:
            policy = self.book.policy(community)
            scored = self._scored[community] = any(policy.rule(rule).enabled for rule in SCORED)
        return scored
