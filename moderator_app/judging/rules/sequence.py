"""What rules for sequences share: what they may find, how it is counted and whether it still holds."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from operator import attrgetter

from moderator_app.domain.policy import Policy
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Finding
from moderator_app.judging.window import Album, Sighting

_DATE = attrgetter("date")

# Of a long sequence the newest are named, and at least as many as complete it.
_MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that a rule may find.

    `count` and `seconds` name the rule's numbers that say how many it takes and within how long.
    """

    text_id: str
    score: float
    count: str = ""
    seconds: str = ""


class SequenceFinder:
    """Words what a rule found by the numbers of one policy."""

    def __init__(self, rule: str, policy: Policy, *kinds: Kind) -> None:
        self.id = rule
        self._label = RULES[rule].label
        self._numbers = {name: policy.number(rule, name) for name in RULES[rule].numbers}
        # How many it takes at least, where the rule knows one such number.
        self._count = self._numbers.get("count", 0.0)
        self._kinds = {kind.text_id: kind for kind in kinds}

    def number(self, name: str) -> float:
        return self._numbers[name]

    def finding(
        self, kind: Kind, earlier: Sequence[Sighting] = (), base_form: str = "", **parameters: str | int
    ) -> Finding:
        """`earlier` belongs to the sequence, besides the message that completes it."""
        most = max(_MOST_NAMED, round(self._numbers.get(kind.count, 0)))
        return Finding(
            self.id,
            self._label,
            kind.score,
            kind.text_id,
            parameters=tuple(parameters.items()),
            base_form=base_form,
            earlier=tuple(sighting.key for sighting in earlier[-most:]),
        )

    def still(self, finding: Finding) -> Finding | None:
        """A finding of an earlier judgement, with its own score, if the numbers of now would give it too."""
        kind = self._kinds.get(finding.text_id)
        if kind is None:
            return None
        found = dict(finding.parameters)
        enough = float(found.get("count", 1)) >= self._numbers.get(kind.count, 0)
        # The seconds told are rounded up.
        in_time = not kind.seconds or float(found.get("seconds", 0)) - 1 < self._numbers[kind.seconds]
        return finding._replace(score=kind.score) if enough and in_time else None

    def repeated(self, kind: Kind, same: Sequence[Sighting], seen: Sighting) -> Finding | None:
        """`kind`, if the writer of `seen` has written enough of the `same` in time, in whatever community."""
        own = stretch([each for each in same if each.is_by(seen)], seen, self._numbers[kind.seconds])
        if len(own) < self._count:
            return None
        return self.finding(kind, others(own, seen), count=len(own), seconds=lasted(own))


def stretch(
    by_date: Sequence[Sighting], seen: Sighting, seconds: float, size: Callable[[Sequence[Sighting]], int] = len
) -> Sequence[Sighting]:
    """The most sightings, by `size`, within one stretch of so many seconds that holds `seen`, which is among them.

    Both ends are included. Messages may arrive late: what was written after `seen` counts as well.
    """
    date = seen.date
    if by_date[-1] is seen:
        first = len(by_date)
        while first and date - by_date[first - 1].date <= seconds:
            first -= 1
        return by_date[first:]
    return max(stretches(around(by_date, seen, seconds), date, seconds), key=size)


def around(by_date: Sequence[Sighting], seen: Sighting, seconds: float) -> Sequence[Sighting]:
    """The sightings at most so many seconds before or after `seen`."""
    first = bisect_left(by_date, seen.date - seconds, key=_DATE)
    return by_date[first : bisect_right(by_date, seen.date + seconds, key=_DATE)]


def stretches(near: Sequence[Sighting], date: float, seconds: float) -> list[Sequence[Sighting]]:
    """All stretches of so many seconds that hold `date` and begin with a sighting; `near` is ordered by date."""
    found = []
    end = 0
    for first, start in enumerate(near):
        if start.date > date:
            break
        while end < len(near) and near[end].date - start.date <= seconds:
            end += 1
        found.append(near[first:end])
    return found


def others(sightings: Sequence[Sighting], seen: Sighting) -> list[Sighting]:
    return [each for each in sightings if each is not seen]


def lasted(sightings: Sequence[Sighting]) -> int:
    """The seconds from the first to the last, rounded up; at least one."""
    return max(1, ceil(sightings[-1].date - sightings[0].date))


def postings(sightings: Sequence[Sighting]) -> int:
    """How many times somebody sent something: the parts of an album, which have one date, were sent at once."""
    parts = {each.date for each in sightings if each.album is Album.PART}
    if not parts:
        return len(sightings)
    captions = {each.date for each in sightings if each.album is Album.CAPTION}
    return sum(each.album is not Album.PART for each in sightings) + len(parts - captions)
