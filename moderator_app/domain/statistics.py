"""Periods and the numbers that owners of communities read."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from moderator_app.domain.ai import Use


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    def first_day(self, today: date) -> date | None:
        """The first day counted: today, the last 7 or the last 30 days, None for everything."""
        days = {Period.DAY: 0, Period.WEEK: 6, Period.MONTH: 29}.get(self)
        return None if days is None else today - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class TopUser:
    author: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class TopWord:
    """`word` is censored: the first letter and stars."""

    word: str
    count: int


@dataclass(frozen=True, slots=True)
class DayCount:
    day: date
    messages: int = 0
    flagged: int = 0
    decided: int = 0
    profanity: int = 0


@dataclass(frozen=True, slots=True)
class AiUse:
    """What AI took on the days of a period, and how many violations it had a part in that people confirmed."""

    days: tuple[tuple[date, Use], ...] = ()
    confirmed: int = 0

    @property
    def total(self) -> Use:
        return sum((use for _day, use in self.days), Use())

    @property
    def cost_per_confirmed(self) -> float | None:
        return self.total.cost / self.confirmed if self.confirmed else None


@dataclass(frozen=True, slots=True)
class Overview:
    """Totals of a period. `first` and `last` are days in the community's time zone; None when nothing is counted.

    `ai` is told of all communities together only.
    """

    period: Period
    first: date | None
    last: date | None
    messages: int
    flagged: int
    decided: int
    profanity: int
    toxicity: tuple[tuple[str, int], ...]
    top_users: tuple[TopUser, ...]
    top_words: tuple[TopWord, ...]
    days: tuple[DayCount, ...]
    ai: AiUse = field(default_factory=AiUse)

    @property
    def flagged_share(self) -> float:
        """Flagged messages as a share of all, 0-1."""
        return self.flagged / self.messages if self.messages else 0.0


def censor(word: str) -> str:
    """Keep the first letter: `х**`. Words of one letter are starred whole."""
    return word[0] + "*" * (len(word) - 1) if len(word) > 1 else "*"
