"""Many pictures of one author within a minute."""

from collections.abc import Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.rules.sequence import Kind, SequenceFinder, around, lasted, others, postings, stretch
from moderator_app.judging.window import Sighting

_PICTURES = Kind("finding.media_spam.pictures", 0.65, "count", "seconds")
# People show what they have seen in albums: as with one link, that alone does not flag.
_ALBUMS = Kind("finding.media_spam.albums", 0.4, "count", "seconds")
_MOST_ALBUMS = 2


class MediaSpam(SequenceFinder):
    """Counts photos, videos, GIFs and stickers themselves: of those attached to one message, or sent as an album, each.

    What else the author writes in between makes no difference. One or two albums, however many pictures they hold, stay
    below the threshold by default.
    """

    id = "media_spam"

    def __init__(self, book: RuleBook, community: CommunityKey) -> None:
        super().__init__(self.id, book.policy(community), _PICTURES, _ALBUMS)
        self._seconds = self.number("seconds")

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        if not seen.pictures:
            return None
        near = around(seen.own, seen, self._seconds)
        if _pictures(near) < self._count:
            return None
        # An edited message is no new one: what was written after it is not held against it.
        near = [each for each in near if each.pictures and each.number <= seen.number]
        together = stretch(near, seen, self._seconds, _pictures)
        if (count := _pictures(together)) < self._count:
            return None
        kind = _ALBUMS if postings(together) <= _MOST_ALBUMS else _PICTURES
        return self.finding(kind, others(together, seen), count=count, seconds=lasted(together))


def _pictures(sightings: Sequence[Sighting]) -> int:
    return sum([each.pictures for each in sightings])
