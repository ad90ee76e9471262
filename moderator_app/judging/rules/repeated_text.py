"""The same text again: by one author, or by several (a copy-paste campaign)."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder, around, lasted, others, stretches
from moderator_app.judging.window import Sighting

_AUTHOR = Kind("finding.repeated_text.author", 0.6, "count", "seconds")
_AUTHORS = Kind("finding.repeated_text.authors", 0.7, "authors", "authors_seconds")


class RepeatedText(SequenceFinder):
    """Looks over all communities: a campaign does not keep to one."""

    id = "repeated_text"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _AUTHOR, _AUTHORS)

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if len(seen.alike) < 2:
            return None
        return self._campaign(seen) or self.repeated(_AUTHOR, seen.alike, seen)

    def _campaign(self, seen: Sighting) -> Finding | None:
        authors, seconds = self.number("authors"), self.number("authors_seconds")
        near = around(seen.alike, seen, seconds)
        if len(near) < authors or len(_writers(near)) < authors:
            return None
        same = max(stretches(near, seen.date, seconds), key=lambda some: len(_writers(some)))
        if (count := len(_writers(same))) < authors:
            return None
        return self.finding(_AUTHORS, others(same, seen), count=count, seconds=lasted(same))


def _writers(sightings: Sequence[Sighting]) -> set[tuple[str, Platform]]:
    return {(each.writer, each.place.platform) for each in sightings}
