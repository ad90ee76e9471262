"""What may stand in one setting: numbers in a range, choices, addresses."""

import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

Value = str | int | float | bool

_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def number(default: float, least: float, most: float) -> Any:
    """A field for a number from `least` to `most`, both included."""
    return field(default=default, metadata={"range": (least, most)})


def address(default: str, pattern: str, form: str) -> Any:
    """A field for an address that matches `pattern`; `form` shows people what it looks like."""
    return field(default=default, metadata={"pattern": re.compile(pattern), "form": form})


def web_address(default: str) -> Any:
    # No user and password inside: settings hold no secrets.
    return address(default, r"https?://[^\s@?#]+", "https://HOST[:PORT][/PATH]")


def words(default: str) -> Any:
    """A field for something said to people: anything that can be seen, and not too long for a message."""
    return field(default=default, metadata={"pattern": re.compile(r"(?s)(?=.*\S).{1,2000}"), "form": '"..."'})


def from_text(text: str, kind: type, rules: Mapping[str, Any]) -> Value:
    """The value that a person typed. Raises ValueError."""
    text = text.strip()
    if kind is bool:
        if text.lower() not in _WORDS:
            raise ValueError(text)
        return _WORDS[text.lower()]
    return checked(kind(text) if kind in (int, float) else text, kind, rules)


def checked(value: object, kind: type, rules: Mapping[str, Any]) -> Value:
    """`value`, as read from JSON, in the type of its setting. Raises ValueError."""
    if issubclass(kind, StrEnum):
        if value not in [choice.value for choice in kind]:
            raise ValueError(value)
        return kind(str(value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if isinstance(value, str | int | float) and type(value) is kind and _keeps(value, rules):
        return value
    raise ValueError(value)


def allowed(kind: type, rules: Mapping[str, Any]) -> str:
    """What may stand there, in signs that need no translation."""
    if issubclass(kind, StrEnum):
        return " | ".join(choice.value or '""' for choice in kind)
    if kind is bool:
        return "true | false"
    if "range" in rules:
        least, most = rules["range"]
        return f"{least:g}-{most:g}" if most < 1e6 else f"{least}-{most}"
    return str(rules.get("form", '"..."'))


def _keeps(value: Value, rules: Mapping[str, Any]) -> bool:
    if "range" in rules:
        least, most = rules["range"]
        return bool(least <= value <= most)
    return "pattern" not in rules or rules["pattern"].fullmatch(str(value)) is not None
