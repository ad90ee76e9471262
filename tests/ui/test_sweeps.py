"""Very many by one decision, through dialogs that count first."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from sqlalchemy import update

from moderator_app import language
from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.message import CommunityKey, Message, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.storage import rights
from moderator_app.storage.tables import message as stored
from moderator_app.ui.physical_keys import Key
from moderator_app.ui.queue.sweep_dialogs import BanDialog, BandsDialog, PurgeDialog
from tests.builders import author, message
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import armed, items, strike, told
from tests.ui.until import until

YARD, OTHER = CommunityKey(Platform.TELEGRAM, "100"), CommunityKey(Platform.TELEGRAM, "200")
Kind = TypeVar("Kind", bound=QDialog)


def said(number: int, hours: float, text: str = "", community: str = "100", who: str = "42") -> Message:
    date = datetime.now(UTC) - timedelta(hours=hours)
    return message(
        text or f"кот номер {number} спит", id=str(number), community=community, author=author(who, "Иван"), date=date
    )


async def opened(kind: type[Kind]) -> Kind:
    await until(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def button(dialog: QDialog, text: str) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if text in each.text())


async def arrive(at: Shop, *messages: Message) -> None:
    await at.app.intake.accept(Delivery(messages), "test")
    await armed(at)


@pytest.mark.parametrize("russian", [False, True])
def test_everything_by_an_author_is_counted_by_period_and_taken_back_by_one_key(
    run: Run, tmp_path: Path, russian: bool
) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            await arrive(at, said(1, 0.2, "да пошёл ты нахуй"), said(2, 5), said(3, 24 * 5), said(4, 1, who="7"))
            strike(at, Key.P, russian=russian)
            dialog = await opened(PurgeDialog)
            delete = button(dialog, "Удалить: " if russian else "Delete: ")
            assert delete.text() == ("Удалить: 1 сообщение" if russian else "Delete: 1 message")
            QTest.keyClicks(dialog, "3")
            assert delete.text() == ("Удалить: 3 сообщения" if russian else "Delete: 3 messages")
            delete.click()
            await until(lambda: ("3 сообщения" if russian else "3 messages") in told(at))
            assert await at.standing() == [Choice.DELETE] * 3
            strike(at, Key.ESCAPE)
            await until(lambda: at.session.queue.model.entries()[0].is_open)
            assert await at.standing() == []

    run(work())


def test_enter_in_a_dialog_decides_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, said(1, 0.2, "да пошёл ты нахуй"))
            for key, kind in ((Key.P, PurgeDialog), (Key.B, BanDialog), (Key.L, BandsDialog)):
                strike(at, key)
                dialog = await opened(kind)
                assert dialog is not None
                while QApplication.activeModalWidget() is not None:
                    # It may still be counting.
                    strike(at, Key.ENTER)
                    await asyncio.sleep(0.05)
            assert await at.standing() == []

    run(work())


def test_a_ban_in_all_communities_says_where_it_works(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, said(1, 0.2, "да пошёл ты нахуй"), said(2, 1, community="200"))
            barred = ((ActionKind.BAN, Note("right.restrict")),)
            await at.app.database.write(rights.keep, {YARD: {"": ()}, OTHER: {"": barred}})
            strike(at, Key.B)
            dialog = await opened(BanDialog)
            button(dialog, "Ban in 1 community").click()
            await until(lambda: at.session.queue.pending == 1)
            (line,) = await at.stored(1)
            assert (line.decision.choice, line.key.community) == (Choice.BAN, "100")
            strike(at, Key.BACKSPACE)
            await until(lambda: at.session.queue.pending == 0)
            assert await at.standing() == []
            assert len(items(at)) == 1

    run(work())


def test_what_lies_below_a_score_is_dismissed_after_its_number_was_seen(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, said(1, 0.2, "да пошёл ты нахуй"), said(2, 1, "иди нахуй отсюда", who="8"))
            await at.app.database.write(
                lambda connection: connection.execute(update(stored).where(stored.c.message == "2").values(score=0.55))
            )
            assert await at.app.sweeping.bands() == (0, 0, 0, 0, 0, 1, 0, 0, 0, 1)
            below = 6
            strike(at, Key.L)
            dialog = await opened(BandsDialog)
            QTest.keyClicks(dialog, str(below))
            button(dialog, "Dismiss 1 message below 60").click()
            await until(lambda: not all(entry.is_open for entry in at.session.queue.model.entries()))
            assert await at.standing() == [Choice.DISMISS]
            strike(at, Key.BACKSPACE)
            await until(lambda: all(entry.is_open for entry in at.session.queue.model.entries()))

    run(work())
