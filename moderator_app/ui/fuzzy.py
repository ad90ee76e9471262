"""How well a few typed letters fit a name: in any case, in either alphabet's layout, with letters left out."""

from functools import cache

from moderator_app.ui.physical_keys import RUSSIAN

NO_FIT = 0.0
_BEGINS_WORD, _FOLLOWS, _ANYWHERE = 3.0, 4.0, 1.0

_TO_RUSSIAN = str.maketrans({key.value.lower(): letter.lower() for key, letter in RUSSIAN.items()})
_TO_LATIN = str.maketrans({letter.lower(): key.value.lower() for key, letter in RUSSIAN.items()})


def fit(typed: str, *names: str) -> float:
    """The best fit of `typed` among the names; NO_FIT where a letter is missing from every one."""
    wanted = _readings("".join(typed.lower().split()))
    return max((_fit(reading, name.lower()) for reading in wanted for name in names), default=NO_FIT)


@cache
def _readings(typed: str) -> tuple[str, ...]:
    """What was typed, and what it would be had the other layout been in force."""
    return tuple(dict.fromkeys((typed, typed.translate(_TO_RUSSIAN), typed.translate(_TO_LATIN))))


def _fit(typed: str, name: str) -> float:
    """Letters that follow each other count most, then those at the beginning of a word."""
    best = NO_FIT
    for start in (place for place, letter in enumerate(name) if not typed or letter == typed[0]):
        best = max(best, _fit_from(typed, name, start))
    return best


def _fit_from(typed: str, name: str, start: int) -> float:
    total, place = 0.0, start
    for number, letter in enumerate(typed):
        found = name.find(letter, place)
        if found < 0:
            return NO_FIT
        if found == 0 or not name[found - 1].isalnum():
            total += _BEGINS_WORD
        else:
            total += _FOLLOWS if number and found == place else _ANYWHERE
        place = found + 1
    # Of two that fit alike the shorter name is meant.
    return max(len(typed), 1) + total / max(len(typed), 1) - len(name) / 10_000
