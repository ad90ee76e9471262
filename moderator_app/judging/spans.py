"""Spans of evidence as findings carry them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moderator_app.judging.folded import Folded

# Half-open.
Span = tuple[int, int]

# A screen marks this many at most; a text of a megabyte may hold a hundred thousand.
MOST = 200


def as_written(folded: Folded, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The written spans of folded ones: sorted, without doubles, at most MOST."""
    return merged([folded.span(*span) for span in spans])


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans without those that lie inside another, at most MOST."""
    distinct = set(spans)
    if len(distinct) < 2:
        return tuple(distinct)
    kept: list[Span] = []
    for start, end in sorted(distinct, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return tuple(kept[:MOST])


def begins_inside(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` begins inside one of `others`, which are sorted and apart."""
    index = bisect_right(others, span[0], key=itemgetter(0)) - 1
    return index >= 0 and span[0] < others[index][1]
