import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from moderator_app.domain.errors import ModeratorError, Refused, TryLater
from moderator_app.storage import database as module
from moderator_app.storage import sqlite
from moderator_app.storage.database import Database
from moderator_app.storage.revisions import newest_revision, next_revision


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(Refused) as caught:
        await database.read(next_revision)
    assert caught.value.text_id == "storage.read_only"


async def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    def half(connection: Connection) -> None:
        next_revision(connection)
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        await database.write(half)
    assert await database.read(newest_revision) == 0


async def test_a_write_is_finished_when_the_one_who_asked_is_gone(database: Database) -> None:
    go_on = threading.Event()
    slow = asyncio.ensure_future(database.write(lambda _connection: go_on.wait(10)))
    asked = asyncio.ensure_future(database.write(next_revision))
    # Both stand in the writer's line once the loop has run them.
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    go_on.set()
    assert await slow
    await database.write(lambda _connection: None)
    assert await database.read(newest_revision) == 1


async def test_a_slow_read_does_not_delay_a_write(database: Database) -> None:
    go_on = threading.Event()
    slow = asyncio.ensure_future(database.read(lambda _connection: go_on.wait(10)))
    assert await database.write(next_revision) == 1
    go_on.set()
    assert await slow


async def test_a_read_sees_one_state_however_much_is_written_meanwhile(database: Database) -> None:
    first_look, go_on = threading.Event(), threading.Event()

    def twice(connection: Connection) -> tuple[int, int]:
        before = newest_revision(connection)
        first_look.set()
        go_on.wait(10)
        return before, newest_revision(connection)

    looked = asyncio.ensure_future(database.read(twice))
    await asyncio.to_thread(first_look.wait, 10)
    await database.write(next_revision)
    go_on.set()
    assert await looked == (0, 0)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)


@pytest.mark.usefixtures("impatient")
async def test_a_database_locked_by_another_process_for_long_says_so_and_can_still_be_read(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "console.sqlite3")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TryLater) as caught:
            await database.write(next_revision)
        assert caught.value.text_id == "storage.busy"
        assert await database.read(newest_revision) == 0
        other.execute("ROLLBACK")
    assert await database.write(next_revision) == 1
    database.close()


@pytest.mark.usefixtures("impatient")
async def test_what_must_be_written_waits_for_the_lock_to_end(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "console.sqlite3")
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = asyncio.ensure_future(database.insist(next_revision))
        with pytest.raises(ModeratorError):
            await database.write(next_revision)
        assert not asked.done()
        other.execute("ROLLBACK")
    assert await asked == 1
    database.close()


async def test_a_full_disk_refuses_and_keeps_what_was_stored(database: Database) -> None:
    await database.write(next_revision)
    await database.write(_limit_pages)
    with pytest.raises(Refused) as caught:
        await database.write(_fill)
    assert caught.value.text_id == "storage.full"
    assert await database.read(newest_revision) == 1
    assert await database.write(next_revision) == 2


def _limit_pages(connection: Connection) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")


def _fill(connection: Connection) -> None:
    next_revision(connection)
    connection.execute(text("INSERT INTO source_cursor VALUES ('fake', :long)"), {"long": "x" * 100_000})


async def test_a_fault_of_ours_is_not_taken_for_one_of_the_world(database: Database) -> None:
    with pytest.raises(Exception, match="no such table") as caught:
        await database.read(lambda connection: connection.execute(text("SELECT * FROM nowhere")))
    assert not isinstance(caught.value, ModeratorError)
