"""Reads what stands in the blocks of a rich message as plain text."""

from collections.abc import Iterator
from typing import Any

from telethon.tl import types

from moderator_app.domain.message import HiddenLink
from moderator_app.sources.telegram.text import clean

# Fields of blocks and rich texts that hold further ones, in the order in which they are read.
_INNER = (
    "title",
    "text",
    "texts",
    "source",
    "items",
    "rows",
    "cells",
    "blocks",
    "articles",
    "cover",
    "buttons",
    "caption",
    "credit",
)
# Deeper than people nest; foreign data must not exhaust the stack.
_DEEPEST = 50


def plain_text(rich: Any) -> tuple[str, tuple[HiddenLink, ...]]:
    """The words of a RichMessage, a line for each block, and the addresses behind them."""
    lines: list[str] = []
    links: list[HiddenLink] = []
    start = 0
    for block in rich.blocks:
        words: list[str] = []
        for word, address in _words(block, 0):
            end = start + len(word)
            if address:
                links.append(HiddenLink(address, (start, end) if word else None))
            words.append(word)
            start = end
        if line := "".join(words):
            lines.append(line)
            start += 1
    return "\n".join(lines), tuple(links)


def _words(part: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Words and the address behind them, if there is one."""
    if depth > _DEEPEST or part is None:
        return
    if isinstance(part, str):
        yield clean(part), ""
    elif isinstance(part, list):
        yield from _listed(part, depth)
    elif isinstance(part, types.TextCustomEmoji):
        yield clean(part.alt), ""
    elif address := _address(part):
        yield "".join(word for word, _ in _inside(part, depth)), clean(address)
    else:
        yield from _inside(part, depth)


def _listed(parts: list[Any], depth: int) -> Iterator[tuple[str, str]]:
    for number, part in enumerate(parts):
        # Pieces of a running text follow each other; blocks, items and cells stand apart.
        if number and not type(part).__name__.startswith("Text"):
            yield " ", ""
        yield from _words(part, depth + 1)


def _inside(part: Any, depth: int) -> Iterator[tuple[str, str]]:
    before = False
    for name in _INNER:
        found = list(_words(getattr(part, name, None), depth + 1))
        if found and before:
            yield " ", ""
        before = before or bool(found)
        yield from found


def _address(part: Any) -> str | None:
    """The address to which words or a button lead."""
    found = getattr(part, "url", None) or getattr(getattr(part, "type", None), "url", None)
    return found if isinstance(found, str) else None
