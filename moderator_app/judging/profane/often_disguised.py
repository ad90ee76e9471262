"""The obscene words that people disguise most, in all their forms."""

from functools import cache

from moderator_app.judging.masks import MaskedWords
from moderator_app.judging.morphology import inflections
from moderator_app.judging.profane import english, russian
from moderator_app.judging.profane.lexicon import is_obscene


@cache
def masked_words() -> MaskedWords:
    return MaskedWords(form for form in dict.fromkeys([*_forms(), *english.MASKED]) if is_obscene(form))


@cache
def listed() -> frozenset[str]:
    """The words often masked in all their forms: no guess of the grammar."""
    return frozenset(filter(is_obscene, _forms()))


@cache
def _forms() -> tuple[str, ...]:
    return (*russian.MASKED, *(form for word in russian.MASKED for form in sorted(inflections(word))))
