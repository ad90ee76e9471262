"""Finds the word of a list that masked letters may stand for: `х*й`, `каз**о`."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache

# What hides letters and means nothing else inside a word, and what does so by its number only.
STARS = frozenset("*#%@&$^?!¤×•°")
_DOTS = frozenset(".…")
_MOST_IN_FRONT = 2
# These stand for a letter, but join or part no words.
_ODD = frozenset("_~|=+^")
_REPEATED, _MOST_REPEATED = frozenset("_~=-–—"), 4
# Short words that stand on both sides of a sign left without its space.
_LITTLE = """
а в и к о с у я на но не ну да он мы вы ты то же бы ли по за до из от об ко во со их ей ее им ни или что как так это
она они там тут для без мне нет уже еще где кто
"""
LITTLE_WORDS = frozenset(_LITTLE.split())


def hides_letters(sign: str) -> bool:
    """Whether one of the signs between letters usually stands for a letter."""
    return any(char in STARS or char > "\u2190" for char in sign)


def hides_by_length(sign: str) -> bool:
    """Whether a sign that means little by itself is repeated for the letters it hides: `х__й`, `х---й`."""
    return sign[0] in _REPEATED and 1 < len(sign) <= _MOST_REPEATED and len(set(sign)) == 1


def is_ordinary(parts: tuple[str, ...]) -> bool:
    """Whether only little words meet at the signs: `да...нет`."""
    return all(part in LITTLE_WORDS for part in parts if part.isalnum())


def may_hide_letters(parts: tuple[str, ...]) -> bool:
    """Whether so much of a word is seen that the rest may be masked: `каз*но`, `кред_т`, but not `х*`."""
    letters = sum(len(part) for part in parts if part.isalnum())
    signs = [part for part in parts if not part.isalnum()]
    hidden = sum(map(len, signs))
    in_front = bool(parts) and not parts[0].isalnum()
    if letters < (4 if in_front else 3) or letters <= hidden or is_ordinary(parts):
        return False
    return all(map(hides_letters, signs)) or (len(signs) == 1 and signs[0] in _ODD and letters > 3)


def are_counted(parts: tuple[str, ...]) -> bool:
    """Whether half of a word is hidden by as many stars as it has letters, between its ends: `к***но`."""
    if len(parts) != 3 or not (parts[0].isalnum() and parts[2].isalnum()):
        return False
    letters = len(parts[0]) + len(parts[2])
    return 3 <= letters == len(parts[1]) and STARS.issuperset(parts[1])


class MaskedWords:
    """Words to recognise when some of their letters are signs, the most usual first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._rank = {word: rank for rank, word in enumerate(dict.fromkeys(words))}
        self._sorted = sorted(self._rank)
        self._between = lru_cache(maxsize=4096)(self._words_between)

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted([word[::-1] for word in self._rank])

    def find(self, parts: tuple[str, ...], *, counted: bool = False) -> str | None:
        """The first word that `parts`, letters and signs by turns, may stand for; `counted`: a letter for each sign."""
        start = parts[0] if parts[0].isalnum() else ""
        end = parts[-1] if parts[-1].isalnum() else ""
        if not start and len(parts[0]) > _MOST_IN_FRONT:
            return None
        words = self._between(start, end)
        if not words:
            return None
        hidden = [_hidden(part, place, parts, counted) for place, part in enumerate(parts) if not part.isalnum()]
        if len(hidden) == 1:
            # Mostly so, and making a pattern takes longer than all the rest.
            least, most = (len(start) + len(end) + letters for letters in hidden[0])
            return next((word for word in words if least <= len(word) <= most), None)
        pattern = _pattern(parts, counted)
        return next(filter(pattern.fullmatch, words), None)

    def _words_between(self, start: str, end: str) -> tuple[str, ...]:
        """The words with these ends."""
        if start:
            words = [word for word in _beginning(self._sorted, start) if word.endswith(end)]
        else:
            words = [word[::-1] for word in _beginning(self._reversed, end[::-1])]
        return tuple(sorted(words, key=self._rank.__getitem__))


def _beginning(ordered: list[str], start: str) -> list[str]:
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, f"{start}\U0010ffff")]


@lru_cache(maxsize=4096)
def _pattern(parts: tuple[str, ...], counted: bool) -> re.Pattern[str]:
    pieces = []
    for place, part in enumerate(parts):
        least, most = _hidden(part, place, parts, counted) if not part.isalnum() else (0, 0)
        pieces.append(rf"\w{{{least},{most}}}" if most else part)
    return re.compile("".join(pieces))


def _hidden(sign: str, place: int, parts: tuple[str, ...], counted: bool) -> tuple[int, int]:
    """How many letters a sign may stand for, least and most.

    Stars in front hide as many letters as they are, behind as many at most; between letters some more.
    """
    count, at_edge = len(sign), place in (0, len(parts) - 1)
    if hides_by_length(sign) and not at_edge:
        return 1, count
    if counted or not place or not (hides_letters(sign) or (set(sign) <= _DOTS and sign != ".")):
        return count, count
    if at_edge:
        return 1, count
    return 1, count + (3 if set(sign) <= _DOTS else 1)
