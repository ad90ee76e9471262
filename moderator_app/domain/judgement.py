"""What is handed to the judges and what they hand back, across processes too."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from moderator_app.domain.likeness import LIKE_NONE, Likeness
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Finding, Label


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything the rules judge by: policies per community, the default one, and the lists."""

    default: Policy = field(default_factory=Policy)
    communities: Mapping[CommunityKey, Policy] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)

    def policy(self, community: CommunityKey) -> Policy:
        return self.communities.get(community, self.default)

    def judges_as(self, other: "RuleBook") -> bool:
        """Whether both find the same in every message, and suggest the same about it before any ladder."""
        if self.lists != other.lists or _judging(self.default) != _judging(other.default):
            return False
        places = {*self.communities, *other.communities}
        return all(_judging(self.policy(place)) == _judging(other.policy(place)) for place in places)


class Judged(NamedTuple):
    """The text rules' findings about one message, unweighted, and the hash of its normalised text.

    `text_hash` is a signed 64-bit number equal for texts that read the same, 0 for a text that tells too
    little to compare. `likeness` is told of messages in which something was found.
    """

    findings: tuple[Finding, ...]
    text_hash: int
    likeness: Likeness = LIKE_NONE


def _judging(policy: Policy) -> Policy:
    """What of a policy counts while messages are judged."""
    rules = {rule: replace(policy.rule(rule), acts=False) for rule in RULES}
    thresholds = {label: policy.threshold(label) for label in Label}
    return Policy(rules=rules, thresholds=thresholds, exemptions=policy.exemptions)
