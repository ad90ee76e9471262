"""Sums days into spans wide enough to be seen as bars: days, weeks or months."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from moderator_app.domain.statistics import DayCount

# A bar narrower than some six pixels can be neither hit nor read.
MOST_DAYS = 100
MOST_WEEKS = 110


class Width(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """The counts of the days from `first` to `last`, both counted."""

    first: date
    last: date
    messages: int = 0
    flagged: int = 0
    profanity: int = 0


def width_for(days: Sequence[DayCount]) -> Width:
    """The narrowest width whose bars still fit; `days` are in ascending order."""
    reach = (days[-1].day - days[0].day).days + 1 if days else 0
    if reach <= MOST_DAYS:
        return Width.DAY
    return Width.WEEK if reach <= 7 * MOST_WEEKS else Width.MONTH


def spans_of(days: Sequence[DayCount], width: Width) -> tuple[Span, ...]:
    """The spans in which something was counted, in ascending order."""
    first_of = _FIRST_DAYS[width]
    return tuple(_sum(first, width, list(group)) for first, group in groupby(days, lambda count: first_of(count.day)))


def without_gaps(spans: Sequence[Span], width: Width) -> tuple[Span, ...]:
    """The spans with empty ones where nothing was counted between them."""
    counted = {span.first: span for span in spans}
    whole: list[Span] = []
    first = spans[0].first if spans else date.max
    while spans and first <= spans[-1].first:
        last = last_day(first, width)
        whole.append(counted.get(first, Span(first, last)))
        first = last + timedelta(days=1)
    return tuple(whole)


def last_day(first: date, width: Width) -> date:
    match width:
        case Width.DAY:
            return first
        case Width.WEEK:
            return first + timedelta(days=6)
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _sum(first: date, width: Width, days: Sequence[DayCount]) -> Span:
    return Span(
        first,
        last_day(first, width),
        messages=sum(count.messages for count in days),
        flagged=sum(count.flagged for count in days),
        profanity=sum(count.profanity for count in days),
    )


_FIRST_DAYS: dict[Width, Callable[[date], date]] = {
    Width.DAY: lambda day: day,
    Width.WEEK: lambda day: day - timedelta(days=day.weekday()),
    Width.MONTH: lambda day: day.replace(day=1),
}
