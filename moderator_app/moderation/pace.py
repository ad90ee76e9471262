"""How fast actions may follow one another, so that no platform takes the account for a machine run wild."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `per_minute` requests within any minute, and `gap` seconds between two of them."""

    per_minute: int
    gap: float = 0.0

    def wait(self, at: datetime, sent: Sequence[datetime]) -> float:
        """Seconds until the next request may go, after those `sent` within the last minute, oldest first.

        A handful goes at once; from half of a minute's number on they go evenly.
        """
        recent = [each for each in sent if each > at - MINUTE]
        if not recent:
            return 0.0
        gap = self.gap
        if len(recent) >= self.per_minute / 2:
            gap = max(gap, MINUTE.total_seconds() / self.per_minute)
        earliest = recent[-1] + timedelta(seconds=gap)
        if len(recent) >= self.per_minute:
            earliest = max(earliest, recent[-self.per_minute] + MINUTE)
        return max(0.0, (earliest - at).total_seconds())


UNPACED = Pace(1_000_000)
