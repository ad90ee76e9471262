"""What the checks found in a message and how their findings combine into one score."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from moderator_app.domain.message import MessageKey

Parameter = str | int | float

# A finding is never certain: a score of one would make every other contribution vanish in the logarithm.
CERTAIN = 0.999


# How the text ids of what an AI answered begin.
AI_TEXTS = "finding.ai."


class Label(StrEnum):
    SPAM = "spam"
    PROFANITY = "profanity"
    TOXICITY = "toxicity"
    BEHAVIOUR = "behaviour"
    LIST = "list"


class Finding(NamedTuple):
    """What one rule found.

    `score` is 0-1 before the policy's weight. `spans` are half-open offsets into the text as written, counted in
    code points. `text_id` and `parameters` become one line of explanation in `moderator_app.language`. `earlier`
    holds the messages, of any community, that belong to a sequence which this one completes.
    """

    rule: str
    label: Label
    score: float
    text_id: str
    spans: tuple[tuple[int, int], ...] = ()
    parameters: tuple[tuple[str, Parameter], ...] = ()
    base_form: str = ""
    earlier: tuple[MessageKey, ...] = ()

    @property
    def of_ai(self) -> bool:
        """Whether it tells what an AI answered."""
        return self.text_id.startswith(AI_TEXTS)


class Verdict(NamedTuple):
    """All findings of one message under one policy.

    `findings` carry weighted scores. `labels` are the probabilities per label, `verdicts` the labels at or over
    their threshold; a message with any of them is `flagged`, unless all that speaks for them is `doubtful`. `trusted`
    says that a whitelisted author wrote it.
    """

    score: float
    findings: tuple[Finding, ...]
    labels: tuple[tuple[Label, float], ...]
    verdicts: tuple[Label, ...]
    policy_version: int
    trusted: bool = False
    doubtful: bool = False

    @property
    def flagged(self) -> bool:
        return bool(self.verdicts) and not self.doubtful

    def probability(self, label: Label) -> float:
        return dict(self.labels).get(label, 0.0)


def noisy_or(scores: Iterable[float]) -> float:
    """The probability that at least one of several independent causes holds (Pearl 1988, noisy-OR)."""
    none_holds = 1.0
    for score in scores:
        none_holds *= 1.0 - (CERTAIN if score > CERTAIN else score)
    return 1.0 - none_holds


def contributions(findings: Sequence[Finding]) -> tuple[float, ...]:
    """Each finding's share of the combined score, in the order given; the shares add up to it.

    Independent causes multiply their complements, so logarithms of the complements add up; the score is shared out
    in their proportion.
    """
    scores = [finding.score for finding in findings]
    if len(scores) == 1:
        return (noisy_or(scores),)
    evidence = [-math.log1p(-min(score, CERTAIN)) for score in scores]
    total = math.fsum(evidence)
    if total == 0.0:
        return (0.0,) * len(scores)
    score = noisy_or(scores)
    return tuple([score * part / total for part in evidence])
