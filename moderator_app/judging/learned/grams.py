"""Hashes the character n-grams of many texts at once, in numpy."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.uint32]
Positions = npt.NDArray[np.intp]
Kept = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.uint8]

# Changes whenever a text would get other rows: weights of another version are of no use then.
VERSION = 1
BITS = 18
ROWS = 1 << BITS

SHORTEST, LONGEST = 2, 5
# Each text stands between spaces, and behind it as many zeros as keep its n-grams out of the next one.
_BEFORE, _BEHIND = " ", " " * LONGEST
_ZEROS = LONGEST - 1
_BACK = np.arange(1, _ZEROS + 1)

_KNOWN = 0x20000
_SPACE, _DIGIT, _SIGN = np.uint32(ord(" ")), np.uint32(ord("0")), np.uint32(0x20000)
_SIGNS = frozenset("!?+$€₽@#%➕‼❗⁉")

_FACTOR = np.uint32(0x01000193)
_MIX = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - BITS)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of several texts, by the rows of the weights' table that they stand for; row 0 is for nothing.

    `rows[k][i]` is the n-gram of the k-th length at place `i`; those of text `t` begin at `starts[t]`, and `counts[t]`
    of its places hold a sign.

    `kinds` tells of each sign, the texts taken one after another, whether it is part of a word, a mark or nothing;
    those of text `t` begin at `offsets[t]`, and `before[i]` places stand in front of the sign `i`.
    """

    rows: tuple[Rows, ...]
    starts: Positions
    counts: npt.NDArray[np.float32]
    kinds: Kinds
    before: Positions
    offsets: Positions


def grams_of(texts: Sequence[str]) -> Grams:
    """The n-grams of `texts`, which are folded. White space of any kind and length counts as one space."""
    signs, kept, offsets = _signs_of(texts)
    before: Positions = np.cumsum(kept) - kept
    starts = before[offsets - len(_BEFORE)]
    stream = signs[kept]
    is_text = (stream != 0).astype(np.uint32)
    rows = []
    hashes = stream * _MIX
    for order in range(1, LONGEST):
        hashes *= _FACTOR
        hashes[:-order] += stream[order:]
        if order + 1 >= SHORTEST:
            rows.append(_rows(hashes) * is_text)
    counts = np.diff(starts, append=len(stream)) - _ZEROS
    return Grams(tuple(rows), starts, counts.astype(np.float32), _kinds(signs), before, offsets)


def _rows(hashes: Rows) -> Rows:
    mixed = hashes * _MIX
    mixed ^= mixed >> np.uint32(15)
    mixed *= _FACTOR
    mixed >>= _SHIFT
    return mixed


def _signs_of(texts: Sequence[str]) -> tuple[Rows, Kept, Positions]:
    """The signs of all texts, which of them are kept, and where each text begins."""
    lengths = np.fromiter(map(len, texts), np.intp, len(texts)) + (len(_BEFORE) + len(_BEHIND))
    joined = _BEFORE + (_BEHIND + _BEFORE).join(texts) + _BEHIND
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    signs = _signs().take(codes, mode="clip")
    ends = np.cumsum(lengths)
    kept = _kept(signs)
    zeros = (ends[:, np.newaxis] - _BACK).ravel()
    signs[zeros] = 0
    kept[zeros] = True
    begins = ends - lengths
    kept[begins] = True
    return signs, kept, begins + len(_BEFORE)


def _kinds(signs: Rows) -> Kinds:
    kinds = (signs >= _DIGIT).view(np.uint8)
    kinds += (signs >= _SIGN).view(np.uint8)
    return kinds


def _kept(signs: Rows) -> Kept:
    """Not the repetitions: of letters and digits two in a row are kept, of all other signs one."""
    kept = np.ones(len(signs), np.bool_)
    differs = np.not_equal(signs[1:], signs[:-1], out=kept[1:])
    second = signs[1:] - _DIGIT < _SIGN - _DIGIT
    second[1:] &= differs[:-1]
    differs |= second
    return kept


@cache
def _signs() -> Rows:
    """What each code point is read as: letters as themselves, digits as one, most other signs as a space."""
    table = np.full(_KNOWN, _SPACE, np.uint32)
    for code in range(_KNOWN):
        char = chr(code)
        if char.isalpha():
            table[code] = code
        elif char.isdigit():
            table[code] = _DIGIT
        elif char in _SIGNS or unicodedata.category(char) == "So":
            table[code] = _SIGN | code
    return table
