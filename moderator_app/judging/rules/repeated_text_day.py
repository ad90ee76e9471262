"""The same text of one author over and over within a day."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder
from moderator_app.judging.window import Sighting

_TEXTS = Kind("finding.repeated_text_day.texts", 0.8, "count", "seconds")


class RepeatedTextDay(SequenceFinder):
    """Looks over all communities, as `repeated_text` does."""

    id = "repeated_text_day"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _TEXTS)

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        return self.repeated(_TEXTS, seen.alike, seen) if len(seen.alike) >= self._count else None
