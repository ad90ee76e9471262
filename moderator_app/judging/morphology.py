"""Russian inflection, over pymorphy3's dictionaries."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any


def inflections(word: str) -> frozenset[str]:
    """Every form of the Russian `word`, folded, and the word itself; a word in other letters stands alone."""
    forms = {word}
    for parse in _parses(word):
        forms.update(_fold("\n".join(_forms(parse))).split("\n"))
    return frozenset(forms)


@lru_cache(maxsize=4096)
def base_forms(word: str) -> tuple[tuple[str, bool], ...]:
    """The base forms `word` may have, likeliest first, folded; each with whether the dictionary knows it."""
    return tuple((_fold(parse.normal_form), bool(parse.is_known)) for parse in _analyzer().parse(word))


def is_word(word: str) -> bool:
    """Whether the Russian dictionary holds `word`, which is in lower case, letter by letter: е is no ё."""
    return word in _analyzer().dictionary.words


@lru_cache(maxsize=4096)
def is_name(word: str) -> bool:
    """Whether `word`, in lower case, is most likely a person's first name, surname or patronymic."""
    parse = _analyzer().parse(word)[0]
    return bool(parse.is_known) and bool(_NAMES & parse.tag.grammemes)


_NAMES = frozenset({"Name", "Surn", "Patr"})


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
    """What `parse.lexeme` gives, without the grammar of each form, which takes most of its time."""
    known, *guess = parse.methods_stack
    if len(known) != _PLACE_IN_DICTIONARY or not all(isinstance(each[0], _by_ending()) for each in guess):
        return [form.word for form in parse.lexeme]
    _, word, paradigm, index = known
    dictionary = _analyzer().dictionary
    stem = dictionary.build_stem(dictionary.paradigms[paradigm], index, word)
    return [prefix + stem + ending for prefix, ending in _endings(paradigm)]


# Who found it, the word, and where its forms are.
_PLACE_IN_DICTIONARY = 4


@cache
def _endings(paradigm: int) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the stem, each pair once."""
    info = _analyzer().dictionary.build_paradigm_info(paradigm)
    return tuple(dict.fromkeys((prefix, ending) for prefix, _, ending in info))


@cache
def _by_ending() -> Any:
    """What reads a word it does not know like those with the same ending."""
    from pymorphy3.units import KnownSuffixAnalyzer

    return KnownSuffixAnalyzer


def _fold(word: str) -> str:
    return word.replace("ё", "е")
