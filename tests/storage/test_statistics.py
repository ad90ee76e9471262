import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.statistics import Overview, Period
from moderator_app.storage import statistics
from moderator_app.storage.database import Database
from tests.builders import NOON, author, message
from tests.storage.steps import YARD, arrive, counted, decide, flag


@pytest.fixture
def in_vladivostok(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ten hours east of Greenwich."""
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_vladivostok")
async def test_days_begin_at_midnight_of_the_machines_time_zone(database: Database) -> None:
    before_midnight = datetime(2026, 3, 4, 13, 59, 59, tzinfo=UTC)
    await arrive(database, message(date=before_midnight), message(id="2", date=before_midnight + timedelta(seconds=1)))
    assert [(day.day, day.messages) for day in (await counted(database)).days] == [
        (date(2026, 3, 4), 1),
        (date(2026, 3, 5), 1),
    ]


@pytest.mark.usefixtures("in_vladivostok")
async def test_today_ends_at_midnight_of_the_machine(database: Database) -> None:
    await arrive(database, message(date=datetime(2026, 3, 4, 14, tzinfo=UTC)))
    tomorrow = await database.read(statistics.overview, Period.DAY, date(2026, 3, 5), None)
    assert ((await counted(database, Period.DAY)).messages, tomorrow.messages) == (0, 1)


@pytest.mark.parametrize(
    ("period", "messages"), [(Period.DAY, 1), (Period.WEEK, 2), (Period.MONTH, 3), (Period.ALL, 5)]
)
async def test_a_period_counts_its_days_and_no_others(database: Database, period: Period, messages: int) -> None:
    days = (-1, 0, 6, 29, 30)
    await arrive(database, *(message(id=str(n), date=NOON - timedelta(days=n)) for n in days))
    assert (await counted(database, period)).messages == messages


async def test_an_empty_profile_has_an_overview_of_noughts(database: Database) -> None:
    assert await counted(database) == Overview(Period.ALL, None, NOON.date(), 0, 0, 0, 0, (), (), (), ())


async def test_a_decision_counts_on_the_day_it_was_made(database: Database) -> None:
    (item,) = await flag(database, message(date=NOON - timedelta(days=3)))
    await decide(database, item)
    assert [(day.flagged, day.decided) for day in (await counted(database)).days] == [(1, 0), (0, 1)]


async def test_one_community_is_counted_without_the_others(database: Database) -> None:
    await flag(database, message("хуй"), message("хуй", id="2"), message("хуй", community="200"))
    here = await database.read(statistics.overview, Period.ALL, NOON.date(), YARD)
    nowhere = await database.read(statistics.overview, Period.ALL, NOON.date(), CommunityKey(Platform.VK, "100"))
    assert (here.messages, here.profanity, here.top_users[0].count) == (2, 2, 2)
    assert (nowhere.messages, nowhere.top_words) == (0, ())


async def test_the_ten_who_swear_most_are_listed(database: Database) -> None:
    for who in range(12):
        await flag(database, *(message(id=f"{who}-{n}", author=author(str(who))) for n in range(who + 1)))
    assert [(top.author, top.count) for top in (await counted(database)).top_users] == [
        (str(who), who + 1) for who in range(11, 1, -1)
    ]


async def test_every_day_and_counter_is_exported(database: Database) -> None:
    await flag(database, message("хуй"))
    rows = await database.read(statistics.counter_rows)
    assert {(row["counter"], row["count"]) for row in rows} >= {("messages", 1), ("flagged", 1), ("profanity", 1)}
    assert {(row["day"], row["platform"], row["community"]) for row in rows} == {("2026-03-04", "telegram", "100")}
