"""The tour of the keys: done by pressing them, on chats that are nobody's, and left at any time."""

import tempfile
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from moderator_app.ui.physical_keys import Key
from moderator_app.ui.tour import ORDER, Tour
from moderator_app.ui.widgets.help_dialog import HelpDialog
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import CTRL, NONE, strike
from tests.ui.until import until

KEYS = (
    (Key.J, NONE),
    (Key.A, NONE),
    (Key.ESCAPE, NONE),
    (Key.D, NONE),
    (Key.Z, CTRL),
    (Key.R, NONE),
    (Key.SPACE, NONE),
)


async def taken(at: Shop) -> Tour:
    at.session.take_tour()
    await until(lambda: at.session.tours.current is not None and at.session.tours.current.page.is_armed, 30.0)
    tour = at.session.tours.current
    assert tour is not None
    await until(lambda: QApplication.activeWindow() is tour.window)
    return tour


def leave(tour: Tour) -> None:
    QTest.mouseClick(tour.guide.button, Qt.MouseButton.LeftButton)


def test_each_step_is_done_by_its_key_and_nothing_of_the_profile_is_touched(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            tour = await taken(at)
            for number, (key, modifiers) in enumerate(KEYS):
                await until(lambda: tour.page.is_armed)
                # Another key is carried out as in the queue, and leads no further.
                strike(at, Key.K, russian=True)
                assert tour.done == number
                await until(lambda: tour.page.is_armed)
                strike(at, key, modifiers, russian=True)
                assert tour.done == number + 1
            question = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier, "?")
            QApplication.sendEvent(QApplication.focusWidget() or tour.window, question)
            assert tour.done == len(ORDER)
            sheet = QApplication.activeModalWidget()
            assert isinstance(sheet, HelpDialog)
            sheet.close()
            assert "most of the work" in tour.guide.text()
            leave(tour)
            await until(lambda: at.session.tours.current is None)
            assert await at.app.history.page() == ()
            assert at.session.queue.model.rowCount() == 0

    run(work())


def test_the_tour_is_left_at_any_step_taken_again_and_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    def left_behind() -> set[Path]:
        return set(Path(tempfile.gettempdir()).glob("moderator-app-tour-*"))

    async def work() -> None:
        before = left_behind()
        async with shop(tmp_path) as at:
            for _round in range(2):
                tour = await taken(at)
                assert left_behind() - before
                assert "next message" in tour.guide.text()
                leave(tour)
                await until(lambda: at.session.tours.current is None and left_behind() == before)

    run(work())


def test_an_empty_profile_offers_the_tour(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            words = "Learn the keys in three minutes"
            buttons = at.session.queue.list.findChildren(QPushButton)
            await until(lambda: any(each.isVisible() and each.text() == words for each in buttons))
            QTest.mouseClick(next(each for each in buttons if each.text() == words), Qt.MouseButton.LeftButton)
            await until(lambda: at.session.tours.current is not None, 30.0)
            tour = at.session.tours.current
            assert tour is not None
            leave(tour)
            await until(lambda: at.session.tours.current is None)

    run(work())
