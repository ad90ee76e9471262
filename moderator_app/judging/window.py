"""What sequence rules remember of recent messages, joins and reports, by the platforms' own clocks."""

from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from math import inf
from operator import attrgetter

from moderator_app.domain.message import Message, MessageKey, Platform
from moderator_app.judging.likeness import media_hash

_DAY = 24 * 3600.0
# Messages arrive out of order while a source catches up: what is older than a day stays a day longer.
KEPT_SECONDS = 2 * _DAY
# To forget many at a time costs less than one with every message.
_SLACK_SECONDS = 3600.0

MOST_MESSAGES = 100_000
# One text, one medium or one author does not fill the memory.
MOST_ALIKE = 50
MOST_OF_AUTHOR = 1000
MOST_JOINS = 50_000
MOST_REPORTED = 10_000
MOST_REPORTERS = 100
MOST_IN_THREADS = 50_000
# A community's time is the median of so many dates: a message from the future does not set its clock.
_CLOCK_DATES = 15

# What people send instead of words.
_PICTURES = frozenset({"photo", "animation", "gif", "sticker", "graffiti", "video", "clip", "video_message"})
# What platforms let several of be sent at once: Telegram makes a message of each, all of one second.
_OF_ALBUMS = frozenset({"photo", "video", "doc", "audio"})


class Album(IntEnum):
    """What a message may be to an album, which is written as several messages of one second."""

    NONE = 0
    CAPTION = 1
    PART = 2


@dataclass(slots=True, eq=False)
class Place:
    """One community in the memory.

    `messages` are as they came, `authors` holds what each wrote, by date; `join_dates` are in order, `recent` are the
    dates of what came last.
    """

    platform: Platform
    community: str
    messages: "OrderedDict[str, Sighting]" = field(default_factory=OrderedDict)
    authors: "dict[str, list[Sighting]]" = field(default_factory=dict)
    joined: dict[str, float] = field(default_factory=dict)
    join_dates: list[float] = field(default_factory=list)
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=_CLOCK_DATES))

    @property
    def clock(self) -> float:
        """What time it is in the community, by what is written there."""
        dates = sorted(self.recent)
        return dates[len(dates) // 2]

    def joins_around(self, date: float, seconds: float) -> Sequence[float]:
        """When people came in, at most so long before or after `date`."""
        dates = self.join_dates
        return dates[bisect_left(dates, date - seconds) : bisect_right(dates, date + seconds)]

    @property
    def is_empty(self) -> bool:
        return not self.messages and not self.joined


@dataclass(slots=True, eq=False)
class Sighting:
    """One message that was seen.

    `writer` is the platform's id of whoever it was written in the name of, `date` in seconds. `number` grows with
    every message; an edited one keeps its own. `pictures` is how many it shows. `own` are all sightings of the writer
    in this community, `alike` those of the same text and `same_media` those of the same attachments anywhere: by date,
    this one included. `told` are the rules of which a later message has told that they concern this one.
    """

    key: MessageKey
    place: Place
    writer: str
    date: float
    number: int
    text_hash: int
    media_hash: int
    pictures: int
    album: Album
    thread: str
    own: "list[Sighting]"
    alike: "list[Sighting]"
    same_media: "list[Sighting]"
    told: frozenset[str] = frozenset()

    def is_by(self, other: "Sighting") -> bool:
        return self.writer == other.writer and self.place.platform is other.place.platform

    def __lt__(self, other: "Sighting") -> bool:
        return self.date < other.date


Reports = dict[str, MessageKey]

_NOTHING: list[Sighting] = []


class Window:
    """A bounded memory of messages. An edited message takes the place of what it was.

    `alike` is how many messages of one text or of one medium are held.
    """

    def __init__(self, most: int = MOST_MESSAGES, alike: int = MOST_ALIKE) -> None:
        self._most = most
        self._most_alike = alike
        self._numbered = 0
        self._since = inf
        self._places: dict[tuple[Platform, str], Place] = {}
        self._arrived: OrderedDict[Sighting, None] = OrderedDict()
        self._by_text: dict[int, list[Sighting]] = {}
        self._by_media: dict[int, list[Sighting]] = {}
        self._joins: OrderedDict[tuple[Place, str], float] = OrderedDict()
        self._reports: OrderedDict[tuple[Place, str], Reports] = OrderedDict()
        self._threads: OrderedDict[tuple[Place, str], str] = OrderedDict()

    def __len__(self) -> int:
        return len(self._arrived)

    def __iter__(self) -> Iterator[Sighting]:
        return iter(self._arrived)

    def place(self, platform: Platform, community: str) -> Place:
        """A community's place, made where missing; it is the same one until `drop_empty_places`."""
        place = self._places.get((platform, community))
        if place is None:
            place = self._places[platform, community] = Place(platform, community)
        return place

    def clear(self) -> None:
        """Forget all messages one by one: they refer to each other, and only a search for garbage would free them."""
        for seen in tuple(self._arrived):
            self._forget(seen)

    def drop_empty_places(self) -> None:
        self._places = {key: place for key, place in self._places.items() if not place.is_empty}

    def drop_places(self, most: int) -> None:
        """Forget what came longest ago, until there are no more than so many communities."""
        self.drop_empty_places()
        while len(self._places) > most and self._arrived:
            place = next(iter(self._arrived)).place
            for seen in tuple(place.messages.values()):
                self._forget(seen)
            for author in tuple(place.joined):
                self._leave(place, author)
            del self._places[place.platform, place.community]

    def keep_since(self, date: float) -> None:
        """Have nothing forgotten for its age that is not older than `date`."""
        self._since = date

    def remember(self, place: Place, message: Message, writer: str, date: float, text_hash: int) -> Sighting:
        """Take in a message. What it finds of others is at hand in the sighting."""
        seen = self.take_in(place, message, writer, date, text_hash)
        place.recent.append(date)
        self._forget_old(seen)
        return seen

    def take_in(self, place: Place, message: Message, writer: str, date: float, text_hash: int) -> Sighting:
        """The same for a message of another time than the one that it is in its community."""
        key = message.key
        former = place.messages.get(key.message)
        if former is None:
            self._numbered += 1
            number = self._numbered
        else:
            number = former.number
            self._forget(former)
        own = place.authors.setdefault(writer, [])
        media, pictures, album = (0, 0, Album.NONE) if not message.attachments else _media(message)
        alike = same_media = _NOTHING
        if text_hash:
            alike = self._by_text.setdefault(text_hash, [])
        if media:
            same_media = self._by_media.setdefault(media, [])
        seen = Sighting(
            key, place, writer, date, number, text_hash, media, pictures, album, message.thread, own, alike, same_media
        )
        self._arrived[seen] = None
        place.messages[key.message] = seen
        # Nearly always the newest comes last.
        if own and own[-1].date > date:
            insort(own, seen, key=_DATE)
        else:
            own.append(seen)
        if text_hash:
            insort(alike, seen, key=_DATE)
        if media:
            insort(same_media, seen, key=_DATE)
        self._stay_bounded(seen)
        return seen

    def sighting(self, key: MessageKey) -> Sighting | None:
        return self.place(key.platform, key.community).messages.get(key.message)

    def forget(self, place: Place, message: str) -> None:
        """Drop a message; one that is not held is no error."""
        if (seen := place.messages.get(message)) is not None:
            self._forget(seen)

    def join(self, place: Place, author: str, date: float) -> None:
        """Take in that somebody came into a community; of several times the last one told counts."""
        known = place.joined.get(author)
        if known == date:
            return
        if known is not None:
            self._leave(place, author)
        place.joined[author] = date
        insort(place.join_dates, date)
        self._joins[place, author] = date
        if len(self._joins) > MOST_JOINS:
            self._leave(*next(iter(self._joins)))

    def report(self, place: Place, message: str, reporter: str, by: MessageKey) -> Reports:
        """Take in that `reporter` complains of a message; the reports of it by now, one each."""
        reports = self._reports.setdefault((place, message), {})
        if len(reports) < MOST_REPORTERS and by not in reports.values():
            reports.setdefault(reporter, by)
        if len(self._reports) > MOST_REPORTED:
            self._reports.popitem(last=False)
        return reports

    def reports(self, place: Place, message: str) -> Reports:
        if not self._reports:
            return {}
        return self._reports.get((place, message), {})

    def take_back_report(self, place: Place, message: str, by: MessageKey) -> None:
        """Take in that `by` does not report a message any more."""
        reports = self.reports(place, message)
        for reporter in [reporter for reporter, key in reports.items() if key == by]:
            del reports[reporter]
        if not reports:
            self._reports.pop((place, message), None)

    def put_in_thread(self, place: Place, message: str, thread: str) -> None:
        """Take in that what answers `message` belongs to `thread`."""
        self._threads[place, message] = thread
        if len(self._threads) > MOST_IN_THREADS:
            self._threads.popitem(last=False)

    def thread(self, place: Place, message: str) -> str:
        """The thread of what answers `message`; empty when it stands in none."""
        return self._threads.get((place, message), "")

    def _stay_bounded(self, seen: Sighting) -> None:
        most = self._most_alike
        if len(seen.alike) > most:
            self._forget_one(seen.alike, seen)
        if len(seen.same_media) > most:
            self._forget_one(seen.same_media, seen)
        if len(seen.own) > MOST_OF_AUTHOR:
            self._forget_one(seen.own, seen)
        if len(self._arrived) > self._most:
            self._forget(next(iter(self._arrived)))

    def _forget_old(self, seen: Sighting) -> None:
        place = seen.place
        oldest = next(iter(place.messages.values()))
        if oldest.date > seen.date + KEPT_SECONDS:
            # It does not keep from being forgotten what came after it.
            place.messages.move_to_end(oldest.key.message)
            return
        last = seen.date - KEPT_SECONDS - _SLACK_SECONDS
        if oldest.date >= last and not self._joined_before(place, last):
            return
        last = min(place.clock - KEPT_SECONDS, self._since)
        while oldest is not seen and oldest.date < last:
            self._forget(oldest)
            oldest = next(iter(place.messages.values()))
        while self._joins and (came := next(iter(self._joins.items())))[0][0] is place and came[1] < last:
            self._leave(*came[0])

    def _joined_before(self, place: Place, date: float) -> bool:
        """Whether the join that was told of longest ago was in `place`, before `date`."""
        if not self._joins:
            return False
        (where, _), joined = next(iter(self._joins.items()))
        return where is place and joined < date

    def _forget_one(self, same: list[Sighting], but: Sighting) -> None:
        """Forget what is farthest in time from `but`, which is among them."""
        first, last = same[0], same[-1]
        farthest = first if but.date - first.date > last.date - but.date or last is but else last
        self._forget(farthest)

    def _leave(self, place: Place, author: str) -> None:
        date = place.joined.pop(author)
        del place.join_dates[bisect_left(place.join_dates, date)]
        del self._joins[place, author]

    def _forget(self, seen: Sighting) -> None:
        del self._arrived[seen]
        place = seen.place
        del place.messages[seen.key.message]
        if _take(seen.own, seen):
            del place.authors[seen.writer]
        if seen.text_hash and _take(seen.alike, seen):
            del self._by_text[seen.text_hash]
        if seen.media_hash and _take(seen.same_media, seen):
            del self._by_media[seen.media_hash]


def _take(by_date: list[Sighting], seen: Sighting) -> bool:
    """Remove a sighting; says whether none is left."""
    if by_date[0] is seen:
        del by_date[0]
    elif by_date[-1] is seen:
        by_date.pop()
    else:
        by_date.remove(seen)
    return not by_date


_DATE = attrgetter("date")


def _media(message: Message) -> tuple[int, int, Album]:
    kinds = {part.kind for part in message.attachments}
    album = Album.NONE
    if kinds <= _OF_ALBUMS:
        album = Album.CAPTION if message.text else Album.PART
    # A sticker is an answer like a word: the same one again says nothing.
    media = 0 if kinds == {"sticker"} else media_hash(message)
    return media, sum(part.kind in _PICTURES for part in message.attachments), album
