"""Authors: made once, their names and first appearance kept up to date."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from moderator_app.domain.message import Author, AuthorKey, Platform
from moderator_app.storage import people
from moderator_app.storage.database import Database
from moderator_app.storage.tables import author
from tests.builders import NOON

ANNA = AuthorKey(Platform.TELEGRAM, "1")
HOUR = timedelta(hours=1)


def seen(connection: Connection, name: str, date: datetime) -> int:
    return people.author_ids(connection, [(Author(ANNA, name), date)])[ANNA]


def stored(connection: Connection) -> list[tuple[int, str, datetime]]:
    return [tuple(row) for row in connection.execute(select(author.c.id, author.c.name, author.c.first_seen))]


async def test_an_author_met_again_is_the_same_with_the_newest_name_and_the_earliest_time(database: Database) -> None:
    first = await database.write(seen, "Anna", NOON)
    assert await database.write(seen, "", NOON - HOUR) == first
    assert await database.write(seen, "Anya", NOON + HOUR) == first
    assert await database.write(stored) == [(first, "Anya", NOON - HOUR)]


async def test_nothing_is_remembered_of_a_transaction_that_failed(database: Database) -> None:
    def failing(connection: Connection) -> None:
        seen(connection, "Anna", NOON)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.write(failing)
    number = await database.write(seen, "Anna", NOON)
    assert await database.write(stored) == [(number, "Anna", NOON)]


async def test_another_process_may_have_seen_an_author_earlier(database: Database) -> None:
    await database.write(seen, "Anna", NOON)

    def elsewhere(connection: Connection) -> None:
        connection.execute(author.update().values(first_seen=NOON - 3 * HOUR))

    await database.write(elsewhere)
    number = await database.write(seen, "Anna", NOON - HOUR)
    assert await database.write(stored) == [(number, "Anna", NOON - 3 * HOUR)]
