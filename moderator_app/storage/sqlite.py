"""What only SQLite can do: opening, pragmas, transactions, backup, upserts and the index of words."""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    column,
    create_engine,
    event,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import SingletonThreadPool, StaticPool

from moderator_app.domain.errors import ModeratorError, Refused, TryLater, Unreadable

CACHE_KIB = 8_000
LOG_PAGES = 4_000

BUSY_TIMEOUT_SECONDS = 10.0

# For statements that are compiled once and handed to the driver as they are.
DIALECT = dialect(paramstyle="qmark")


def writing_engine(path: Path) -> Engine:
    """One connection for one writer thread. Transactions begin immediately, so that none fails half-way for a lock."""
    return _engine(path, "rwc", "BEGIN IMMEDIATE", poolclass=StaticPool)


def reading_engine(path: Path) -> Engine:
    """A connection per reading thread that cannot write."""
    return _engine(path, "ro", "BEGIN", poolclass=SingletonThreadPool)


def look_into(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, to a file of whatever content."""
    return sqlite3.connect(_address(path, "ro"), uri=True, timeout=BUSY_TIMEOUT_SECONDS)


def companions(path: Path) -> tuple[Path, Path]:
    """The write-ahead log and its index, which SQLite keeps beside the file while it is open."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _address(path: Path, mode: str) -> str:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    if mode == "ro" and _stands_alone(path):
        # Even to read, SQLite wants to make a file beside one in WAL mode; where it cannot, nobody writes either.
        address += "&immutable=1"
    return address


def _stands_alone(path: Path) -> bool:
    """Whether the file lies in a read-only folder and nothing of it in its write-ahead log."""
    in_use = all(companion.exists() for companion in companions(path))
    return not os.access(path.parent, os.W_OK) and not in_use and not _logged(path)


def _logged(path: Path) -> bool:
    log, _ = companions(path)
    return log.exists() and log.stat().st_size > 0


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """Where the database can be read: in its place, if need be in a copy that lasts as long as the context.

    SQLite cannot read a write-ahead log whose index is missing and cannot be made beside it.
    """
    log, index = companions(path)
    in_place = os.access(path.parent, os.W_OK) or index.exists() or not _logged(path)
    if in_place or not os.access(path, os.R_OK):
        yield path
        return
    with TemporaryDirectory(prefix="moderator-app-") as folder:
        for file in (path, log):
            shutil.copyfile(file, Path(folder, file.name))
        yield Path(folder, path.name)


def migrating_engine(path: Path) -> Engine:
    """One connection that changes tables by copying them, which foreign keys would take for deleting their rows."""
    return _engine(path, "rw", "BEGIN IMMEDIATE", foreign_keys=False, poolclass=StaticPool)


def _engine(path: Path, mode: str, begin: str, *, foreign_keys: bool = True, **options: Any) -> Engine:
    pragmas = [f"foreign_keys={int(foreign_keys)}", "synchronous=NORMAL", "temp_store=MEMORY"]
    if mode != "ro":
        # Room for the indexes that an import goes through, and fewer, larger moves out of the log.
        pragmas += ["journal_mode=WAL", f"cache_size=-{CACHE_KIB}", f"wal_autocheckpoint={LOG_PAGES}"]

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver begins nothing by itself.
        return sqlite3.connect(
            _address(path, mode),
            uri=True,
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        # SQLite's own knows Latin letters only: a search for "аня" must find "Аня".
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "rollback")
    def forget(connection: Connection) -> None:
        memory(connection).clear()

    return engine


def memory(connection: Connection) -> dict[str, Any]:
    """What was learnt of rows in this connection; empty again after a rollback, which they may not have survived."""
    kept: dict[str, Any] = connection.info.setdefault("memory", {})
    return kept


def _lower(value: object) -> str | None:
    return None if value is None else str(value).lower()


def backup(path: Path, target: Path) -> None:
    """Copy a database, its write-ahead log included, while others may use it."""
    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    source.close()
    copy.close()


def add_counts(connection: Connection, table: Table, rows: Iterable[dict[str, Any]], *counted: str) -> None:
    """Add each row's `counted` columns to the row of `table` with the same primary key, making it where missing."""
    listed = list(rows)
    if not listed:
        return
    statement = insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: table.c[name] + statement.excluded[name] for name in counted},
    )
    connection.execute(statement, listed)


def add_missing(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose unique key is not there yet."""
    if rows:
        connection.execute(insert(table).on_conflict_do_nothing(), list(rows))


def replace_row(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or take its values over into the one with the same primary key."""
    replace_rows(connection, table, [row])


def replace_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """The same for rows with the same columns."""
    if not rows:
        return
    keys = {column.name for column in table.primary_key}
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    statement = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
    connection.execute(statement, list(rows))


def integer_list(column: ColumnElement[int], values: Iterable[int]) -> ColumnElement[bool]:
    """`column IN values` for any number of values, without a bound parameter for each."""
    listed = func.json_each("[" + ",".join(map(str, values)) + "]").table_valued("value")
    return column.in_(select(listed.c.value))


def text_list(column: Column[str], values: Iterable[str]) -> ColumnElement[bool]:
    """The same for texts."""
    listed = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(listed.c.value))


def rows_at_once(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[list[Any]]:
    """The rows of `query` as stored, times as numbers, in one step.

    The driver gives the interpreter's lock away and waits for it again at every row: for hundreds of them, while other
    threads are busy, that takes many times as long as reading them.
    """
    table = query.subquery()
    packed = connection.execute(select(func.json_group_array(func.json_array(*table.c)))).scalar_one()
    rows: list[list[Any]] = json.loads(packed)
    return rows


# Which words stand in which message: no copy of the texts, and no sizes, as nothing is ranked by relevance.
WORD_INDEX = """
CREATE VIRTUAL TABLE message_word USING fts5(
    text, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2 tokenchars '_'"
)
"""
# What FTS5 makes for it.
WORD_TABLES = frozenset({"message_word", "message_word_config", "message_word_data", "message_word_idx"})

# FTS5 takes ё for another letter than е.
_INDEX = text("""
INSERT INTO message_word (rowid, text)
SELECT id, replace(replace(text, 'ё', 'е'), 'Ё', 'Е') FROM message WHERE id BETWEEN :first AND :last
""")
_FORGET = text("""
INSERT INTO message_word (message_word, rowid, text)
VALUES ('delete', :id, replace(replace(:text, 'ё', 'е'), 'Ё', 'Е'))
""")


def make_word_index(connection: Connection) -> None:
    connection.execute(text(WORD_INDEX))


def index_words(connection: Connection, first: int, last: int) -> None:
    """Have the messages from the row `first` to `last` found by their words; they are not yet."""
    connection.execute(_INDEX, {"first": first, "last": last})


def index_words_anew(connection: Connection, message: int, former: str) -> None:
    """The same for a message whose text was `former` when it was indexed last."""
    connection.execute(_FORGET, {"id": message, "text": former})
    index_words(connection, message, message)


message_word = table("message_word", column("rowid", BigInteger))


def has_words(words: str) -> ColumnElement[bool]:
    """Whether a row of `message_word` fits an expression of FTS5."""
    return literal_column("message_word").bool_op("MATCH")(words)


@contextmanager
def at_most(connection: Connection, seconds: float, error: ModeratorError) -> Iterator[None]:
    """Give up what is being read after so long, and raise `error`."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    end = time.monotonic() + seconds
    raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except DBAPIError as fault:
        if getattr(fault.orig, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise error from fault
        raise
    finally:
        raw.set_progress_handler(None, _STEPS)


# Of SQLite's machine: some milliseconds.
_STEPS = 100_000


_FAULTS: dict[int, Callable[[str], ModeratorError]] = {
    sqlite3.SQLITE_FULL: lambda _file: Refused("storage.full"),
    sqlite3.SQLITE_IOERR: lambda file: Refused("storage.failing", file=file),
    sqlite3.SQLITE_READONLY: lambda file: Refused("storage.read_only", file=file),
    sqlite3.SQLITE_CANTOPEN: lambda file: Refused("storage.read_only", file=file),
    sqlite3.SQLITE_BUSY: lambda _file: TryLater("storage.busy", 1.0),
    sqlite3.SQLITE_LOCKED: lambda _file: TryLater("storage.busy", 1.0),
    sqlite3.SQLITE_CORRUPT: lambda file: Unreadable("storage.damaged", file=file),
    sqlite3.SQLITE_NOTADB: lambda file: Unreadable("storage.damaged", file=file),
}


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn what SQLite says about the world into the world's errors."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        found = translate(error, file)
        if found is None:
            raise
        raise found from error


def translate(error: DBAPIError | sqlite3.Error, file: Path) -> ModeratorError | None:
    """The world's faults among the database's errors; None for a fault of ours."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    # Extended codes carry the primary one in their low byte.
    code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
    return _FAULTS[code](str(file)) if code in _FAULTS else None
