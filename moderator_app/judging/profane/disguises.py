"""Finds words hidden by masks (`х*й`), inserted signs (`п.и.з.д.е.ц`) and spaces (`п и з`)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from moderator_app.judging.alphabets import Script, read_as
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.morphology import base_forms, inflections
from moderator_app.judging.profane import english, russian
from moderator_app.judging.profane.lexicon import LONGEST, Obscenity, look_up
from moderator_app.judging.spans import begins_inside

Disguised = tuple[Obscenity, Span]

_LETTER = r"[^\W\d_]"
_STARS = r"*#%@&$^"
_SIGNS = rf"{_STARS}.…,_/\\|'\"~+=-"
_SIGN_INSIDE = re.compile(rf"[{_SIGNS}](?:(?<={_LETTER}.)(?=[{_SIGNS}]{{0,30}}{_LETTER})|(?<={_LETTER}[{_STARS}]))")
_MASK_IN_FRONT = re.compile(rf"[*#](?={_LETTER})")
_TOKEN = re.compile(rf"[*#]{{0,4}}{_LETTER}{{1,24}}(?:[{_SIGNS}]{{1,30}}{_LETTER}{{1,24}}){{0,24}}[{_STARS}]{{0,6}}")
_PART = re.compile(rf"{_LETTER}+|[{_SIGNS}]+")
_SPACED_SIGN = re.compile(r"\b\w[^\w\n]{1,3}\w[^\w\n]{1,3}\w\b")
_SPACED = re.compile(rf"(?<!\w){_LETTER}(?:[^\w\n]{{1,3}}{_LETTER}(?!\w)){{2,40}}")
# One-letter words that may stand before a spaced-out one.
_SHORT_WORDS = frozenset("яивсукоа")
_LATIN_SIGNS = str.maketrans("@$", "as")
_MOST_TOKENS = 2000


def find_disguised(folded: Folded) -> Iterator[Disguised]:
    """Obscene words that are not whole words of the text, with their folded spans."""
    plain = folded.plain
    if _SIGN_INSIDE.search(plain) is not None or _MASK_IN_FRONT.search(plain) is not None:
        yield from _in_tokens(folded)
    if _SPACED_SIGN.search(plain) is not None:
        yield from _spaced(folded)


def _in_tokens(folded: Folded) -> Iterator[Disguised]:
    """Masked letters are looked for as written: in a look-alike reading @ would be а letter."""
    addresses = [address.span for address in folded.addresses]
    left = _MOST_TOKENS
    for match in _TOKEN.finditer(folded.plain):
        token = match[0]
        if token.isalpha() or begins_inside(match.span(), addresses):
            continue
        found = _read_token(token, folded.text[match.start() : match.end()])
        if found is not None:
            yield found, match.span()
        left -= 1
        if not left:
            return


@lru_cache(maxsize=8192)
def _read_token(token: str, lettered: str) -> Obscenity | None:
    if token.isascii():
        lettered = token.translate(_LATIN_SIGNS)
    if lettered.isalpha() and _is_word(lettered):
        return None
    return _joined(_PART.findall(lettered)) or _masked(tuple(_PART.findall(token)))


def _joined(parts: list[str]) -> Obscenity | None:
    """The word that is left when the signs are dropped. Two whole words with a sign between are no disguise."""
    letters = [part for part in parts if part.isalpha()]
    if any(look_up(part) for part in letters):
        return None
    starred = any(part in _STARS for part in parts if len(part) == 1)
    if not starred and len(letters) > 1 and min(map(len, letters)) > 2:
        return None
    return look_up("".join(letters))


def _masked(parts: tuple[str, ...]) -> Obscenity | None:
    """The first word on the list of those usually masked that `parts` may stand for."""
    visible = [part for part in parts if part.isalpha()]
    if (
        sum(map(len, visible)) < 2
        or _hidden_in_front(parts) > 2
        or not all(part.isalpha() or _hides(part) for part in parts)
    ):
        return None
    if not any(star in part for part in parts for star in _STARS) and all(map(_is_word, visible)):
        return None
    candidates = _by_end().get(parts[-1][-1:], []) if not parts[0].isalpha() else _by_start().get(parts[0][0], [])
    pattern = _pattern(parts)
    for form in candidates:
        if pattern.fullmatch(form):
            return look_up(form)
    return None


def _hides(signs: str) -> bool:
    return signs in ("…", ".") or any(star in signs for star in _STARS) or set(signs) == {"."}


def _hidden_in_front(parts: tuple[str, ...]) -> int:
    return 0 if parts[0].isalpha() else len(parts[0])


def _is_word(part: str) -> bool:
    return part in _SHORT_WORDS if len(part) == 1 else base_forms(part)[0][1]


@lru_cache(maxsize=1024)
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Signs at the edges hide as many letters as they are; between letters, one to a few more."""
    pieces: list[str] = []
    for index, part in enumerate(parts):
        if part.isalpha():
            pieces.append(part)
        elif index in (0, len(parts) - 1):
            pieces.append(f"\\w{{1,{len(part)}}}" if index else f"\\w{{{len(part)}}}")
        else:
            pieces.append(f"\\w{{1,{_most_hidden(part)}}}")
    return re.compile("".join(pieces))


def _most_hidden(signs: str) -> int:
    if signs == ".":
        return 1
    return len(signs) + (3 if set(signs) <= set(".…") else 1)


def _spaced(folded: Folded) -> Iterator[Disguised]:
    for match in _SPACED.finditer(folded.plain):
        places = [index for index in range(*match.span()) if folded.plain[index].isalpha()]
        letters = "".join(folded.text[place] for place in places)
        word = letters if letters.isascii() else read_as(letters, Script.CYRILLIC, digits=False)
        for skipped in range(3):
            found = look_up(word[skipped:]) if len(word) - skipped >= 3 else None
            if found is not None:
                yield found, (places[skipped], match.end())
                break
            if word[skipped] not in _SHORT_WORDS:
                break


@cache
def _forms() -> tuple[str, ...]:
    forms = (form for word in russian.MASKED for form in sorted(inflections(word)))
    return tuple(form for form in dict.fromkeys([*forms, *english.MASKED]) if len(form) <= LONGEST and look_up(form))


@cache
def _by_start() -> dict[str, list[str]]:
    return _indexed(0)


@cache
def _by_end() -> dict[str, list[str]]:
    return _indexed(-1)


def _indexed(place: int) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for form in _forms():
        found[form[place]].append(form)
    return dict(found)
