"""The forms in which a word that is searched for may stand."""

from functools import lru_cache

from moderator_app.judging.morphology import base_forms, inflections

# Of a word that may be a form of several others.
MOST_BASE_FORMS = 8
MOST_FORMS = 300


@lru_cache(maxsize=1000)
def forms_of(word: str) -> frozenset[str]:
    """Every form of every word that `word`, folded, may be a form of; a word in other letters stands alone.

    The lemma is found here, not when messages are stored: an index of plain words is filled by the database itself,
    without the dictionary, and answers the same.
    """
    found = {word}
    if _is_russian(word):
        for base, _known in base_forms(word)[:MOST_BASE_FORMS]:
            found |= inflections(base)
    return frozenset(sorted(found)[:MOST_FORMS]) | {word}


def _is_russian(word: str) -> bool:
    return all("а" <= char <= "я" for char in word)
