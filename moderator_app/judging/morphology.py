"""Russian inflection, over pymorphy3's dictionaries."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any


def inflections(word: str) -> frozenset[str]:
    """Every form of the Russian `word`, folded, and the word itself; a word in other letters stands alone."""
    return frozenset({word, *(_fold(form) for parse in _parses(word) for form in _forms(parse))})


@lru_cache(maxsize=4096)
def base_forms(word: str) -> tuple[tuple[str, bool], ...]:
    """The base forms `word` may have, likeliest first, folded; each with whether the dictionary knows it."""
    return tuple((_fold(parse.normal_form), bool(parse.is_known)) for parse in _analyzer().parse(word))


def is_word(word: str) -> bool:
    """Whether the Russian dictionary holds `word`, which is in lower case, letter by letter: е is no ё."""
    return word in _analyzer().dictionary.words


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _parses(word: str) -> Iterable[Any]:
    """The readings to inflect: those in which the word is its own base form, else the likeliest."""
    parses = _analyzer().parse(word)
    candidates = [parse for parse in parses if parse.is_known] or parses
    own = [parse for parse in candidates if _fold(parse.normal_form) == word]
    return own if own and own[0].is_known else (own or candidates)[:1]


def _forms(parse: Any) -> Iterable[str]:
    return (form.word for form in parse.lexeme)


def _fold(word: str) -> str:
    return word.replace("ё", "е")
