"""What Russian words sound like in Latin letters, so that every way to transliterate them reads the same."""

import re
from functools import lru_cache

_LETTERS = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
_PLAINLY = "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sh - y - e yu ya".replace("-", "")
_CYRILLIC = str.maketrans(dict(zip(_LETTERS.split(" "), _PLAINLY.split(" "), strict=True)))
# Longer spellings first. ж is j, ч is q and ш and щ are w: no scheme needs these letters for anything else.
_LATIN = {
    **dict.fromkeys(("shch", "sch", "shh", "sh", "skh", "sx"), "w"),
    **dict.fromkeys(("tch", "ch"), "q"),
    "zh": "j",
    **dict.fromkeys(("kh", "x"), "h"),
    **dict.fromkeys(("ts", "tz", "cz"), "c"),
    **dict.fromkeys(("ck", "q"), "k"),
    "ph": "f",
    "w": "v",
    **dict.fromkeys(("y", "j"), "i"),
    "'": "",
}
_SPELLINGS = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)))
# A soft sign, not й: `stoljko`.
_SOFT = re.compile("(?<=[bcdfghklmnpqrstvwxz])j(?![aeiouy])")
# What is left of ё, ие, ые, йо.
_IOTATED = re.compile("i+[eo]")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def sound_of_latin(word: str) -> str:
    """What a folded word in Latin letters sounds like: `sound_of_russian` of the word it transliterates."""
    if "j" in word:
        word = _SOFT.sub("", word)
    sound = _SPELLINGS.sub(lambda match: _LATIN[match[0]], word)
    return _DOUBLE.sub(r"\1", _IOTATED.sub("e", sound))


def sound_of_russian(word: str) -> str:
    # By way of Latin letters: there тс cannot be told from ц, nor сх from ш.
    return sound_of_latin(word.translate(_CYRILLIC))
