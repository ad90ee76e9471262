"""The same attachments of one author over and over within a day."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder
from moderator_app.judging.window import Sighting

_MEDIA = Kind("finding.repeated_media_day.media", 0.8, "count", "seconds")


class RepeatedMediaDay(SequenceFinder):
    """Compares attachments by their ids or addresses. Stickers alone are words, not attachments."""

    id = "repeated_media_day"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _MEDIA)

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        return self.repeated(_MEDIA, seen.same_media, seen) if len(seen.same_media) >= self._count else None
