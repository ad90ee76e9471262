"""Folding single characters: compatibility forms, case, marks and invisible ones, with a map back."""

import html
import re
import unicodedata
from collections.abc import Sequence

Offsets = Sequence[int]

# Nothing but lower() and ё is needed for these: ASCII without the & of entities, Russian, everyday signs and emoji.
_UNUSUAL = re.compile(
    "[^\t-\r\x20-\x25\x27-\x7eА-яЁёЄєІіҐґ«»—–“”„‘’‚…•·№™©®€₽°×\u2600-\u27bf"
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001faff]"
)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][\da-fA-F]{2,6}|[A-Za-z]{2,8});")
_BREVE = "\u0306"

# Their compatibility forms are letters, which would stick to the word beside them.
_KEPT = frozenset("йЙ…№™℠℡℃℉℅")
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_TABLE_LIMIT = 100_000


def fold_characters(text: str) -> tuple[str, Offsets | None]:
    """The folded text and, for each of its characters, the index of the one it came from; None where they agree."""
    if _UNUSUAL.search(text) is None:
        return text.lower().replace("ё", "е"), None
    folded, offsets = _fold_unusual(text)
    return folded.lower().replace("ё", "е"), offsets


class _Folds(dict[str, str]):
    """What each unusual character folds to, worked out when first met."""

    def __missing__(self, char: str) -> str:
        if len(self) >= _TABLE_LIMIT:
            self.clear()
        self[char] = folded = _fold(char)
        return folded


_folds = _Folds()


def _fold_unusual(text: str) -> tuple[str, list[int]]:
    """`text` with only its unusual characters folded."""
    parts: list[str] = []
    offsets: list[int] = []
    end = 0
    while (match := _UNUSUAL.search(text, end)) is not None:
        start = match.start()
        parts.append(text[end:start])
        offsets += range(end, start)
        folded, end = _read(text, start)
        if folded == _BREVE:
            _put_breve(parts)
        else:
            parts.append(folded)
            offsets += [start] * len(folded)
    parts.append(text[end:])
    offsets += range(end, len(text))
    return "".join(parts), offsets


def _read(text: str, start: int) -> tuple[str, int]:
    """What stands at `start`, folded, and where it ends."""
    char = text[start]
    if char == "&":
        entity = _ENTITY.match(text, start)
        decoded = html.unescape(entity[0]) if entity else ""
        if entity and len(decoded) == 1:
            return _folds[decoded], entity.end()
    return _folds[char], start + 1


def _put_breve(parts: list[str]) -> None:
    """и with a combining breve is й; on any other letter the mark is dropped like the rest."""
    last = next((index for index in (-1, -2) if len(parts) >= -index and parts[index]), None)
    if last is not None and parts[last][-1] in "иИ":
        parts[last] = parts[last][:-1] + "й"


def _fold(char: str) -> str:
    if char in _KEPT or char == _BREVE:
        return char.lower()
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category == "Cf" or char in _UNSEEN or (category == "Cc" and not char.isspace()):
        return ""
    return _without_marks(_without_marks(char).casefold())


def _without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Me"))
    return unicodedata.normalize("NFC", kept)
