"""What members' reports of a message amount to."""

from collections.abc import Mapping
from dataclasses import replace

from moderator_app.domain.message import MessageKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Finding, noisy_or

_REPORTED = "reported"

# One report brings a message before a moderator, every further one brings it forward.
_SCORE_OF_ONE = 0.5


def reported(reports: Mapping[str, MessageKey], policy: Policy) -> Finding | None:
    """The finding on a message that these members, at least one, reported."""
    if not policy.rule(_REPORTED).enabled:
        return None
    return Finding(
        _REPORTED,
        RULES[_REPORTED].label,
        _score(len(reports)),
        "finding.reported.members",
        parameters=(("count", len(reports)),),
        earlier=tuple(reports.values()),
    )


def still_reported(finding: Finding) -> Finding | None:
    """A finding of an earlier judgement with its own score; None if it is of another rule."""
    if finding.rule != _REPORTED:
        return None
    return replace(finding, score=_score(int(dict(finding.parameters).get("count", 1))))


def _score(members: int) -> float:
    return noisy_or([_SCORE_OF_ONE] * members)
