"""Stretches of time: around dates, put together and taken from each other."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Span(NamedTuple):
    """From the first moment to the last, both included."""

    first: datetime
    last: datetime


def around(dates: Iterable[datetime], margin: timedelta) -> tuple[Span, ...]:
    """What is at most `margin` before or after one of `dates`."""
    ordered = sorted(dates)
    if not ordered:
        return ()
    # An import asks for thousands of dates at a time, and nearly all lie close together.
    gaps = (place for place, (date, following) in enumerate(pairwise(ordered), 1) if following - date > 2 * margin)
    runs = pairwise((0, *gaps, len(ordered)))
    return tuple(Span(earlier(ordered[start], margin), later(ordered[end - 1], margin)) for start, end in runs)


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same moments without overlaps, in order."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.first <= whole[-1].last:
            whole[-1] = Span(whole[-1].first, max(whole[-1].last, span.last))
        else:
            whole.append(span)
    return tuple(whole)


def lacking(wanted: Iterable[Span], held: Sequence[Span]) -> tuple[Span, ...]:
    """What of `wanted` is not in `held`, which is in order and without overlaps."""
    missing = []
    for span in wanted:
        start = span.first
        for there in held:
            if there.last <= start or there.first >= span.last:
                continue
            if there.first > start:
                missing.append(Span(start, there.first))
            start = max(start, there.last)
        if start < span.last:
            missing.append(Span(start, span.last))
    return tuple(missing)


def earlier(date: datetime, by: timedelta) -> datetime:
    return date - by if date - _FIRST > by else _FIRST


def later(date: datetime, by: timedelta) -> datetime:
    return date + by if _LAST - date > by else _LAST
