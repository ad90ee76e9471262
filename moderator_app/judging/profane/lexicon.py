"""Looks up one folded word: whether it is obscene, how much, and its base form."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from moderator_app.judging.alphabets import Script, read_as, twins
from moderator_app.judging.morphology import base_forms
from moderator_app.judging.profane import english, russian, transliterated
from moderator_app.judging.profane.grammar import Family, Grammar
from moderator_app.judging.sounds import sound_of_latin

LONGEST = 40
_REMEMBERED = 1 << 15
_LONG_RUN = re.compile(r"(.)\1{3,}")


@dataclass(frozen=True, slots=True)
class Obscenity:
    base_form: str
    score: float


def shortened(word: str) -> str:
    """`word` with letters drawn out beyond three cut to three: no length hides a word, or makes it slow to match."""
    return _LONG_RUN.sub(r"\1\1\1", word)


@lru_cache(maxsize=_REMEMBERED)
def look_up(word: str) -> Obscenity | None:
    """What the folded `word` is as a whole; drawn-out letters and several prefixes included."""
    word, family = _family(word)
    if family is None:
        return None
    return Obscenity(family.base if word.isascii() else _base_form(word, family), family.score)


def is_obscene(word: str) -> bool:
    """The same in short: base forms are a matter of the dictionary, which takes long."""
    return _family(word)[1] is not None


def _family(word: str) -> tuple[str, Family | None]:
    """The word as it was understood, and what it belongs to."""
    word = shortened(word)
    if len(word) > LONGEST:
        return word, None
    if word.isascii():
        family = _latin_grammar().family(word) or _sound_grammar().family(sound_of_latin(word))
        if family is not None or not twins(word):
            return word, family
        word = read_as(word, Script.CYRILLIC, digits=False)
    if not word.startswith(russian.UKRAINIAN_PREFIX):
        word = word.translate(russian.SPELLINGS)
    return word, _russian_grammar().family(word)


def _base_form(word: str, family: Family) -> str:
    """The dictionary's base form; a well-formed guess at a verb; else the family's.

    All within the family: суки may be сук to the dictionary, too.
    """
    grammar = _russian_grammar()
    for form, known in base_forms(word):
        if form not in russian.WRONG_BASES and (known or _VERB.fullmatch(form)) and grammar.family(form) == family:
            return form
    return family.base


# pymorphy3 guesses words it does not know by their endings, infinitives often wrongly.
_VERB = re.compile(
    r"\w*(?:еб(?:ать|ывать|нуть|ануть|ашить|енить)|пизд(?:ить|еть|ануть|овать|ошить|ячить|юлить|ывать)"
    r"|ху(?:еть|ярить|ячить|якать|евать)|бляд(?:овать|ствовать)|мудохать|срать|ссать|дрочить|залупать)(?:ся)?"
)


@cache
def _russian_grammar() -> Grammar:
    return Grammar(russian.FAMILIES)


@cache
def _sound_grammar() -> Grammar:
    return Grammar(transliterated.SOUNDS, squeezed=True)


@cache
def _latin_grammar() -> Grammar:
    return Grammar([*english.FAMILIES, *transliterated.LETTERS])
