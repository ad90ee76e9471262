"""Finds obscene words in what cannot be read letter by letter: the alphabets change, or digits hide letters."""

import re
from collections.abc import Iterator
from functools import lru_cache

from moderator_app.judging.alphabets import CYRILLIC, Script, read_as, sounded
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.profane.lexicon import LONGEST, Obscenity, look_up
from moderator_app.judging.profane.often_disguised import listed, masked_words
from moderator_app.judging.readings import word_around


def misread(folded: Folded) -> Iterator[tuple[Obscenity, Span]]:
    """Words of several alphabets read by their sound, and words in which digits hide letters."""
    for start, end in folded.mixed:
        if look_up(folded.text[start:end]) is None and (found := _by_sound(folded.plain[start:end])) is not None:
            yield found, (start, end)
    end = 0
    while (spot := _DIGIT_INSIDE.search(folded.plain, end)) is not None:
        start, end = word_around(folded.plain, end, spot.start())
        word = folded.plain[start:end]
        if len(word) <= LONGEST and look_up(folded.text[start:end]) is None:
            found = _behind_digits(word)
            if found is not None:
                yield found, (start, end)


_DIGIT_INSIDE = re.compile(rf"[0-9](?<=[{CYRILLIC}].)(?=[0-9]?[{CYRILLIC}])")
_DIGITS = re.compile(r"(\d+)")
_FEWEST_BESIDE_DIGITS = 4
_GRAVE = 0.5


@lru_cache(maxsize=1 << 12)
def _by_sound(word: str) -> Obscenity | None:
    for spelling in (sounded(word), read_as(word, Script.CYRILLIC, digits=True)):
        found = look_up(spelling)
        if found is not None and found.score >= _GRAVE:
            return found
    return (
        None if word.isalpha() or not word.isalnum() else _behind_digits(read_as(word, Script.CYRILLIC, digits=False))
    )


@lru_cache(maxsize=1 << 12)
def _behind_digits(word: str) -> Obscenity | None:
    """The word when digits hide letters, in a short word its vowel, or part single ones: `за3бал`, `х1й`, `х1у1й`."""
    parts = tuple([part if part.isalpha() else "*" * len(part) for part in _DIGITS.split(word) if part])
    letters = [part for part in parts if part.isalpha()]
    joined = "".join(letters)
    if len(joined) > 2 and all(len(part) == 1 for part in letters):
        return look_up(joined)
    if len(joined) >= _FEWEST_BESIDE_DIGITS:
        form = masked_words().find(parts)
    else:
        form = _with_vowel(letters) if len(parts) == 3 and parts[1] == "*" else None
    return look_up(form) if form else None


def _with_vowel(ends: list[str]) -> str | None:
    return next((form for vowel in _VOWELS if (form := vowel.join(ends)) in listed()), None)


_VOWELS = "уиеаоюяы"
