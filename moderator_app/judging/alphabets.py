"""Letters that look alike in Latin, Cyrillic and Greek, and the script a word is meant in."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import lru_cache

LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC = "\u0400-\u052f"
GREEK = "\u0391-\u03c9"

LATIN_LETTER = re.compile(f"[{LATIN}]")
CYRILLIC_LETTER = re.compile(f"[{CYRILLIC}]")


class Script(Enum):
    LATIN = auto()
    CYRILLIC = auto()


def script_of(word: str) -> Script | None:
    """The script a word as written is meant in: the one with more letters that no other alphabet could lend.

    None for a word without Latin and Cyrillic letters.
    """
    if word.isascii():
        return Script.LATIN if not word.isdigit() and LATIN_LETTER.search(word) else None
    latin, cyrillic = len(LATIN_LETTER.findall(word)), len(CYRILLIC_LETTER.findall(word))
    if not latin and not cyrillic:
        return None
    own_latin, own_cyrillic = latin - _count(word, _LATIN_TWINS), cyrillic - _count(word, _CYRILLIC_TWINS)
    if own_latin != own_cyrillic:
        return Script.LATIN if own_latin > own_cyrillic else Script.CYRILLIC
    return Script.LATIN if latin > cyrillic else Script.CYRILLIC


def read_as(word: str, script: Script, digits: bool) -> str:
    """`word` in lower case with the letters of other alphabets, and digits too if asked, as letters of `script`.

    As long as the word: characters without a twin stay.
    """
    table = _TABLES[script, digits]
    return "".join([table.get(char) or table.get(lower := char.lower()) or lower for char in word])


def sounded(word: str) -> str:
    """A folded word of several alphabets in Cyrillic, its Latin letters by their sound: `xuй`."""
    return word.translate(_BY_SOUND)


@lru_cache(maxsize=1 << 14)
def read_digits(word: str) -> str | None:
    """A folded word of letters and digits with each digit as the letter it may stand for; None for what is no word."""
    script = script_of(word)
    digits = sum(map(str.isdigit, word))
    if script is None or len(word) < 3 or digits > 2 * (len(word) - digits):
        return None
    table = _ANY_DIGIT[script]
    spelling = read_as("".join([table.get(char, char) for char in word]), script, digits=False)
    return spelling if spelling.isalpha() else None


def twins(word: str) -> bool:
    """Whether a Latin word as written could be a Cyrillic one, letter by letter: `cyka`, `XEP`."""
    return _LATIN_TWINS.issuperset(word)


def _count(word: str, letters: frozenset[str]) -> int:
    return sum(char in letters for char in word)


def _pairs(pairs: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in pairs.split()}


# Told apart by hardly an eye. Case matters: B is a В, b is none.
_LATIN_TWINS = frozenset("aceopxykmtABCEHKMOPTXY")
_CYRILLIC_TWINS = frozenset("асеорхуіѕјАВСЕНКМОРТХУІЅЈ")

# By the looks where there is a twin, else by the sound. A capital is listed where it differs.
_TO_CYRILLIC = _pairs(
    "aа Bв bь cс dд eе fф gг hн iи jй kк lл mм Nн nп oо pр Rр rг sс tт Uу uи vв wш xх yу zз іи ѕс јй ёе"
)
_TO_CYRILLIC |= _pairs("αа βв εе Ηн ηп ιи κк Νн νв οо πп ρр σс τт Υу υи χх ёе")
_BY_SOUND = str.maketrans(
    _pairs("aа bб cц dд eе fф gг hх iи jй kк lл mм nн oо pп rр sс tт uу vв xх yу zз") | _pairs("0о 1и 3з 4ч 6б @а")
)
_TO_LATIN = _pairs("аa Вb вb еe ёe зz иu іi јj кk мm Нh нh оo пn рp ѕs сc тt уy хx ьb")
_TO_LATIN |= _pairs("αa βb εe Ηh ηn ιi κk Νn νv οo ρp σs τt Υy υu χx")
_DIGITS_CYRILLIC = _pairs("0о 1и 3з 4ч 6б @а")
_DIGITS_LATIN = _pairs("0o 1i 3e 4a 5s 7t")
# What no word would be read by alone: `6л9`.
_ANY_DIGIT = {
    Script.CYRILLIC: _DIGITS_CYRILLIC | _pairs("8в 9я"),
    Script.LATIN: _DIGITS_LATIN | _pairs("8b 9g"),
}

_TABLES: Mapping[tuple[Script, bool], Mapping[str, str]] = {
    (Script.CYRILLIC, False): _TO_CYRILLIC,
    (Script.CYRILLIC, True): _TO_CYRILLIC | _DIGITS_CYRILLIC,
    (Script.LATIN, False): _TO_LATIN,
    (Script.LATIN, True): _TO_LATIN | _DIGITS_LATIN,
}
