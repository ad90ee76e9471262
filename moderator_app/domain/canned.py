"""What moderators say again and again: reasons, warnings, and lengths of time, each chosen by a digit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# As many as there are digits to choose them by.
MOST = 9

_HOUR, _DAY = 3600, 86_400

# Seconds; None is for ever.
PENALTY_LENGTHS: Sequence[int | None] = (
    _HOUR, 3 * _HOUR, 12 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 14 * _DAY, 30 * _DAY, None,
)  # fmt: skip

SNOOZE_LENGTHS: Sequence[int] = (
    _HOUR // 4, _HOUR // 2, _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY,
)  # fmt: skip
USUAL_SNOOZE = _HOUR


@dataclass(frozen=True, slots=True)
class Canned:
    """By language, `ru` and `en`; the same digit means the same in both."""

    reasons: Mapping[str, Sequence[str]] = field(default_factory=dict)
    warnings: Mapping[str, Sequence[str]] = field(default_factory=dict)


def lines_of(text: str) -> tuple[str, ...]:
    """The texts of a setting, one a line or between bars."""
    lines = (line.strip() for line in re.split(r"[\n|]", text))
    return tuple(line for line in lines if line)[:MOST]


def chosen(text: str, number: int) -> str:
    """The text of that number, from 0; the first where there are not so many."""
    lines = lines_of(text)
    if not lines:
        return ""
    return lines[number] if number < len(lines) else lines[0]
