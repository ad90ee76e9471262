"""What a disguised word says, if it is obscene."""

from collections.abc import Iterator
from functools import lru_cache

from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.masks import LITTLE_WORDS, hides_by_length, hides_letters, is_ordinary
from moderator_app.judging.morphology import base_forms
from moderator_app.judging.profane.lexicon import Obscenity, look_up
from moderator_app.judging.profane.misread import misread
from moderator_app.judging.profane.often_disguised import listed, masked_words
from moderator_app.judging.profane.spaced import Placed, read_spaced

_Found = tuple[Obscenity, Span]


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
        revealed += misread(folded)
    return _apart(revealed) if revealed else revealed


def _apart(revealed: list[_Found]) -> list[_Found]:
    """One word for each stretch, the longest of those that begin at one place."""
    kept: list[_Found] = []
    for found, span in sorted(revealed, key=lambda each: (each[1][0], -each[1][1])):
        if not kept or span[0] >= kept[-1][1][1]:
            kept.append((found, span))
    return kept


@lru_cache(maxsize=1 << 15)
def _signed(spellings: tuple[str, ...], parts: tuple[str, ...]) -> tuple[Placed, ...]:
    """The word of the whole token, or those between the signs that part words, by their places among the parts."""
    found = _reveal(spellings, parts)
    if found is not None:
        return ((found, 0, len(parts)),)
    if len(parts) < _FEWEST_PARTED:
        return ()
    words: list[Placed] = []
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
    return bool(short) and LITTLE_WORDS.isdisjoint(short) and "".join(letters) in listed()


def _joined(spellings: tuple[str, ...], parts: tuple[str, ...], letters: list[str]) -> Obscenity | None:
    """The word that is left when the signs are dropped. Two whole words with a sign between are no disguise."""
    for spelling in spellings:
        found = look_up(spelling) if len(spelling) > 2 else None
        if found is not None:
            odd = any(_is_odd(part) for part in parts if not part.isalnum())
            return found if odd or spelling in listed() or not _are_words(letters) else None
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
        form = masked_words().find(parts)
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
