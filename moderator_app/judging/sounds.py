"""What Russian words sound like in Latin letters, so that every way to transliterate them reads the same."""

import re
from functools import lru_cache

_LETTERS = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ё"
_SOUNDS = "a b v g d e j z i i k l m n o p r s t u f h c q w w - i - e iu ia e".replace("-", "")
_CYRILLIC = str.maketrans(dict(zip(_LETTERS.split(" "), _SOUNDS.split(" "), strict=True)))
# Longer spellings first. ж is j, ч is q and ш and щ are w: no scheme needs these letters for anything else.
_LATIN = {
    **dict.fromkeys(("shch", "sch", "shh", "sh"), "w"),
    **dict.fromkeys(("tch", "ch"), "q"),
    "zh": "j",
    **dict.fromkeys(("kh", "x"), "h"),
    **dict.fromkeys(("ts", "tz", "cz"), "c"),
    **dict.fromkeys(("ck", "q"), "k"),
    "ph": "f",
    "w": "v",
    **dict.fromkeys(("yo", "jo", "ye", "je", "ie"), "e"),
    **dict.fromkeys(("y", "j"), "i"),
    "'": "",
}
_SPELLINGS = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)))
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def sound_of_latin(word: str) -> str:
    """What a folded word in Latin letters sounds like: `sound_of_russian` of the word it transliterates."""
    return _DOUBLE.sub(r"\1", _SPELLINGS.sub(lambda match: _LATIN[match[0]], word))


def sound_of_russian(word: str) -> str:
    return _DOUBLE.sub(r"\1", word.translate(_CYRILLIC).replace("ie", "e"))
