"""Views of the queue: filters that somebody gave a name, in an order of their own."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select, update

from moderator_app.domain.traits import BUILTIN_VIEWS, QueueCounts, QueueFilter, View, counted
from moderator_app.storage import traits
from moderator_app.storage.tables import saved_view


def read(connection: Connection) -> tuple[View, ...]:
    """All views in their order."""
    rows = connection.execute(select(saved_view).order_by(saved_view.c.position, saved_view.c.id))
    return tuple(
        View(row.id, row.name, QueueFilter(frozenset(row.required), frozenset(row.excluded)), row.builtin)
        for row in rows
    )


def begin(connection: Connection) -> None:
    """Store the views that come with the program."""
    for position, (builtin, wanted) in enumerate(BUILTIN_VIEWS.items()):
        _insert(connection, position, "", wanted, builtin)


def add(connection: Connection, name: str, wanted: QueueFilter) -> int:
    """Store a view behind all others; returns its number."""
    last = connection.execute(select(func.max(saved_view.c.position))).scalar()
    return _insert(connection, 0 if last is None else last + 1, name, wanted)


def rename(connection: Connection, view: int, name: str) -> None:
    connection.execute(update(saved_view).where(saved_view.c.id == view).values(name=name))


def replace(connection: Connection, view: int, wanted: QueueFilter) -> None:
    """Have a view show something else."""
    connection.execute(update(saved_view).where(saved_view.c.id == view).values(**_stored(wanted)))


def remove(connection: Connection, view: int) -> None:
    connection.execute(delete(saved_view).where(saved_view.c.id == view))


def order(connection: Connection, views: Sequence[int]) -> None:
    """Put views in this order; those that are not named stay behind them."""
    rest = [each.view for each in read(connection) if each.view not in views]
    for position, view in enumerate((*views, *rest)):
        connection.execute(update(saved_view).where(saved_view.c.id == view).values(position=position))


def counts(connection: Connection, wanted: QueueFilter) -> tuple[tuple[View, ...], QueueCounts]:
    """The views, and what a filter and each of them show now."""
    views = read(connection)
    return views, counted(traits.counts(connection), wanted, views)


def _insert(connection: Connection, position: int, name: str, wanted: QueueFilter, builtin: str = "") -> int:
    values = {"position": position, "builtin": builtin, "name": name} | _stored(wanted)
    return int(connection.execute(saved_view.insert().values(**values).returning(saved_view.c.id)).scalar_one())


def _stored(wanted: QueueFilter) -> dict[str, list[str]]:
    return {"required": sorted(wanted.require), "excluded": sorted(wanted.exclude)}
