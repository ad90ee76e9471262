"""What else is done to the item under the hand: put off, flagged, opened in its app."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from moderator_app import language
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery
from moderator_app.domain.traits import SECOND_OPINION, QueueFilter
from moderator_app.storage.tables import item
from moderator_app.ui.physical_keys import Key
from tests.builders import author, message
from tests.ui.browser import browser
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import CTRL, armed, items, strike, told
from tests.ui.until import until


def insult(number: int) -> Message:
    return message(f"да пошёл ты нахуй {number}", id=str(number), author=author(str(number)))


async def arrive(at: Shop, count: int) -> list[int]:
    await at.app.intake.accept(Delivery(tuple(map(insult, range(1, count + 1)))), "test")
    await at.shows(count)
    await armed(at)
    return items(at)


async def sleeping(at: Shop) -> list[datetime]:
    rows = await at.app.database.read(lambda connection: connection.execute(item.select()).all())
    return [row.snoozed_until for row in rows if row.snoozed_until is not None]


def about(moment: datetime, **passed: float) -> bool:
    return abs(moment - datetime.now(UTC) - timedelta(**passed)) < timedelta(minutes=1)


@pytest.mark.parametrize("russian", [False, True])
def test_a_snoozed_row_leaves_and_undo_brings_it_back_to_its_place(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            before = await arrive(at, 3)
            strike(at, Key.J)
            strike(at, Key.S, russian=russian)
            assert items(at) == [before[0], before[2]]
            assert at.session.queue.view.item == before[2]
            await until(lambda: ("отложено" if russian else "put off until") in told(at))
            (until_then,) = await sleeping(at)
            assert about(until_then, hours=1)
            strike(at, Key.Z, CTRL, russian=russian)
            await until(lambda: items(at) == before)
            assert await sleeping(at) == []
            assert at.session.queue.view.item == before[1]

    run(work())


def test_a_digit_says_for_how_long(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, 3)
            strike(at, Key.S)
            assert "Put off" in at.session.queue.digits.title
            strike(at, Key.SEVEN)
            await until(lambda: told(at).count("put off until") == 2)
            (until_then,) = await sleeping(at)
            assert about(until_then, days=1)
            # One step back is enough, whatever was said of its length.
            strike(at, Key.BACKSPACE)
            await until(lambda: len(items(at)) == 3)

    run(work())


def test_undo_takes_back_what_was_done_last(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            first, second, third = await arrive(at, 3)
            strike(at, Key.S)
            await until(lambda: "put off" in told(at))
            await armed(at, second)
            strike(at, Key.D)
            await until(lambda: at.session.queue.model.entry(second).due is not None)  # type: ignore[union-attr]
            strike(at, Key.Z, CTRL)
            await until(lambda: at.session.queue.model.entry(second).is_open)  # type: ignore[union-attr]
            assert items(at) == [second, third]
            strike(at, Key.Z, CTRL)
            await until(lambda: items(at) == [first, second, third])

    run(work())


def test_it_comes_back_by_itself_at_its_time(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            before = await arrive(at, 3)
            strike(at, Key.S)
            await until(lambda: "put off" in told(at))
            await at.app.snoozing.snooze([before[0]], 0.2)
            await until(lambda: items(at) == before)

    run(work())


@pytest.mark.parametrize("russian", [False, True])
def test_a_second_opinion_is_flagged_and_told_on_the_card(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            first, *_rest = await arrive(at, 2)
            strike(at, Key.F, russian=russian)
            words = "второй взгляд" if russian else "second opinion"
            await until(lambda: words in at.session.queue.card.remarks.lower())
            assert at.session.queue.view.item == first
            wanted = QueueFilter(frozenset({SECOND_OPINION}))
            assert [row.item for row in (await at.app.queue.page(wanted=wanted)).rows] == [first]
            strike(at, Key.F, russian=russian)
            await until(lambda: words not in at.session.queue.card.remarks.lower())

    run(work())


def test_a_key_opens_the_message_in_its_app(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        with browser() as opened:
            async with shop(tmp_path) as at:
                await arrive(at, 1)
                strike(at, Key.O, russian=True)
                assert opened.addresses == ["https://t.me/c/100/1"]
                assert "https://t.me/c/100/1" in told(at)

    run(work())
