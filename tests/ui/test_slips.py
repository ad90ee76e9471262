"""Slips of the hand, and items no chat should hold."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.ui.conftest import Run
from tests.ui.desk import desk
from tests.ui.fakes import FakeReview, card
from tests.ui.until import until


def test_space_behind_the_last_item_presses_no_button(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review, wished = FakeReview([card(1)], grace=0.0), list[bool]()
        async with desk(review, tmp_path) as at:
            at.page.import_wished.connect(lambda: wished.append(True))
            await at.seen(1)
            at.press(Qt.Key.Key_A)
            await until(lambda: not at.items())
            assert not isinstance(QApplication.focusWidget(), QAbstractButton)
            at.press(Qt.Key.Key_Space)
            assert wished == []

    run(work())
