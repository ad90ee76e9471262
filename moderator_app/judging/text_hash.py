"""The fingerprint by which texts that read the same are known."""

import re
from hashlib import blake2b

from moderator_app.judging.folded import Folded
from moderator_app.judging.ordinary_answers import ORDINARY_WORDS

# Shorter texts ("да", "+1", "спасибо") are mostly the same by themselves.
_LEAST_LETTERS = 10
# What people greet, thank and agree with has no more letters.
_LONGEST_ANSWER = 24

# Of a text that says little else, how much it takes to tell it from others.
_LEAST_TELLING = 6
_LEAST_DISTINCT = 4
_LEAST_DISTINCT_NUMBERED = 6
_LEAST_PICTURES = 2

_PICTURE = re.compile("[\u2600-\u27bf\u2b1b-\u2b55\U0001f000-\U0001f3fa\U0001f400-\U0001faff]")
_PICTURE_OR_DIGIT = re.compile(rf"[0-9]|{_PICTURE.pattern}")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")


def text_hash(folded: Folded) -> int:
    """A signed 64-bit number over the letters and digits, stable between runs; 0 where the text tells too little.

    Case, spaces, punctuation, emoji, look-alike letters and the prefix of a VK reply make no difference. Short texts
    have one if they hold an address or enough besides everyday words; of pictures and digits, these count, too.
    """
    words = folded.words
    told = "".join(words)
    if len(told) <= _LONGEST_ANSWER:
        if words and ORDINARY_WORDS.issuperset(words):
            return 0
        if len(told) < _LEAST_LETTERS:
            told = _told_briefly(folded, words, told)
    if not told:
        return 0
    digest = blake2b(told.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def _told_briefly(folded: Folded, words: list[str], letters: str) -> str:
    """What a short text is known by; empty for what people write again and again."""
    if letters and (_says_enough(words, letters) or ("." in folded.plain and folded.addresses)):
        return letters
    plain = folded.plain
    if plain.isascii():
        return ""
    signs = _PICTURE_OR_DIGIT.findall(plain)
    distinct = frozenset(signs)
    pictures = sum(not sign.isdecimal() for sign in distinct)
    if pictures >= _LEAST_PICTURES and len(distinct) >= _LEAST_DISTINCT:
        return " ".join((letters, *signs))
    return ""


def _says_enough(words: list[str], letters: str) -> bool:
    distinct = len(frozenset(letters))
    if distinct < _LEAST_DISTINCT:
        return False
    if not letters.isascii() and len(frozenset(_CJK.findall(letters))) >= _LEAST_DISTINCT:
        return True
    if len(words) > 1:
        telling = sum(len(word) for word in words if word not in ORDINARY_WORDS and not word.isdecimal())
        return telling >= _LEAST_TELLING
    return distinct >= _LEAST_DISTINCT_NUMBERED and not letters.isalpha()
