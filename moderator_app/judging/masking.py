"""Takes what tells of people out of a text before it leaves the machine, and finds places in it again afterwards."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from moderator_app.judging.morphology import is_name
from moderator_app.judging.spans import Span

# An address with a scheme, or letters and dots before an ending that is written like a domain's, or an e-mail address.
_LINK = r"(?P<link>\b[a-z][a-z0-9+.-]{1,10}://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+[a-zа-я]{2,18}\b(?:/\S*)?)"
_MENTION = r"(?P<mention>\[(?:id|club|public)\d+\|[^\]]*\]|[@*](?:id|club|public)?\w{2,64}(?:\s\([^)]{1,60}\))?)"
_PHONE = r"(?P<phone>(?<![\w.])\+?\d(?:[\s().-]{0,3}\d){8,18}(?!\w))"
_WORD = r"(?P<word>\w+(?:-\w+)*)"
_PARTS = re.compile("|".join((_MENTION, _LINK, _PHONE, _WORD)), re.IGNORECASE)
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` as it may be sent. Of its `stretches` (place there, place in the text as written, length) all is as it was
    written; between them something was masked.
    """

    text: str
    stretches: tuple[tuple[int, int, int], ...]

    def written(self, span: Span) -> Span | None:
        """Where a span of `text` lies in the text as written; None where it touches something masked."""
        first, last = span
        for here, there, length in self.stretches:
            if here <= first and last <= here + length:
                return first - here + there, last - here + there
        return None


def unmasked(text: str) -> Masked:
    return Masked(text, ((0, 0, len(text)),))


def mask(text: str, names: Collection[str] = ()) -> Masked:
    """The text with links, mentions, phone numbers and names of people masked.

    `names` are those of members, in whatever case; besides these a word with a capital that the Russian dictionary
    knows as a name is taken for one.
    """
    known = {part for name in names for part in name.casefold().split() if len(part) > _SHORT}
    parts: list[str] = []
    stretches: list[tuple[int, int, int]] = []
    here = there = 0
    for (first, last), sign in _found(text, known):
        parts += [text[there:first], sign]
        stretches.append((here, there, first - there))
        here += first - there + len(sign)
        there = last
    parts.append(text[there:])
    stretches.append((here, there, len(text) - there))
    return Masked("".join(parts), tuple(stretches))


def _found(text: str, known: Collection[str]) -> Iterator[tuple[Span, str]]:
    for match in _PARTS.finditer(text):
        kind = match.lastgroup
        if kind != "word":
            yield match.span(), f"[{kind}]"
        elif match[0].casefold() in known or (match[0][0].isupper() and is_name(match[0].lower())):
            yield match.span(), "[name]"
