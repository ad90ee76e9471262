"""Finds the word of a list that masked letters may stand for: `х*й`, `каз**о`."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

# What hides letters and means nothing else inside a word, and what does so by its number only.
STARS = frozenset("*#%@&$^?!¤×•°")
_DOTS = frozenset(".…")
_MOST_IN_FRONT = 2
# Short words that stand on both sides of a sign left without its space.
_LITTLE = """
а в и к о с у я на но не ну да он мы вы ты то же бы ли по за до из от об ко во со их ей ее им ни или что как так это
она они там тут для без мне нет уже еще где кто
"""
_LITTLE_WORDS = frozenset(_LITTLE.split())


def hides_letters(sign: str) -> bool:
    """Whether one of the signs between letters usually stands for a letter."""
    return any(char in STARS or char > "\u2190" for char in sign)


def is_ordinary(parts: tuple[str, ...]) -> bool:
    """Whether only little words meet at the signs: `да...нет`."""
    return all(part in _LITTLE_WORDS for part in parts if part.isalnum())


class MaskedWords:
    """Words to recognise when some of their letters are signs, the most usual first."""

    def __init__(self, words: Iterable[str]) -> None:
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        by_end: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            by_start[word[0]].append(word)
            by_end[word[-1]].append(word)
        self._by_start = {letter: _lines(listed) for letter, listed in by_start.items()}
        self._by_end = {letter: _lines(listed) for letter, listed in by_end.items()}

    def find(self, parts: tuple[str, ...]) -> str | None:
        """The first word that `parts`, letters and signs by turns, may stand for."""
        if parts[0].isalnum():
            lines = self._by_start.get(parts[0][0])
        elif len(parts[0]) <= _MOST_IN_FRONT:
            lines = self._by_end.get(parts[-1][-1])
        else:
            return None
        match = _pattern(parts).search(lines) if lines else None
        return match[0][1:-1] if match else None


def _lines(words: list[str]) -> str:
    """One word a line, each between two line breaks of its own: one search goes through them all."""
    return "".join(f"\n{word}\n" for word in words)


@lru_cache(maxsize=4096)
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    last = len(parts) - 1
    pieces = (
        part if part.isalnum() else _hidden(part, at_edge=index in (0, last), in_front=not index)
        for index, part in enumerate(parts)
    )
    return re.compile("\n" + "".join(pieces) + "\n")


def _hidden(sign: str, *, at_edge: bool, in_front: bool) -> str:
    """Stars in front hide as many letters as they are, behind as many at most; between letters some more."""
    count = len(sign)
    if in_front or not (hides_letters(sign) or (set(sign) <= _DOTS and sign != ".")):
        return rf"\w{{{count}}}"
    if at_edge:
        return rf"\w{{1,{count}}}"
    return rf"\w{{1,{count + (3 if set(sign) <= _DOTS else 1)}}}"
