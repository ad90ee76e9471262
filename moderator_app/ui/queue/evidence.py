"""Where evidence lies in what is shown: offsets of code points become Qt's, long texts become stretches."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

HEAD = 8_000
AROUND = 300
MOST_STRETCHES = 20

_UNBROKEN = re.compile(r"\S{2000}(?=\S)")

# What QTextDocument would take for a break of its own, or drop: one for one, so that offsets keep their meaning.
_BREAKS = str.maketrans(
    {"\r": " ", "\u2028": "\n", "\u2029": "\n", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\0": "\ufffd"}
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text` as it begins at offset `first` of the whole message."""

    first: int
    text: str

    @property
    def end(self) -> int:
        return self.first + len(self.text)


def stretches(text: str, spans: Sequence[Span]) -> tuple[Stretch, ...]:
    """The beginning of a long text and the surroundings of later evidence; a short text whole."""
    if len(text) <= HEAD + AROUND:
        return (Stretch(0, text),)
    wanted = [(0, HEAD)]
    for first, last in sorted(spans):
        begin, end = max(0, first - AROUND), min(len(text), max(first, min(last, first + AROUND)) + AROUND)
        if begin <= wanted[-1][1]:
            wanted[-1] = (wanted[-1][0], max(wanted[-1][1], end))
        elif len(wanted) < MOST_STRETCHES:
            wanted.append((begin, end))
    return tuple(Stretch(begin, text[begin:end]) for begin, end in wanted)


def pieces(text: str) -> tuple[Stretch, ...]:
    """The whole text, broken where no space has come for long: Qt takes half a minute for a megabyte without one."""
    places = [0, *(found.end() for found in _UNBROKEN.finditer(text)), len(text)]
    return tuple(Stretch(first, text[first:last]) for first, last in pairwise(places) if first < last)


def printable(text: str) -> str:
    """`text` with the same number of characters, none of which a text document takes for its own."""
    return text.translate(_BREAKS)


def inside(spans: Iterable[Span], stretch: Stretch) -> tuple[Span, ...]:
    """The parts of `spans` inside `stretch`, counted from its beginning; overlapping ones joined."""
    cut = [(max(first, stretch.first) - stretch.first, min(last, stretch.end) - stretch.first) for first, last in spans]
    return joined((first, last) for first, last in cut if first < last)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    result: list[Span] = []
    for first, last in sorted(spans):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)


def in_utf16(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` counted in UTF-16 units, as Qt counts: a character outside the basic plane takes two."""
    if text.isascii() or not text or max(text) <= "\uffff":
        return tuple(spans)
    places = sorted({0, *(min(max(place, 0), len(text)) for span in spans for place in span)})
    units, at = {0: 0}, 0
    for begin, end in pairwise(places):
        at += len(text[begin:end].encode("utf-16-le", "surrogatepass")) // 2
        units[end] = at
    limit = len(text)
    return tuple((units[min(max(first, 0), limit)], units[min(max(last, 0), limit)]) for first, last in spans)


def shares(parts: Sequence[float]) -> tuple[int, ...]:
    """`parts` (0-1) in hundredths that add up to the rounded sum (the method of largest remainders)."""
    exact = [part * 100 for part in parts]
    whole = [math.floor(part) for part in exact]
    missing = percent(math.fsum(parts)) - sum(whole)
    by_remainder = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: max(missing, 0)]:
        whole[place] += 1
    return tuple(whole)


def percent(score: float) -> int:
    """A score of 0-1 as 0-100; halves are rounded up."""
    return math.floor(score * 100 + 0.5)
