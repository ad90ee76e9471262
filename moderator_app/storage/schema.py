"""Brings a database file to the schema of this version, keeping a copy of what was there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from moderator_app.domain.errors import Refused, Unreadable
from moderator_app.private_files import tighten
from moderator_app.storage import sqlite, views
from moderator_app.storage.tables import metadata, revision

# The newest revision in `migrations/versions`; a test holds the two together.
HEAD = "0001"

# Older revisions that this version can bring up to date.
KNOWN: tuple[str, ...] = ()

MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(path: Path) -> None:
    """Make the file where it is missing, migrate an older one after a backup, refuse a newer or damaged one.

    Raises Unreadable and Refused; the file is never touched in these cases.
    """
    version = usable_version(path)
    if version is None:
        _create(path)
        return
    _check_writable(path)
    for file in (path, *sqlite.companions(path)):
        tighten(file)
    if version != HEAD:
        _migrate(path, version)


def is_read_only(path: Path) -> bool:
    """Whether there is a file that can be read at best: it, or its folder, cannot be written."""
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def prepare_to_read(path: Path) -> None:
    """Check that this version can read the file as it is. Raises Unreadable."""
    version = usable_version(path)
    if version != HEAD:
        raise Unreadable("storage.other_version", file=str(path), version=version or "-")


def usable_version(path: Path) -> str | None:
    """The same as `stored_version`, of a file that this version can use or bring up to date. Raises Unreadable."""
    version = stored_version(path)
    if version not in (None, HEAD, *KNOWN):
        raise Unreadable("storage.newer", file=str(path), version=str(version))
    return version


def stored_version(path: Path) -> str | None:
    """The revision a file stands at, None when there is no file or an empty one. Raises Unreadable."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    if not os.access(path, os.R_OK):
        raise Unreadable("storage.unreadable", file=str(path))
    with sqlite.translated(path), closing(sqlite.look_into(path)) as connection:
        return _version(connection, path)


def _version(connection: sqlite3.Connection, path: Path) -> str | None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        # Whoever made the file was stopped before its first transaction ended.
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if _MARK in tables else None
    if row is None:
        raise Unreadable("storage.damaged", file=str(path))
    return str(row[0])


_MARK = "alembic_version"


def _check_writable(path: Path) -> None:
    if is_read_only(path):
        raise Refused("storage.read_only", file=str(path if os.access(path.parent, os.W_OK) else path.parent))


def _create(path: Path) -> None:
    """Make all tables at once: a new file needs no history, and Alembic costs 0.3 s to import."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise Refused("storage.read_only", file=str(path.parent)) from error
    with _disposed(sqlite.writing_engine(path)) as engine, engine.begin() as connection:
        # Another process may have made it between the look and this transaction.
        if not inspect(connection).has_table(_MARK):
            _create_tables(connection)


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _create_tables(connection: Connection) -> None:
    metadata.create_all(connection)
    sqlite.make_word_index(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    connection.execute(revision.insert().values(id=1, value=0))
    views.begin(connection)


def _migrate(path: Path, version: str) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    copy = path.with_name(f"{path.stem}-{version}-{stamp}.backup")
    copy.touch(mode=0o600)
    sqlite.backup(path, copy)
    _upgrade(path)


def _upgrade(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic takes a percent sign for the beginning of a reference.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with _disposed(sqlite.migrating_engine(path)) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
