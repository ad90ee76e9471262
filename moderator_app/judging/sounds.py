"""What Russian words sound like in Latin letters, so that every way to transliterate them reads the same."""

import re
from collections.abc import Sequence
from functools import lru_cache

_LETTERS = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
_PLAINLY = "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sh - y - e yu ya".replace("-", "")
_CYRILLIC = str.maketrans(dict(zip(_LETTERS.split(" "), _PLAINLY.split(" "), strict=True)))
# In this order: what is written with several letters, and letters that would be taken for what a later one becomes.
# ж is j, ч is q and ш and щ are w: no scheme needs these letters for anything else.
_IN_ORDER = "w>v q>k j>i y>i x>h kh>h shch>sh sch>sh shh>sh sh>w zh>j tch>ch ch>q ph>f ts>c tz>c cz>c ck>k '>"
_SPELLINGS = tuple([(spelling, sound) for spelling, _, sound in (pair.partition(">") for pair in _IN_ORDER.split())])
# A soft sign, not й: `stoljko`.
_SOFT = re.compile("(?<=[bcdfghklmnpqrstvwxz])j(?![aeiouy])")
# What is left of ё, ие, ые, йо.
_IOTATED = re.compile("i+[eo]")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def sound_of_latin(word: str) -> str:
    """What a folded word in Latin letters sounds like: `sound_of_russian` of the word it transliterates."""
    return _sound(_SOFT.sub("", word) if "j" in word else word)


def sounds_of_latin(words: Sequence[str]) -> list[str]:
    """The same of each of many words: of all together it takes a tenth of the time."""
    return sound_of_latin.__wrapped__("\n".join(words)).split("\n") if words else []


def sound_of_russian(word: str) -> str:
    # By way of Latin letters: there тс cannot be told from ц, nor сх from ш.
    return _sound(word.translate(_CYRILLIC))


def sounds_of_russian(words: Sequence[str]) -> list[str]:
    return sound_of_russian("\n".join(words)).split("\n") if words else []


def _sound(latin: str) -> str:
    for spelling, sound in _SPELLINGS:
        latin = latin.replace(spelling, sound)
    return _DOUBLE.sub(r"\1", _IOTATED.sub("e", latin))
