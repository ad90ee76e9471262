"""What a disguised word says, if it is obscene."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from moderator_app.judging.alphabets import CYRILLIC, Script, read_as, sounded
from moderator_app.judging.disguises import SHORT_WORDS
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.masks import LITTLE_WORDS, MaskedWords, hides_by_length, hides_letters, is_ordinary
from moderator_app.judging.morphology import base_forms, inflections
from moderator_app.judging.profane import english, russian
from moderator_app.judging.profane.lexicon import LONGEST, Obscenity, is_obscene, look_up
from moderator_app.judging.readings import word_around

_Found = tuple[Obscenity, Span]
# A word and where it begins and ends in what was read.
_Placed = tuple[Obscenity, int, int]


def find_disguised(folded: Folded) -> list[_Found]:
    """Obscene words that are not whole words of the text, with their folded spans, in order and apart."""
    revealed: list[_Found] = []
    for spellings, parts, span, sure in folded.disguises:
        if parts:
            if (words := _signed(spellings, parts)) and not _are_initials(folded, span):
                # Signs all around a token are no part of it.
                first = span[0] + (span[1] - span[0] - sum(map(len, parts))) // 2
                whole = words[0][1:] == (0, len(parts))
                revealed += [
                    (found, span if whole else (first + _length(parts[:start]), first + _length(parts[:end])))
                    for found, start, end in words
                ]
        elif not sure:
            if (found_whole := _reveal(spellings, parts)) is not None:
                revealed.append((found_whole, span))
        elif words := read_spaced(spellings[0]):
            places = [place for place in range(*span) if folded.plain[place].isalnum()]
            revealed += [(found, (places[start], places[end - 1] + 1)) for found, start, end in words]
    if folded.text is not folded.plain and not folded.plain.isascii():
        revealed += _misread(folded)
    return _apart(revealed) if revealed else revealed


def _apart(revealed: list[_Found]) -> list[_Found]:
    """One word for each stretch, the longest of those that begin at one place."""
    kept: list[_Found] = []
    for found, span in sorted(revealed, key=lambda each: (each[1][0], -each[1][1])):
        if not kept or span[0] >= kept[-1][1][1]:
            kept.append((found, span))
    return kept


def _misread(folded: Folded) -> Iterator[_Found]:
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


@lru_cache(maxsize=1 << 12)
def _by_sound(word: str) -> Obscenity | None:
    for spelling in (sounded(word), read_as(word, Script.CYRILLIC, digits=True)):
        found = look_up(spelling)
        if found is not None and found.score >= _GRAVE:
            return found
    return None


@lru_cache(maxsize=1 << 12)
def _behind_digits(word: str) -> Obscenity | None:
    """The word when each digit hides a letter, or parts single letters: `за3бал`, `х1у1й`."""
    parts = tuple([part if part.isalpha() else "*" * len(part) for part in _DIGITS.split(word) if part])
    letters = [part for part in parts if part.isalpha()]
    joined = "".join(letters)
    if len(joined) > 2 and all(len(part) == 1 for part in letters):
        return look_up(joined)
    form = _masked_words().find(parts) if len(joined) >= _FEWEST_BESIDE_DIGITS else None
    return look_up(form) if form else None


@lru_cache(maxsize=1 << 15)
def _signed(spellings: tuple[str, ...], parts: tuple[str, ...]) -> tuple[_Placed, ...]:
    """The word of the whole token, or those between the signs that part words, by their places among the parts."""
    found = _reveal(spellings, parts)
    if found is not None:
        return ((found, 0, len(parts)),)
    if len(parts) < _FEWEST_PARTED:
        return ()
    words: list[_Placed] = []
    for start, end in _parted(parts):
        piece = parts[start:end]
        found = _reveal(("".join([part for part in piece if part.isalnum()]),), piece)
        if found is not None:
            words.append((found, start, end))
    return tuple(words)


def _length(parts: tuple[str, ...]) -> int:
    return sum(map(len, parts))


_FEWEST_PARTED = 4


def _parted(parts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where several parts stand together between signs that stand for no letters."""
    start = 0
    for index, part in enumerate(parts):
        if not part.isalnum() and not _is_odd(part):
            if index - start > 1:
                yield start, index
            start = index + 1
    if start and len(parts) - start > 1:
        yield start, len(parts)


def _is_odd(sign: str) -> bool:
    return hides_letters(sign) or sign in _ODD


_ODD = frozenset("_|~")


@lru_cache(maxsize=1 << 15)
def _reveal(spellings: tuple[str, ...], parts: tuple[str, ...]) -> Obscenity | None:
    letters = [part for part in parts if part.isalnum()]
    alone = max((found.score for part in letters if len(part) > 2 and (found := look_up(part))), default=0.0)
    joined = _joined(spellings, parts, letters)
    if joined is not None and joined.score > alone:
        return joined
    masked = _masked(parts, letters) if parts else None
    if masked is not None and masked.score > alone:
        return masked
    if joined is not None and _is_torn(letters):
        return joined
    if alone and not all(_is_odd(part) for part in parts if not part.isalnum()):
        return None
    if masked is not None and masked.score == alone:
        return masked
    remainder = min(map(len, letters), default=0) <= 2
    return joined if joined is not None and remainder and joined.score == alone else None


def _is_torn(letters: list[str]) -> bool:
    """Whether an end is torn off: `пизде....ц`, but not `мудак(и`, where another word follows."""
    short = [part for part in letters if len(part) <= 2]
    return bool(short) and LITTLE_WORDS.isdisjoint(short) and "".join(letters) in _listed()


@lru_cache(maxsize=1 << 12)
def read_spaced(word: str) -> tuple[_Placed, ...]:
    """The obscene words in letters set apart, with their places: one, or several words of a phrase."""
    likely: list[_Placed] = []
    for start in range(min(3, len(word) - 2)):
        if start and word[start - 1] not in _SHORT_WORDS and (start > 1 or word.isascii()):
            break
        rest = word[start:]
        found = look_up(rest)
        if found is None:
            continue
        if rest in _listed() or rest in english.MASKED:
            return ((found, start, len(word)),)
        if not start or word[start - 1] in _SHORT_WORDS:
            likely.append((found, start, len(word)))
    phrase = _phrase(word) if not word.isascii() and len(word) > _SHORTEST_PHRASE else ()
    return phrase or tuple(likely[:1])


_SHORT_WORDS = SHORT_WORDS | frozenset("ia")
_SHORTEST_PHRASE = 4
_GRAVE = 0.5
_LONGEST_IN_PHRASE = 16
_Words = tuple[int, int, tuple[_Placed, ...]]


def _phrase(word: str) -> tuple[_Placed, ...]:
    """The obscene words among the fewest words that the letters make; decent ones are preferred."""
    best: list[_Words | None] = [(0, 0, ()), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_IN_PHRASE), end):
            before = best[start]
            if before is None:
                continue
            piece = word[start:end]
            found = look_up(piece) if piece in _listed() else None
            if found is None and (not _is_word(piece) or look_up(piece) is not None):
                continue
            obscene = (*before[2], (found, start, end)) if found is not None else before[2]
            reading = (before[0] + 1, len(obscene), obscene)
            known = best[end]
            if known is None or reading[:2] < known[:2]:
                best[end] = reading
    whole = best[-1]
    return whole[2] if whole is not None else ()


def _is_word(piece: str) -> bool:
    return piece in LITTLE_WORDS or piece in _SHORT_WORDS or (len(piece) > 2 and base_forms(piece)[0][1])


def _joined(spellings: tuple[str, ...], parts: tuple[str, ...], letters: list[str]) -> Obscenity | None:
    """The word that is left when the signs are dropped. Two whole words with a sign between are no disguise."""
    for spelling in spellings:
        found = look_up(spelling) if len(spelling) > 2 else None
        if found is not None:
            odd = any(_is_odd(part) for part in parts if not part.isalnum())
            return found if odd or not _are_words(letters) else None
    return None


def _are_words(letters: list[str]) -> bool:
    """Whether the pieces are words by themselves, as in `спи.здесь`."""
    return len(letters) > 1 and all(len(part) > 2 and base_forms(part)[0][1] for part in letters)


def _masked(parts: tuple[str, ...], letters: list[str]) -> Obscenity | None:
    """The first word on the list of those usually masked that `parts` may stand for."""
    if is_ordinary(parts) or not _hides_enough(parts, letters):
        return None
    if sum(map(len, letters)) == 1:
        form = _BY_ONE_LETTER.get((parts[0], sum(map(len, parts))))
    else:
        form = _masked_words().find(parts)
    return look_up(form) if form else None


def _hides_enough(parts: tuple[str, ...], letters: list[str]) -> bool:
    """A single letter is known by several stars only; signs that mostly part words need more letters around them."""
    seen = sum(map(len, letters))
    signs = [part for part in parts if not part.isalnum()]
    if seen == 1:
        return parts[0].isalpha() and set(signs[0]) == {"*"} and len(signs[0]) > 1
    if all(hides_letters(sign) for sign in signs):
        return True
    if len(signs) > 1:
        return False
    if set(signs[0]) <= {".", "…"} or hides_by_length(signs[0]):
        return True
    return len(signs[0]) == 1 and (seen > 2 or signs[0] == "_")


# The likeliest words of their length with nothing but the first letter shown.
_BY_ONE_LETTER = {
    (word[0], len(word)): word for word in ("хуй", "хуйня", "пизда", "пиздец", "бля", "блядь", "сука", "ебать", "fuck")
}


def _are_initials(folded: Folded, span: Span) -> bool:
    """`Е.Б.Иванов`: single capitals with full stops, then a name."""
    pieces = folded.as_written(*span).split(".")
    return (
        len(pieces) > 2
        and all(len(piece) == 1 and piece.isupper() for piece in pieces[:-1])
        and len(pieces[-1]) > 2
        and pieces[-1][0].isupper()
        and pieces[-1][1:].islower()
    )


@cache
def _masked_words() -> MaskedWords:
    return MaskedWords(form for form in dict.fromkeys([*_forms(), *english.MASKED]) if is_obscene(form))


@cache
def _listed() -> frozenset[str]:
    """The words often masked in all their forms: no guess of the grammar."""
    return frozenset(filter(is_obscene, _forms()))


@cache
def _forms() -> tuple[str, ...]:
    return (*russian.MASKED, *(form for word in russian.MASKED for form in sorted(inflections(word))))
