"""Warnings: in which language a community is spoken to."""

import re
from collections.abc import Iterable

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


def language_of(texts: Iterable[str]) -> str:
    """The language that most letters of `texts` are written in: "ru" or "en"; Russian where there are none."""
    cyrillic = latin = 0
    for text in texts:
        cyrillic += len(_CYRILLIC.findall(text))
        latin += len(_LATIN.findall(text))
    return "en" if latin > cyrillic else "ru"
