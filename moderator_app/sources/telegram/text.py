"""Turns Telegram's texts, whose offsets count UTF-16 units, into texts with hidden links in code points."""

import re
from collections.abc import Sequence
from typing import Any

from telethon.tl import types

from moderator_app.domain.message import HiddenLink

_LONE = re.compile("[\ud800-\udfff]")
_UTF_16 = "utf-16-le"


def clean(text: str) -> str:
    """`text` with half characters, which no file and no database takes, replaced one to one."""
    return _LONE.sub("\ufffd", text)


def hidden_links(text: str, entities: Sequence[Any] | None, start: int = 0) -> tuple[HiddenLink, ...]:
    """The addresses behind words of a clean `text`, which begins at `start` of the whole."""
    found = [entity for entity in entities or () if isinstance(entity, types.MessageEntityTextUrl) and entity.url]
    if not found:
        return ()
    place = _Places(text)
    links = []
    for entity in found:
        first, last = place.of(entity.offset), place.of(entity.offset + entity.length)
        span = (start + first, start + last) if first < last else None
        links.append(HiddenLink(clean(entity.url), span))
    return tuple(links)


def button_links(markup: Any) -> tuple[HiddenLink, ...]:
    """The addresses behind the buttons below a message."""
    rows = getattr(markup, "rows", None) or ()
    addresses = (getattr(button.type, "url", None) for row in rows for button in row.buttons)
    return tuple(HiddenLink(clean(address)) for address in addresses if address)


class _Places:
    """Finds the code point at an offset in UTF-16 units; offsets outside the text stand for its ends."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._units = text.encode(_UTF_16)

    def of(self, offset: int) -> int:
        offset = max(0, offset)
        # Most texts have no character of two units.
        if len(self._units) == 2 * self._length:
            return min(offset, self._length)
        # Half a character at the end counts as none.
        return len(self._units[: 2 * offset].decode(_UTF_16, "ignore"))
