"""What members' reports of a message amount to."""

from collections.abc import Iterable, Iterator, Mapping

from moderator_app.domain.message import MessageKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Finding, noisy_or

REPORTED = "reported"

# One report brings a message before a moderator, every further one brings it forward.
_SCORE_OF_ONE = 0.5


def reported(reports: Mapping[str, MessageKey], policy: Policy) -> Finding | None:
    """The finding on a message that these members, at least one, reported."""
    if not policy.rule(REPORTED).enabled:
        return None
    return Finding(
        REPORTED,
        RULES[REPORTED].label,
        _score(len(reports)),
        "finding.reported.members",
        parameters=(("count", len(reports)),),
        earlier=tuple(reports.values()),
    )


def still_reported(finding: Finding) -> Finding | None:
    """A finding of an earlier judgement with its own score; None if it is of another rule."""
    if finding.rule != REPORTED:
        return None
    return finding._replace(score=_score(int(dict(finding.parameters).get("count", 1))))


def completed(report: MessageKey, reached: Iterable[tuple[MessageKey, Finding]]) -> Iterator[Finding]:
    """What `report` completes, where it must be told of the report itself and not of the message it answers.

    `reached` is what was found on earlier messages. Each finding names the reported message and the reports before
    this one. A member who reports a message again completes nothing.
    """
    for about, finding in reached:
        if finding.rule == REPORTED and report in finding.earlier:
            before = tuple(key for key in finding.earlier if key != report)
            yield finding._replace(text_id="finding.reported.completed", earlier=(about, *before))


def without_report(finding: Finding, by: MessageKey) -> Finding | None:
    """What is left of the finding on a reported message when the report `by` is none any more."""
    left = tuple(key for key in finding.earlier if key != by)
    if not left:
        return None
    return finding._replace(score=_score(len(left)), parameters=(("count", len(left)),), earlier=left)


def _score(members: int) -> float:
    return noisy_or([_SCORE_OF_ONE] * members)
