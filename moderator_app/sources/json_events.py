"""Walks through the events of a JSON file without ever holding the whole of it."""

from collections.abc import Iterator
from typing import Any

import ijson

from moderator_app.sources.escapes import MendedReader, Readable

Event = tuple[str, Any]

# The parser holds the interpreter while it reads one chunk.
_CHUNK = 16 * 1024

# Telegram nests values five deep; what goes further down is not worth the memory.
_DEEPEST = 20


def json_events(file: Readable) -> Iterator[Event]:
    """The parser's events. Raises `BROKEN` where the file is no JSON, after the events before that place."""
    # Without use_float: with it one number beyond 64 bits would end the whole file.
    events: Iterator[Event] = ijson.basic_parse(MendedReader(file), buf_size=_CHUNK)
    return events


# Beside its own error the parser lets through what converting numbers of absurd size raises.
BROKEN: tuple[type[Exception], ...] = (ijson.JSONError, ArithmeticError, SystemError, ValueError)


def members(events: Iterator[Event]) -> Iterator[str]:
    """The keys of an object just begun; the caller takes each value before it asks for the next key."""
    for kind, key in events:
        if kind == "end_map":
            return
        yield key


def elements(events: Iterator[Event]) -> Iterator[Event]:
    """The first event of each element of an array just begun; the caller takes the rest of it."""
    for event in events:
        if event[0] == "end_array":
            return
        yield event


def value(events: Iterator[Event], first: Event, depth: int = 0) -> Any:
    """The value that begins with `first`. What nests too deep becomes None."""
    kind, scalar = first
    if kind not in _BEGINNINGS:
        return scalar
    if depth == _DEEPEST:
        return skip(events, first)
    return _object(events, depth + 1) if kind == "start_map" else _array(events, depth + 1)


def skip(events: Iterator[Event], first: Event) -> None:
    """Pass over the value that begins with `first`."""
    depth = int(first[0] in _BEGINNINGS)
    while depth:
        kind, _ = next(events)
        depth += (kind in _BEGINNINGS) - (kind in _ENDS)


_BEGINNINGS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


def _object(events: Iterator[Event], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for end, key in events:
        if end == "end_map":
            break
        kind, scalar = first = next(events)
        # A call for each plain value would cost a third of the speed.
        found[key] = value(events, first, depth) if kind in _BEGINNINGS else scalar
    return found


def _array(events: Iterator[Event], depth: int) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if event[0] == "end_array":
            break
        found.append(value(events, event, depth))
    return found
