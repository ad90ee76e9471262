"""What a community wants judged, how severely, and what to suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from moderator_app.domain.decision import Choice
from moderator_app.domain.verdict import Finding, Label, Verdict, noisy_or

WHITELIST = "whitelist"


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """How one rule counts. Findings below `threshold` are dropped; the others' scores are multiplied by `weight`.

    `numbers` overrides the rule's own named numbers (windows in seconds, counts).
    """

    enabled: bool = True
    threshold: float = 0.0
    weight: float = 1.0
    suggested: Choice = Choice.DELETE
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules in force for one community. `version` grows with every change that is stored."""

    version: int = 1
    rules: Mapping[str, RulePolicy] = field(default_factory=dict)
    thresholds: Mapping[Label, float] = field(default_factory=dict)

    def rule(self, rule: str) -> RulePolicy:
        return self.rules.get(rule) or DEFAULT_RULES.get(rule) or RulePolicy()

    def threshold(self, label: Label) -> float:
        return self.thresholds.get(label, DEFAULT_THRESHOLDS[label])


DEFAULT_THRESHOLDS: Mapping[Label, float] = dict.fromkeys(Label, 0.5)

# One link or one word of mixed alphabets is ordinary in a chat (2.8 % of messages carry a link): alone it stays
# below the threshold, two such signs together pass it.
DEFAULT_RULES: Mapping[str, RulePolicy] = {
    "links": RulePolicy(suggested=Choice.DELETE),
    "vk_links": RulePolicy(suggested=Choice.DELETE),
    "mixed_alphabets": RulePolicy(suggested=Choice.DELETE),
    "repeated_text": RulePolicy(suggested=Choice.DELETE),
    "stop_words": RulePolicy(suggested=Choice.DELETE),
    "profanity": RulePolicy(suggested=Choice.DELETE),
    "blacklist": RulePolicy(suggested=Choice.DELETE_BAN),
    WHITELIST: RulePolicy(suggested=Choice.DISMISS),
}


def judge(findings: Sequence[Finding], policy: Policy) -> Verdict:
    """Combine what the rules found into one verdict under `policy`."""
    if not findings:
        return Verdict(0.0, (), (), (), policy.version)
    kept = tuple(weighed for finding in findings if (weighed := _weigh(finding, policy)) is not None)
    if any(finding.rule == WHITELIST for finding in kept):
        return Verdict(0.0, kept, (), (), policy.version, trusted=True)
    labels = tuple(
        (label, noisy_or(finding.score for finding in kept if finding.label is label))
        for label in Label
        if any(finding.label is label for finding in kept)
    )
    return Verdict(
        score=noisy_or(finding.score for finding in kept),
        findings=kept,
        labels=labels,
        verdicts=tuple(label for label, probability in labels if probability >= policy.threshold(label)),
        policy_version=policy.version,
    )


def suggest(verdict: Verdict, policy: Policy) -> Choice:
    """The gravest choice among those the rules with the strongest evidence suggest."""
    counted = [finding for finding in verdict.findings if finding.label in verdict.verdicts]
    if not counted:
        return Choice.DISMISS
    strongest = max(finding.score for finding in counted)
    suggested = [policy.rule(finding.rule).suggested for finding in counted if finding.score >= strongest - 0.1]
    return max(suggested, key=lambda choice: choice.gravity)


def _weigh(finding: Finding, policy: Policy) -> Finding | None:
    rule = policy.rule(finding.rule)
    if not rule.enabled or finding.score < rule.threshold:
        return None
    if rule.weight == 1.0:
        return finding
    return replace(finding, score=min(1.0, finding.score * rule.weight))
