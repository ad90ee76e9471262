"""Writes many rows in few statements.

The driver gives the interpreter's lock back and takes it again around every statement it steps through. Statements for
a single row would wait for it as often as there are rows, while another thread is busy; and SQLAlchemy's own handling
of each row costs more than the database.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, column, insert, update, values
from sqlalchemy.sql.expression import Values

from moderator_app.storage.sqlite import DIALECT

# Rows of one statement. Each number of rows is a statement of its own: what is left over goes row by row.
_TOGETHER = 50

Names = tuple[str, ...]
Bind = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows which all give the same columns, in the same order."""
    _write(connection, _insertion, table, rows)


def update_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set columns of the rows with the given `id`; all give the same columns, `id` first."""
    _write(connection, _change, table, rows)


def _write(
    connection: Connection,
    statement: Callable[[Table, Names, int], str],
    table: Table,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    if not rows:
        return
    names = tuple(rows[0])
    bound = _bound(table, names, rows)
    whole = len(bound) - len(bound) % _TOGETHER
    if whole:
        together = statement(table, names, _TOGETHER)
        for start in range(0, whole, _TOGETHER):
            connection.exec_driver_sql(together, tuple(chain.from_iterable(bound[start : start + _TOGETHER])))
    if whole < len(bound):
        connection.exec_driver_sql(statement(table, names, 1), bound[whole:])


def _bound(table: Table, names: Names, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """The rows as the driver takes them."""
    columns = []
    for name, bind in zip(names, _binds(table, names), strict=True):
        listed = [row[name] for row in rows]
        columns.append(listed if bind is None else [bind(value) for value in listed])
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=64)
def _binds(table: Table, names: Names) -> tuple[Bind | None, ...]:
    return tuple(table.c[name].type.dialect_impl(DIALECT).bind_processor(DIALECT) for name in names)


@lru_cache(maxsize=64)
def _insertion(table: Table, names: Names, count: int) -> str:
    return _sql(insert(table).values([{name: bindparam(f"{name}_{row}") for name in names} for row in range(count)]))


@lru_cache(maxsize=64)
def _change(table: Table, names: Names, count: int) -> str:
    fresh = _table_of(table, names, count).cte("fresh")
    changes = {name: fresh.c[name] for name in names if name != "id"}
    return _sql(update(table).where(table.c.id == fresh.c.id).values(changes))


def _table_of(table: Table, names: Names, count: int) -> Values:
    rows = [tuple(bindparam(f"{name}_{row}", type_=table.c[name].type) for name in names) for row in range(count)]
    return values(*(column(name, table.c[name].type) for name in names), name="fresh").data(rows)


def _sql(statement: Executable) -> str:
    return str(statement.compile(dialect=DIALECT))  # type: ignore[attr-defined]
