"""What a community wants judged, how severely, and what to suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from moderator_app.domain.ai import AiPolicy
from moderator_app.domain.decision import Choice
from moderator_app.domain.rules import RULES, TOXICITY, WHITELIST
from moderator_app.domain.verdict import Finding, Label, Verdict, noisy_or


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """How one rule counts. Findings below `threshold` are dropped; the others' scores are multiplied by `weight`.

    `numbers` overrides the rule's own named numbers (windows in seconds, counts). `acts`: it decides by itself what it
    suggests, without a human.
    """

    enabled: bool = True
    threshold: float = 0.0
    weight: float = 1.0
    suggested: Choice = Choice.DELETE
    numbers: Mapping[str, float] = field(default_factory=dict)
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """What an author's confirmed violations within `seconds` lead to: the one at which each step is reached.

    A step of 0 is left out.
    """

    enabled: bool = True
    seconds: float = 30 * 24 * 3600.0
    warn: int = 1
    mute: int = 2
    ban: int = 3


@dataclass(frozen=True, slots=True)
class Exemptions:
    """Who is not judged."""

    managers: bool = True
    linked_channel: bool = True
    community: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules in force for one community. `version` grows with every change that is stored.

    `mute_seconds` is the length of a mute that nobody gave another one.
    """

    version: int = 1
    rules: Mapping[str, RulePolicy] = field(default_factory=dict)
    thresholds: Mapping[Label, float] = field(default_factory=dict)
    ladder: Ladder = field(default_factory=Ladder)
    exemptions: Exemptions = field(default_factory=Exemptions)
    ai: AiPolicy = field(default_factory=AiPolicy)
    mute_seconds: float = 24 * 3600.0

    def rule(self, rule: str) -> RulePolicy:
        return self.rules.get(rule) or DEFAULT_RULES.get(rule) or RulePolicy()

    def number(self, rule: str, name: str) -> float:
        """One of the numbers of a declared rule."""
        return self.rule(rule).numbers.get(name, RULES[rule].numbers[name].default)

    def threshold(self, label: Label) -> float:
        return self.thresholds.get(label, DEFAULT_THRESHOLDS[label])


DEFAULT_THRESHOLDS: Mapping[Label, float] = dict.fromkeys(Label, 0.5)

DEFAULT_RULES: Mapping[str, RulePolicy] = {
    rule.id: RulePolicy(threshold=rule.threshold, suggested=rule.suggested) for rule in RULES.values()
}


def judge(findings: Sequence[Finding], policy: Policy) -> Verdict:
    """Combine what the rules found into one verdict under `policy`."""
    if not findings:
        return _clean(policy.version)
    weighed = [weigh(finding, policy) for finding in findings]
    return combine(tuple([finding for finding in weighed if finding is not None]), policy)


def combine(weighed: tuple[Finding, ...], policy: Policy) -> Verdict:
    """The verdict on findings that `weigh` let through."""
    if not weighed:
        return _clean(policy.version)
    scores: dict[Label, list[float]] = {}
    for finding in weighed:
        if finding.rule == WHITELIST:
            return Verdict(0.0, weighed, (), (), policy.version, trusted=True)
        scores.setdefault(finding.label, []).append(finding.score)
    labels = tuple([(label, noisy_or(scores[label])) for label in _LABELS if label in scores])
    verdicts = tuple([label for label, probability in labels if probability >= policy.threshold(label)])
    return Verdict(
        score=noisy_or([finding.score for finding in weighed]),
        findings=weighed,
        labels=labels,
        verdicts=verdicts,
        policy_version=policy.version,
        doubtful=verdicts == _ONLY_TOXIC and all(_is_doubtful(finding, policy) for finding in weighed),
    )


@lru_cache
def _clean(version: int) -> Verdict:
    """Of nearly every message."""
    return Verdict(0.0, (), (), (), version)


_ONLY_TOXIC = (Label.TOXICITY,)


def _is_doubtful(finding: Finding, policy: Policy) -> bool:
    """Whether it does not bring a message into the queue as toxic."""
    if finding.label is not Label.TOXICITY:
        return True
    return finding.rule == TOXICITY and not finding.of_ai and finding.score < policy.number(TOXICITY, "queue_share")


# Going through the enumeration itself is slow.
_LABELS = tuple(Label)


def weigh(finding: Finding, policy: Policy) -> Finding | None:
    """The finding with the score that counts under `policy`; None where it does not count."""
    if finding.rule == WHITELIST:
        # Whether the author passes was asked before; managers do where the whitelist is off, and no score matters.
        return finding
    rule = policy.rule(finding.rule)
    if not rule.enabled or finding.score < rule.threshold:
        return None
    if rule.weight == 1.0:
        return finding
    return finding._replace(score=min(1.0, finding.score * rule.weight))


def suggest(verdict: Verdict, policy: Policy) -> Choice:
    """The gravest choice among those that the rules with the strongest evidence, and aggravating ones, suggest."""
    if not verdict.verdicts:
        return Choice.DISMISS
    counted = [finding for finding in verdict.findings if finding.label in verdict.verdicts]
    if not counted:
        return Choice.DISMISS
    strongest = max(finding.score for finding in counted)
    speaking = [each.rule for each in counted if each.score >= strongest - 0.1 or _aggravates(each.rule)]
    return max([policy.rule(rule).suggested for rule in speaking], key=lambda choice: choice.gravity)


def _aggravates(rule: str) -> bool:
    return rule in RULES and RULES[rule].aggravates


def climb(suggested: Choice, violations_before: int, ladder: Ladder) -> Choice:
    """What to suggest to somebody with so many confirmed violations: the graver of `suggested` and the step reached.

    A mute or a ban takes over the deletion that it is added to. What is not worth acting upon is no step.
    """
    if not ladder.enabled or not suggested.confirms:
        return suggested
    this_one = violations_before + 1
    steps = ((ladder.warn, Choice.WARN), (ladder.mute, Choice.MUTE), (ladder.ban, Choice.BAN))
    reached = [step for least, step in steps if 0 < least <= this_one]
    if suggested is Choice.DELETE and Choice.BAN in reached:
        return Choice.DELETE_BAN
    if suggested is Choice.DELETE and Choice.MUTE in reached:
        return Choice.DELETE_MUTE
    return max([suggested, *reached], key=lambda choice: choice.gravity)
