"""Checks single fields of foreign JSON objects and turns them into values."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from moderator_app.domain.errors import Unreadable

Fields = Mapping[str, Any]

_LARGEST = 2**63 - 1
_SMALLEST = -(2**63)


def wrong(field: str) -> Unreadable:
    """The field holds something of another kind than it should."""
    return Unreadable("field.wrong", field=field)


def missing(field: str) -> Unreadable:
    return Unreadable("field.missing", field=field)


def identifier(value: Any, field: str) -> str:
    """An id as text: a whole number of at most 64 bits, or a string."""
    if type(value) is int and is_in_64_bits(value):
        return str(value)
    if type(value) is str and value:
        return value
    raise wrong(field)


def is_in_64_bits(number: int) -> bool:
    return _SMALLEST <= number <= _LARGEST


def optional_identifier(value: Any, field: str) -> str:
    return "" if value is None else identifier(value, field)


def string(value: Any, field: str) -> str:
    """A string; null reads as an empty one."""
    if value is None:
        return ""
    if type(value) is not str:
        raise wrong(field)
    return value


def items(value: Any, field: str) -> list[Any]:
    """An array; null reads as an empty one."""
    if value is None:
        return []
    if type(value) is not list:
        raise wrong(field)
    return value


def moment(value: Any, field: str) -> datetime | None:
    """Unix seconds as a number or digits, or ISO 8601 with its zone; null reads as None."""
    if value is None:
        return None
    try:
        read = _moment(value)
        if read.tzinfo is None:
            raise Unreadable("field.no_zone", field=field)
        if read.tzinfo is not UTC:
            read = read.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise wrong(field) from None
    if read.year < 1970:
        raise wrong(field)
    return read


def local_moment(value: Any, field: str) -> datetime | None:
    """A moment that is in this machine's time zone where it names none."""
    if type(value) is str and not value.isdecimal():
        try:
            value = datetime.fromisoformat(value).astimezone().isoformat()
        except (ValueError, OverflowError, OSError):
            raise wrong(field) from None
    return moment(value, field)


def _moment(value: Any) -> datetime:
    if type(value) is str:
        if value.isdecimal():
            return datetime.fromtimestamp(int(value), UTC)
        return datetime.fromisoformat(value)
    if type(value) in (int, float):
        return datetime.fromtimestamp(value, UTC)
    raise ValueError
