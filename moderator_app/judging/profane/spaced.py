"""Reads letters that are set apart: an obscene word, or a phrase that holds some."""

from functools import lru_cache

from moderator_app.judging.disguises import SHORT_WORDS
from moderator_app.judging.masks import LITTLE_WORDS
from moderator_app.judging.morphology import base_forms
from moderator_app.judging.profane import english
from moderator_app.judging.profane.lexicon import Obscenity, look_up
from moderator_app.judging.profane.often_disguised import listed

# A word and where it begins and ends in what was read.
Placed = tuple[Obscenity, int, int]


@lru_cache(maxsize=1 << 12)
def read_spaced(word: str) -> tuple[Placed, ...]:
    """The obscene words in letters set apart, with their places: one, or several words of a phrase."""
    likely: list[Placed] = []
    for start in range(min(3, len(word) - 2)):
        if start and word[start - 1] not in _SHORT_WORDS and (start > 1 or word.isascii()):
            break
        rest = word[start:]
        found = look_up(rest)
        if found is None:
            continue
        if rest in listed() or rest in english.MASKED:
            return ((found, start, len(word)),)
        if not start or word[start - 1] in _SHORT_WORDS:
            likely.append((found, start, len(word)))
    phrase = _phrase(word) if not word.isascii() and len(word) > _SHORTEST_PHRASE else ()
    return phrase or tuple(likely[:1])


_SHORT_WORDS = SHORT_WORDS | frozenset("ia")
_SHORTEST_PHRASE = 4
_LONGEST_IN_PHRASE = 16
_Words = tuple[int, int, tuple[Placed, ...]]


def _phrase(word: str) -> tuple[Placed, ...]:
    """The obscene words among the fewest words that the letters make; decent ones are preferred."""
    best: list[_Words | None] = [(0, 0, ()), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_IN_PHRASE), end):
            before = best[start]
            if before is None:
                continue
            piece = word[start:end]
            found = look_up(piece) if piece in listed() else None
            if found is None and (not _is_word(piece) or look_up(piece) is not None):
                continue
            obscene = (*before[2], (found, start, end)) if found is not None else before[2]
            reading = (before[0] + 1, len(obscene), obscene)
            known = best[end]
            if known is None or reading[:2] < known[:2]:
                best[end] = reading
    whole = best[-1]
    return whole[2] if whole is not None else ()


def _is_word(piece: str) -> bool:
    return piece in LITTLE_WORDS or piece in _SHORT_WORDS or (len(piece) > 2 and base_forms(piece)[0][1])
