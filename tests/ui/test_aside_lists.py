"""The conversation and the group in the place of the card: walked through and decided by the same keys."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from moderator_app import language
from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery
from moderator_app.ui.physical_keys import Key
from tests.builders import NOON, author, message
from tests.moderation.test_context import UNLIKE
from tests.moderation.test_groups import spam
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import CTRL, SHIFT, armed, strike, told
from tests.ui.until import until

WHO = ("сосед", "дворник", "почтальон", "кот", "лифтёр", "курьер", "студент", "пенсионер")
DID = ("ушёл", "спит", "поёт", "чинит", "рисует", "гуляет", "читает", "варит")


def said(number: int, text: str = "", **given: Any) -> Message:
    defaults: dict[str, Any] = {"date": NOON + timedelta(minutes=number), "author": author(str(number), f"№ {number}")}
    return message(text or f"{WHO[number % 8]} {DID[number // 8 % 8]}", id=str(number), **(defaults | given))


async def chat(at: Shop, before: int = 30) -> None:
    lines = [said(number) for number in range(1, before + 1)]
    lines.append(said(before + 1, "да пошёл ты нахуй", reply_to="1"))
    await at.app.intake.accept(Delivery((*lines, said(before + 2))), "test")
    await at.shows(1)
    await armed(at)


async def opened(at: Shop) -> None:
    aside = at.session.queue.aside
    await until(lambda: aside.is_open and aside.panel.isVisible() and aside.is_armed)


def current(at: Shop) -> str:
    line = at.session.queue.aside.panel.line
    assert line is not None
    return line.spoken.message.key.message


@pytest.mark.parametrize("russian", [False, True])
def test_a_message_of_the_conversation_is_decided_where_it_stands(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            await chat(at)
            strike(at, Key.C, russian=russian)
            await opened(at)
            panel = at.session.queue.aside.panel
            assert panel.texts()[0].startswith("↳")
            assert current(at) == "31"
            strike(at, Key.K, russian=russian)
            assert current(at) == "30"
            await until(lambda: at.session.queue.aside.is_armed)
            strike(at, Key.D, russian=russian)
            await until(lambda: any(("удалено" if russian else "deleted") in text for text in panel.texts()))
            line = (await at.app.history.page())[0]
            assert (line.key.message, line.decision.choice) == ("30", Choice.DELETE)
            # The queue did not move.
            assert at.session.queue.model.rowCount() == 1
            strike(at, Key.Z, CTRL, russian=russian)
            await until(lambda: not any(("удалено" if russian else "deleted") in text for text in panel.texts()))
            assert at.session.queue.aside.is_open
            strike(at, Key.ESCAPE)
            assert at.session.queue.card.isVisible()

    run(work())


def test_the_conversation_goes_on_at_its_end(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await chat(at, before=60)
            strike(at, Key.C)
            await opened(at)
            for _time in range(20):
                strike(at, Key.K)
            assert current(at) == "41"
            # Above it stands what the message answers; then more is read.
            strike(at, Key.K)
            strike(at, Key.K)
            await until(lambda: len(at.session.queue.aside.panel.texts()) > 40)

    run(work())


def test_nothing_is_done_to_a_message_before_it_could_be_seen(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await chat(at)
            strike(at, Key.C)
            await opened(at)
            strike(at, Key.K)
            strike(at, Key.D)
            await until(lambda: at.session.queue.aside.is_armed)
            assert await at.standing() == []

    run(work())


@pytest.mark.parametrize("russian", [False, True])
def test_an_open_group_is_ticked_and_decided_as_a_whole(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            outlier = message(UNLIKE, id="9", author=author("9"), date=NOON + timedelta(seconds=9))
            await at.app.intake.accept(Delivery((*map(spam, range(1, 5)), outlier)), "test")
            await at.shows(1)
            await armed(at)
            assert at.session.queue.model.entries()[0].row.count == 4
            strike(at, Key.G, russian=russian)
            await opened(at)
            panel = at.session.queue.aside.panel
            assert [text[0] for text in panel.texts()] == ["☑", "☑", "☑", "☑", "☐"]
            strike(at, Key.J, russian=russian)
            strike(at, Key.X, russian=russian)
            await until(lambda: sum(text[0] == "☑" for text in panel.texts()) == 3)
            await until(lambda: at.session.queue.aside.is_armed)
            strike(at, Key.D, SHIFT, russian=russian)
            await until(lambda: ("3 сообщения" if russian else "3 messages") in told(at))
            assert await at.standing() == [Choice.DELETE] * 3
            strike(at, Key.Z, CTRL, russian=russian)
            await until(lambda: at.session.queue.model.entries()[0].is_open)
            assert await at.standing() == []

    run(work())


def test_one_of_a_group_is_decided_alone(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(Delivery(tuple(map(spam, range(1, 5)))), "test")
            await at.shows(1)
            await armed(at)
            strike(at, Key.G)
            await opened(at)
            strike(at, Key.J)
            await until(lambda: at.session.queue.aside.is_armed)
            strike(at, Key.D)
            await until(lambda: len(at.session.queue.aside.panel.texts()) == 3)
            assert await at.standing() == [Choice.DELETE]

    run(work())
