"""Digits after a decision: its length, its words, its reason; before it, the reason alone."""

from pathlib import Path

import pytest

from moderator_app import language
from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.history import HistoryLine
from moderator_app.domain.message import Message, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.storage.tables import action
from moderator_app.ui.physical_keys import Key
from tests.builders import author, message
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import NONE, armed, items, strike
from tests.ui.until import until

HOUR = 3600


def insult(number: int, platform: Platform = Platform.TELEGRAM) -> Message:
    return message(
        f"да пошёл ты нахуй {number}", id=str(number), platform=platform, author=author(str(number), platform=platform)
    )


async def arrive(at: Shop, *messages: Message) -> None:
    await at.app.intake.accept(Delivery(messages), "test")
    await at.shows(len(messages))
    await armed(at)


async def newest(at: Shop) -> HistoryLine:
    return (await at.app.history.page())[0]


async def lengths(at: Shop) -> list[int | None]:
    return await at.app.database.read(
        lambda connection: [row.length for row in connection.execute(action.select().order_by(action.c.id))]
    )


async def texts(at: Shop) -> list[str]:
    return await at.app.database.read(
        lambda connection: [row.text for row in connection.execute(action.select().order_by(action.c.id))]
    )


async def settled(at: Shop) -> None:
    """Wait until everything that was asked for is stored."""
    await until(lambda: not at.tasks._running)


def title(at: Shop) -> str:
    return at.session.queue.digits.title


@pytest.mark.parametrize("russian", [False, True])
def test_the_digit_after_a_mute_is_its_length_and_the_next_one_its_reason(
    run: Run, tmp_path: Path, russian: bool
) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 4)))
            first = items(at)[0]
            strike(at, Key.E, russian=russian)
            assert ("на какой срок" if russian else "for how long") in title(at)
            strike(at, Key.TWO, russian=russian)
            strike(at, Key.FIVE, russian=russian)
            await settled(at)
            entry = at.session.queue.model.entry(first)
            assert entry is not None
            assert entry.more == ("3 часа, Оскорбление" if russian else "3 hours, Insult")
            assert await lengths(at) == [3 * HOUR]
            line = await newest(at)
            assert (line.decision.choice, line.decision.reason) == (Choice.MUTE, "Оскорбление" if russian else "Insult")
            # Nothing was decided about the card that is under the hand now.
            assert len(await at.standing()) == 1

    run(work())


def test_enter_or_no_digit_keeps_the_length_of_the_policy(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 4)))
            strike(at, Key.E)
            strike(at, Key.ENTER)
            strike(at, Key.ONE)
            await armed(at)
            strike(at, Key.E)
            strike(at, Key.J)
            await settled(at)
            assert await lengths(at) == [24 * HOUR, 24 * HOUR]
            assert (await at.app.history.page())[1].decision.reason == "Spam"
            assert title(at) == "Reason"

    run(work())


def test_a_reason_chosen_before_goes_with_the_decision_and_with_no_other(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 4)))
            strike(at, Key.THREE)
            assert [button.isChecked() for button in at.session.queue.digits.buttons].index(True) == 2
            strike(at, Key.D)
            await armed(at)
            strike(at, Key.D)
            await settled(at)
            assert [line.decision.reason for line in await at.app.history.page()] == ["", "Fraud"]

    run(work())


def test_a_reason_of_another_card_is_dropped_with_it(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 4)))
            strike(at, Key.THREE)
            strike(at, Key.J)
            await armed(at)
            strike(at, Key.D)
            await settled(at)
            assert (await newest(at)).decision.reason == ""

    run(work())


def test_a_warning_is_worded_by_digit(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 4)))
            await at.app.database.write(_allow_warnings)
            strike(at, Key.W)
            assert "in which words" in title(at)
            strike(at, Key.THREE)
            await settled(at)
            assert await texts(at) == ["Пожалуйста, без мата. Нарушений: 1, на 2-м — запрет писать, на 3-м — бан."]

    run(work())


def test_only_where_the_platform_bans_for_a_time_a_ban_is_asked_its_length(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, insult(1), insult(2, Platform.VK))
            for place in (0, 1):
                await armed(at, items(at)[place])
                vk = at.session.queue.model.entries()[place].row.key.platform is Platform.VK
                strike(at, Key.R)
                assert ("for how long" in title(at)) is vk
                strike(at, Key.FIVE)
            await settled(at)
            stored = await at.app.history.page()
            vk_line = next(line for line in stored if line.key.platform is Platform.VK)
            other = next(line for line in stored if line.key.platform is Platform.TELEGRAM)
            assert (vk_line.decision.reason, other.decision.reason) == ("", "Insult")
            assert sorted(await lengths(at), key=str) == [3 * 24 * HOUR, None, None, None]
            assert {each.kind for each in vk_line.decision.actions} == {ActionKind.DELETE, ActionKind.BAN}

    run(work())


def test_what_was_typed_in_a_field_is_no_reason(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QLineEdit

        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 3)))
            field = QLineEdit(at.window)
            field.show()
            field.setFocus()
            QTest.keyClicks(field, "1e5d", NONE)
            await settled(at)
            assert field.text() == "1e5d"
            assert await at.standing() == []
            assert not any(button.isChecked() for button in at.session.queue.digits.buttons)

    run(work())


def _allow_warnings(connection: object) -> None:
    from sqlalchemy import Connection, update

    from moderator_app.storage.tables import community

    assert isinstance(connection, Connection)
    connection.execute(update(community).values(may_warn=True))
