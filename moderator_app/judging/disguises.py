"""Finds what may be a word in disguise: signs among its letters, letters set apart, digits for letters."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from moderator_app.judging.alphabets import Script, read_as, read_digits, script_of
from moderator_app.judging.spans import Span

# One-letter words that may stand before a spaced-out one.
SHORT_WORDS = frozenset("яивсукоа")


class Disguise(NamedTuple):
    """What may be one word. `span` is folded.

    `spellings` are what it may read, without the signs or with the letters they stand for; `parts` the letters and
    the signs by turns, for signs may hide letters, too. `sure` tells that nobody writes two words or a sum like this.
    """

    spellings: tuple[str, ...]
    parts: tuple[str, ...]
    span: Span
    sure: bool


def find_disguises(plain: str, text: str, numbered: Iterable[Span]) -> list[Disguise]:
    """Everything in a text that may be a disguised word, given both its readings.

    `numbered` are the spans of words in which digits stand beside letters.
    """
    spot = _SIGN_SPOT.search(plain)
    found = [] if spot is None else _signed(plain, spot)
    if _SPACED_SPOT.search(plain) is not None:
        found += _spaced(plain, text)
    for start, end in numbered:
        spelling = read_digits(plain[start:end])
        if spelling is not None:
            found.append(Disguise((spelling,), (), (start, end), False))
    return found


_LETTER, _WORDISH = r"[^\W\d_]", r"[^\W_]"
_SIGN_SET = r"*#%@&$^?!.…,/\\|'’`\"~+=:;<>()\[\]{}«»—–•·×¤°_\u2190-\u27bf\U0001f300-\U0001faff-"
_END = "*#%@&$^"
# A sign inside a word, behind one, or in front of one: # and @ there make tags and mentions.
_SIGN_SPOT = re.compile(
    rf"[{_SIGN_SET}](?:(?<={_WORDISH}.)(?=[{_SIGN_SET}]{{0,30}}{_WORDISH})|(?<={_LETTER}[{_END}])"
    rf"|(?<=[*$])(?={_LETTER}))"
)
_TOKEN = re.compile(rf"[*$]{{0,4}}{_WORDISH}{{1,24}}(?:[{_SIGN_SET}]{{1,30}}{_WORDISH}{{1,24}}){{0,24}}[{_END}]{{0,6}}")
_PART = re.compile(rf"{_WORDISH}+|(?:[^\w]|_)+")
_SPACED_SPOT = re.compile(rf" {_WORDISH}[^\w\n]{{1,3}}{_WORDISH}(?!\w)")
_SPACED = re.compile(rf"(?<!\w){_LETTER}(?:[^\w\n]{{1,3}}{_WORDISH}(?!\w)){{2,40}}")
_MAIL = re.compile(r"@[\w-]+\.[^\W\d_]{2}")
_SPACE = re.compile(r"\s")
_MOST = 2000

_SIGN_LETTERS = {
    Script.CYRILLIC: str.maketrans("@$!", "аси"),
    Script.LATIN: str.maketrans("@$!+|", "asitl"),
}


def _signed(plain: str, first: re.Match[str]) -> list[Disguise]:
    found: list[Disguise] = []
    spot: re.Match[str] | None = first
    end = 0
    while spot is not None and len(found) < _MOST:
        place = next_spot = spot.start()
        token = _TOKEN.search(plain, _word_start(plain, end, place))
        while token is not None and token.end() <= place:
            token = _TOKEN.search(plain, token.end())
        if token is None:
            return found
        if token.start() > place + 1:
            next_spot += 1
        else:
            end = next_spot = token.end()
            if (reading := _read_token(token[0])) is not None:
                spellings, parts, sure = reading
                found.append(Disguise(spellings, parts, token.span(), sure))
        spot = _SIGN_SPOT.search(plain, next_spot)
    return found


def _word_start(plain: str, least: int, place: int) -> int:
    """Where the run of anything but spaces around `place` begins, not before `least`."""
    start = max(plain.rfind(" ", least, place), plain.rfind("\n", least, place)) + 1
    return max(start, least)


@lru_cache(maxsize=1 << 15)
def _read_token(token: str) -> tuple[tuple[str, ...], tuple[str, ...], bool] | None:
    """Spellings, parts and sureness of a token of letters and signs; None for what is no word."""
    parts: list[str] = _PART.findall(token)
    if len(parts) > 2 and not parts[0].isalnum() and parts[0] == parts[-1]:
        parts = parts[1:-1]
    pieces = [part for part in parts if part.isalnum()]
    joined = "".join(pieces)
    script = script_of(joined)
    if script is None or len(parts) < 2 or _MAIL.search(token) or 2 * sum(map(str.isdigit, joined)) > len(joined):
        return None
    parts = [read_as(part, script, digits=True) if part.isalnum() else part for part in parts]
    letters = "".join([part for part in parts if part.isalnum()])
    replaced = "".join(filter(str.isalnum, "".join(parts).translate(_SIGN_LETTERS[script])))
    spellings = (letters, replaced) if replaced != letters else (letters,)
    return spellings, tuple(parts), _is_sure(parts, pieces)


def _is_sure(parts: list[str], pieces: list[str]) -> bool:
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return True
    inner = [part for part in parts[1:-1] if not part.isalnum()]
    return len("".join(pieces)) > 3 and bool(inner) and all(set(sign) <= set("*#~|^") for sign in inner)


def _spaced(plain: str, text: str) -> Iterator[Disguise]:
    for match in _SPACED.finditer(plain):
        for places in _apart(plain, [place for place in range(*match.span()) if plain[place].isalnum()]):
            letters = "".join([text[place] for place in places])
            if 3 * sum(map(str.isdigit, letters)) > len(letters):
                continue
            word = letters if letters.isascii() else read_as(letters, Script.CYRILLIC, digits=True)
            for skipped in range(3):
                if len(word) - skipped < 3 or (skipped and word[skipped - 1] not in SHORT_WORDS):
                    break
                yield Disguise((word[skipped:],), (), (places[skipped], places[-1] + 1), True)


def _apart(plain: str, places: list[int]) -> Iterator[list[int]]:
    """All of them, and the words that wider gaps make of them: spaced-out words stand apart from each other, too.

    Where only some of the letters have spaces between them, these part words.
    """
    gaps = [(_SPACE.search(plain, earlier, later) is not None, later - earlier) for earlier, later in pairwise(places)]
    widest, narrowest = max(gaps), min(gaps)
    if widest[0] == narrowest[0]:
        yield places
    if widest == narrowest:
        return
    start = 0
    for index, gap in enumerate([*gaps, widest], start=1):
        if gap > narrowest and (gap[0] or not widest[0]):
            yield places[start:index]
            start = index
