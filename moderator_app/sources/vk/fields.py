"""Reads single fields of what VK sends, any of which may be missing or of another type."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

_LONE = re.compile("[\ud800-\udfff]")

# Before the first of January 1971 nobody wrote on VK; 0 is its "never".
_EARLIEST = 31_536_000
_LATEST = 253_402_300_799


def text(value: object) -> str:
    """A text, with half characters, which no file and no database takes, replaced one to one."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def number(value: object) -> int | None:
    """A whole number, also one written as a text."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value.strip(), re.ASCII):
        return int(value)
    return None


def record(value: object) -> Mapping[str, Any]:
    """An object, an empty one instead of anything else."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a list."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def moment(value: object) -> datetime | None:
    """A time given in seconds since 1970."""
    seconds = number(value)
    if seconds is None or not _EARLIEST <= seconds <= _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC)
