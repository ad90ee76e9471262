"""The place of an item in the queue: graver, surer and newer first, without ever changing with time."""

import math
from datetime import datetime

from moderator_app.domain.verdict import Label, Verdict

TAU_SECONDS = 6 * 3600.0

# How much harm a message of this kind does while it stands.
SEVERITY: dict[Label, float] = {
    Label.TOXICITY: 1.0,
    Label.SPAM: 0.9,
    Label.LIST: 0.9,
    Label.BEHAVIOUR: 0.7,
    Label.PROFANITY: 0.6,
}


def priority(verdict: Verdict, posted: datetime, reach: float = 1.0) -> float:
    """log(severity x confidence x reach) + posted / tau, as in ranking by hot score: no live age, so no re-sorting."""
    severity = max((SEVERITY[label] for label in verdict.verdicts), default=0.1)
    confidence = max(verdict.score, 0.01)
    return math.log(severity * confidence * reach) + posted.timestamp() / TAU_SECONDS
