"""People who came in and at once do what another rule objects to: alone, or as a raid."""

from bisect import bisect_right
from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.policy import weigh
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder
from moderator_app.judging.window import Sighting

_FIRST = Kind("finding.newcomer.first", 0.6, seconds="seconds")
_RAID = Kind("finding.newcomer.raid", 0.85, "raid_joins", "raid_seconds")

# Of a raid of tens of thousands it need not be known when exactly it was densest.
_MOST_STARTS = 1000


class Newcomer(SequenceFinder):
    """Speaks only where another rule did, so it looks after all others."""

    id = "newcomer"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        self._policy = book.policy(community)
        super().__init__(self.id, self._policy, _FIRST, _RAID)

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if not found or (joined := seen.place.joined.get(seen.writer)) is None:
            return None
        since = seen.date - joined
        if not 0 <= since <= self.number("seconds") or not any(weigh(each, self._policy) for each in found):
            return None
        if (joins := self._raid(seen, joined)) >= self.number("raid_joins"):
            return self.finding(_RAID, count=joins, seconds=round(self.number("raid_seconds")))
        if any(each.number < seen.number for each in seen.own):
            return None
        return self.finding(_FIRST, seconds=round(since), minutes=round(since / 60))

    def _raid(self, seen: Sighting, joined: float) -> int:
        """The most joins within one stretch of time that holds the one at `joined`."""
        seconds = self.number("raid_seconds")
        near = seen.place.joins_around(joined, seconds)
        if len(near) < self.number("raid_joins"):
            return 0
        last = bisect_right(near, joined)
        starts = range(max(0, last - _MOST_STARTS), last)
        return max((bisect_right(near, near[start] + seconds) - start for start in starts), default=0)
