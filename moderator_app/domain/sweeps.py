"""Decisions on many messages at once, as they are previewed: by author and period, by score, by community."""

from collections.abc import Sequence
from dataclasses import dataclass

from moderator_app.domain.decision import Note
from moderator_app.domain.message import Community

_DAY = 86_400

# Seconds back from now; None is everything.
PERIODS: Sequence[int | None] = (3600, _DAY, 7 * _DAY, 30 * _DAY, None)

# Scores are counted in so many bands of one width.
BANDS = 10


@dataclass(frozen=True, slots=True)
class Purge:
    """What an author wrote within `seconds` and is still there."""

    seconds: int | None
    messages: int
    communities: int


@dataclass(frozen=True, slots=True)
class BanPlace:
    """A watched community; `why` says why the person cannot be banned there."""

    community: Community
    why: Note | None = None
