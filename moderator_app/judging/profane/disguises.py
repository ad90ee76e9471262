"""What a disguised word says, if it is obscene."""

from functools import cache, lru_cache
from operator import itemgetter

from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.masks import MaskedWords, hides_letters, is_ordinary
from moderator_app.judging.morphology import base_forms, inflections
from moderator_app.judging.profane import english, russian
from moderator_app.judging.profane.lexicon import LONGEST, Obscenity, look_up


def find_disguised(folded: Folded) -> list[tuple[Obscenity, Span]]:
    """Obscene words that are not whole words of the text, with their folded spans, in order."""
    revealed: list[tuple[Obscenity, Span]] = []
    for spellings, parts, span, _ in folded.disguises:
        found = _reveal(spellings, parts)
        if found is not None and not (parts and _are_initials(folded, span)):
            revealed.append((found, span))
    return sorted(revealed, key=itemgetter(1))


@lru_cache(maxsize=1 << 15)
def _reveal(spellings: tuple[str, ...], parts: tuple[str, ...]) -> Obscenity | None:
    letters = [part for part in parts if part.isalnum()]
    alone = max((found.score for part in letters if len(part) > 2 and (found := look_up(part))), default=0.0)
    joined = _joined(spellings, parts, letters)
    masked = _masked(parts, letters) if parts and not (joined and joined.score > alone) else None
    if masked is not None and masked.score >= alone:
        return masked
    remainder = min(map(len, letters), default=0) <= 2
    return joined if joined is not None and (joined.score > alone or (remainder and joined.score == alone)) else None


def _joined(spellings: tuple[str, ...], parts: tuple[str, ...], letters: list[str]) -> Obscenity | None:
    """The word that is left when the signs are dropped. Two whole words with a sign between are no disguise."""
    for spelling in spellings:
        found = look_up(spelling) if len(spelling) > 2 else None
        if found is not None:
            odd = any(hides_letters(part) or part in "_|~" for part in parts if not part.isalnum())
            return found if odd or not _are_words(letters) else None
    return None


def _are_words(letters: list[str]) -> bool:
    """Whether the pieces are words by themselves, as in `спи.здесь`."""
    return len(letters) > 1 and all(len(part) > 2 and base_forms(part)[0][1] for part in letters)


def _masked(parts: tuple[str, ...], letters: list[str]) -> Obscenity | None:
    """The first word on the list of those usually masked that `parts` may stand for."""
    if is_ordinary(parts) or not _hides_enough(parts, letters):
        return None
    form = _masked_words().find(parts)
    return look_up(form) if form else None


def _hides_enough(parts: tuple[str, ...], letters: list[str]) -> bool:
    """A single letter is known by several stars only; signs that mostly part words need more letters around them."""
    seen = sum(map(len, letters))
    signs = [part for part in parts if not part.isalnum()]
    if seen == 1:
        return parts[0].isalpha() and set(signs[0]) == {"*"} and len(signs[0]) > 1 and letters[0] in _INITIALS
    if all(hides_letters(sign) for sign in signs):
        return True
    if len(signs) > 1:
        return False
    return (set(signs[0]) <= {".", "…"}) or (len(signs[0]) == 1 and (seen > 2 or signs[0] == "_"))


_INITIALS = frozenset("хпбес") | frozenset("f")


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
    forms = (form for word in russian.MASKED for form in sorted(inflections(word)))
    listed = dict.fromkeys([*russian.MASKED, *forms, *english.MASKED])
    return MaskedWords(form for form in listed if len(form) <= LONGEST and look_up(form))
