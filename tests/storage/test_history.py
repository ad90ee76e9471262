from datetime import timedelta

import pytest

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.history import HistoryFilter
from moderator_app.domain.message import Community
from moderator_app.domain.ports import Delivery
from moderator_app.storage import decisions, history, intake
from moderator_app.storage.database import Database
from tests.builders import NOON, author, message
from tests.storage.steps import YARD, decide, flag


async def page(database: Database, wanted: HistoryFilter, before: int | None = None, limit: int = 100) -> list[str]:
    """The messages whose decisions are shown."""
    lines = await database.read(history.page, wanted, before, limit)
    return [line.key.message for line in lines]


@pytest.fixture
async def decided(database: Database) -> Database:
    """Three decisions, the last one taken back."""
    await database.write(intake.store, Delivery(communities=(Community(YARD, "Двор"),)), NOON, "fake")
    first, second, third = await flag(
        database,
        message(author=author("7", "Анна Ёлкина")),
        message(id="2", author=author("8", "Boris")),
        message(id="3", author=author("9", "100% _Вася_"), date=NOON - timedelta(days=1)),
    )
    await decide(database, first, choice=Choice.DELETE)
    await decide(database, second, choice=Choice.DISMISS)
    case = await decide(database, third, choice=Choice.DELETE_BAN)
    await database.write(decisions.undo, case.case, lambda _standing: [], NOON)
    return database


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (HistoryFilter(), ["3", "2", "1"]),
        (HistoryFilter(choice=Choice.DISMISS), ["2"]),
        (HistoryFilter(state=ActionState.CANCELLED), ["3"]),
        (HistoryFilter(state=ActionState.PENDING), ["1"]),
        (HistoryFilter(words="анна"), ["1"]),
        (HistoryFilter(words="ЁЛКИНА двор"), ["1"]),
        (HistoryFilter(words="BORIS"), ["2"]),
        (HistoryFilter(words="anna двор"), ["3", "2", "1"]),
        (HistoryFilter(words="анна борис"), []),
        (HistoryFilter(words="100%"), ["3"]),
        (HistoryFilter(words="%"), ["3"]),
        (HistoryFilter(words="_"), ["3"]),
        (HistoryFilter(words="item:2"), ["2"]),
        (HistoryFilter(choice=Choice.DELETE, words="boris"), []),
    ],
)
async def test_the_history_shows_what_is_asked_for(decided: Database, wanted: HistoryFilter, shown: list[str]) -> None:
    assert await page(decided, wanted) == shown


async def test_pages_of_the_history_follow_each_other(decided: Database) -> None:
    lines = await decided.read(history.page, HistoryFilter(), None, 2)
    assert await page(decided, HistoryFilter(), before=lines[-1].decision.decision) == ["1"]


async def test_a_line_says_who_decided_what_about_whom(decided: Database) -> None:
    _undone, _dismissed, line = await decided.read(history.page, HistoryFilter(), None, 10)
    assert (line.decision.choice, line.decision.by, line.decision.at) == (Choice.DELETE, "anna", NOON)
    assert (line.community_name, line.author_name, line.decision.undone) == ("Двор", "Анна Ёлкина", None)
    assert await decided.read(history.lines_of, [line.decision.decision]) == (line,)
