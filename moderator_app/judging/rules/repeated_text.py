"""The same text again: by one author, or by several (a copy-paste campaign)."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import AuthorKey, Message
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.window import Sighting, Window

_AUTHOR_SCORE = 0.6
_CAMPAIGN_SCORE = 0.7


class RepeatedText:
    id = "repeated_text"

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    def look(self, message: Message, judged: Judged, window: Window) -> Iterator[Finding]:
        if message.author is None or message.date is None or not judged.text_hash:
            return
        earlier = [sighting for sighting in window.same_text(judged.text_hash) if sighting.key != message.key]
        if not earlier:
            return
        author, date = message.author.key, message.date
        policy = self._book.policy(message.key.community_key)
        numbers = {name: policy.number(self.id, name) for name in RULES[self.id].numbers}
        found = _campaign(earlier, author, date, numbers) or _by_one(earlier, author, date, numbers)
        if found is not None:
            text_id, score, count, same = found
            keys = tuple(sighting.key for sighting in same)
            yield Finding(self.id, Label.SPAM, score, text_id, parameters=(("count", count),), earlier=keys)


_Found = tuple[str, float, int, list[Sighting]]


def _by_one(earlier: list[Sighting], author: AuthorKey, date: datetime, numbers: Mapping[str, float]) -> _Found | None:
    window = timedelta(seconds=numbers["seconds"])
    own = [sighting for sighting in earlier if sighting.author == author and abs(date - sighting.date) <= window]
    if len(own) + 1 < numbers["count"]:
        return None
    return "finding.repeated_text.author", _AUTHOR_SCORE, len(own) + 1, own


def _campaign(
    earlier: list[Sighting], author: AuthorKey, date: datetime, numbers: Mapping[str, float]
) -> _Found | None:
    """The most authors within any stretch of the window's length that holds `date`: dates may arrive out of order."""
    window = timedelta(seconds=numbers["authors_seconds"])
    near = [sighting for sighting in earlier if abs(date - sighting.date) <= window]
    stretches = [near]
    if any(sighting.date > date for sighting in near):
        starts = {date, *(sighting.date for sighting in near if sighting.date < date)}
        stretches = [[seen for seen in near if timedelta(0) <= seen.date - start <= window] for start in starts]
    same = max(stretches, key=lambda stretch: len({author, *(seen.author for seen in stretch)}))
    authors = len({author, *(sighting.author for sighting in same)})
    if authors < numbers["authors"]:
        return None
    return "finding.repeated_text.authors", _CAMPAIGN_SCORE, authors, same
