"""Many messages of one author within seconds."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder, lasted, others, postings, stretch
from moderator_app.judging.window import Sighting

_MESSAGES = Kind("finding.flood.messages", 0.7, "count", "seconds")


class Flood(SequenceFinder):
    """Found on the message that completes the flood and on every further one; an album counts once."""

    id = "flood"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _MESSAGES)
        self._seconds = self.number("seconds")

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if len(seen.own) < self._count:
            return None
        together = stretch(seen.own, seen, self._seconds)
        if len(together) < self._count:
            return None
        # An edited message is no new one: what was written after it is not held against it.
        together = [each for each in together if each.number <= seen.number]
        if (count := postings(together)) < self._count:
            return None
        return self.finding(_MESSAGES, others(together, seen), count=count, seconds=lasted(together))
