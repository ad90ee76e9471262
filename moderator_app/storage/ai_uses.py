"""What AI has taken, by day and model: booked before it is asked, corrected afterwards."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from moderator_app.domain.ai import Limits, Use
from moderator_app.storage.sqlite import add_counts
from moderator_app.storage.tables import ai_use

_NAMES = ("requests", "prompt", "cached", "written", "cost")


def book(connection: Connection, day: date, model: str, estimate: Use, limits: Limits) -> str:
    """Book what will be asked; returns the limit that forbids it, empty where it is booked."""
    exceeded = limits.exceeded(of_day(connection, day) + estimate, of_month(connection, day) + estimate)
    if not exceeded:
        add(connection, day, model, estimate)
    return exceeded


def add(connection: Connection, day: date, model: str, use: Use) -> None:
    """Add to what was used; `use` may hold negative numbers."""
    values: dict[str, Any] = {name: getattr(use, name) for name in _NAMES}
    add_counts(connection, ai_use, [{"day": day.isoformat(), "model": model[:100], **values}], *_NAMES)


def of_day(connection: Connection, day: date) -> Use:
    return _sum(connection, ai_use.c.day == day.isoformat())


def of_month(connection: Connection, day: date) -> Use:
    return _sum(connection, ai_use.c.day.startswith(f"{day:%Y-%m}-"))


def by_day(connection: Connection, first: date | None, last: date) -> dict[date, Use]:
    """What was used each day on which anything was; from the beginning where there is no `first`."""
    query = select(ai_use.c.day, *_sums()).where(ai_use.c.day <= last.isoformat()).group_by(ai_use.c.day)
    if first is not None:
        query = query.where(ai_use.c.day >= first.isoformat())
    return {
        date.fromisoformat(day): Use(*numbers) for day, *numbers in connection.execute(query.order_by(ai_use.c.day))
    }


def _sum(connection: Connection, condition: ColumnElement[bool]) -> Use:
    row = connection.execute(select(*_sums()).where(condition)).one()
    return Use(*(value or 0 for value in row))


def _sums() -> list[ColumnElement[Any]]:
    return [func.sum(ai_use.c[name]) for name in _NAMES]
