"""Many pictures of one author within a minute."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder, around, lasted, others, postings, stretch
from moderator_app.judging.window import Sighting

_PICTURES = Kind("finding.media_spam.pictures", 0.65, "count", "seconds")


class MediaSpam(SequenceFinder):
    """Counts messages with photos, videos, GIFs or stickers; an album counts once, however it was cut up."""

    id = "media_spam"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _PICTURES)
        self._seconds = self.number("seconds")

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if not seen.picture or len(seen.own) < self._count:
            return None
        near = around(seen.own, seen, self._seconds)
        pictures = [each for each in near if each.picture and each.number <= seen.number]
        together = stretch(pictures, seen, self._seconds)
        if (count := postings(together)) < self._count:
            return None
        return self.finding(_PICTURES, others(together, seen), count=count, seconds=lasted(together))
