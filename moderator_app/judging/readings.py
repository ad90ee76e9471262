"""A text read another way than it was written, and what its characters came from."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from moderator_app.judging.disguises import Disguise
from moderator_app.judging.spans import Span

WORD = re.compile(r"[^\W_]+")

# Three of a letter, or two of a vowel that Russian hardly doubles; www is none.
_SELDOM_DOUBLED, _LATIN = "аыуэ", "abcdefghijklmnopqrstuvxyz"
_RUN = re.compile(rf"([{_SELDOM_DOUBLED}])\1+|([^\W\d_w])\2\2+")


_RUNS = AhoCorasick(
    [2 * letter for letter in _SELDOM_DOUBLED] + [3 * letter for letter in "бвгдежзийклмнопрстфхцчшщъьюя" + _LATIN],
    implementation=Implementation.DFA,
)


def word_around(text: str, least: int, place: int) -> Span:
    """The word that holds `place`; what lies before `least` is done with, which keeps the search linear."""
    match = WORD.search(text, max(least, text.rfind(" ", least, place) + 1))
    while match is not None and match.end() <= place:
        match = WORD.search(text, match.end())
    return match.span() if match is not None else (place, place + 1)


class Reading:
    """`text` is a folded text with some pieces replaced: `pieces` are their spans in it and in the folded text."""

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, text: str, pieces: Sequence[tuple[Span, Span]] = ()) -> None:
        self.text = text
        self._pieces = pieces
        self._starts = [piece[0][0] for piece in pieces]

    @property
    def differs(self) -> bool:
        return bool(self._pieces)

    def cleared_words(self) -> Iterator[str]:
        """The words that hold something replaced."""
        end = -1
        for (start, _), _ in self._pieces:
            if start < end:
                continue
            while start and self.text[start - 1].isalnum():
                start -= 1
            match = WORD.match(self.text, start)
            if match is not None:
                end = match.end()
                yield match[0]

    def is_cleared(self, start: int, end: int) -> bool:
        """Whether anything in [start, end) was replaced."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._pieces[index][0][1] > start

    def span(self, start: int, end: int) -> Span:
        """The folded span that the characters [start, end) came from; a replaced piece counts as a whole."""
        return self._place(start, end=False), self._place(end - 1, end=True)

    def _place(self, place: int, *, end: bool) -> int:
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return place + end
        (_, new_end), (old_start, old_end) = self._pieces[index]
        if place >= new_end:
            return place - new_end + old_end + end
        return old_end if end else old_start


def read_clearly(text: str, disguises: Iterable[Disguise]) -> Reading:
    """`text` with sure disguises replaced by what they spell and drawn-out letters by single ones."""
    replaced = [(disguise.span, disguise.spellings[0]) for disguise in disguises if disguise.sure]
    if _RUNS.find_matches_as_indexes(text):
        replaced += [(match.span(), match[0][0]) for match in _RUN.finditer(text)]
    if not replaced:
        return Reading(text)
    return _replace(text, _apart(sorted(replaced, key=lambda each: (each[0][0], -each[0][1]))))


def squeezed(word: str) -> str:
    """`word` with every letter of a run written once; so are all words, one a line, together."""
    return _DOUBLE.sub(r"\1", word)


_DOUBLE = re.compile(r"(.)\1+")


def _apart(replaced: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    end = 0
    for span, new in replaced:
        if span[0] >= end:
            yield span, new
            end = span[1]


def _replace(text: str, replaced: Iterable[tuple[Span, str]]) -> Reading:
    parts: list[str] = []
    pieces: list[tuple[Span, Span]] = []
    length = end = 0
    for (start, stop), new in replaced:
        length += start - end
        parts += text[end:start], new
        pieces.append(((length, length + len(new)), (start, stop)))
        length += len(new)
        end = stop
    return Reading("".join([*parts, text[end:]]), pieces)
