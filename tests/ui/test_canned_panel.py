"""The reasons and the words of warnings are edited in the settings, and the digits follow at once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moderator_app.settings import Settings
from moderator_app.ui.keys import Command
from moderator_app.ui.settings.canned_panel import CannedPanel
from moderator_app.ui.settings.review_panel import ReviewPanel
from tests.ui.conftest import Run
from tests.ui.shop import shop


def test_what_is_written_counts_when_the_field_is_left(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.window.show_page(Command.SETTINGS)
            panel = at.window.findChild(CannedPanel)
            assert isinstance(panel, CannedPanel)
            field = panel.fields["reasons.en"]
            field.selectAll()
            QTest.keyClicks(field, "Cats")
            QTest.keyClick(field, Qt.Key.Key_Return)
            QTest.keyClicks(field, "Dogs")
            field.left.emit()
            assert at.app.preferences.current.reasons.en == "Cats\nDogs"
            texts = [button.text() for button in at.session.queue.digits.buttons if button.isEnabled()]
            assert texts == ["1  Cats", "2  Dogs"]

    run(work())


def test_an_empty_list_is_not_taken_over(run: Run) -> None:
    async def work() -> None:
        panel, chosen = ReviewPanel(), list[tuple[str, str]]()
        panel.show_settings(Settings())
        panel.chosen.connect(lambda key, text: chosen.append((key, text)))
        field = panel.canned.fields["warnings.en"]
        field.setPlainText(" \n ")
        field.left.emit()
        assert chosen == []
        assert field.toPlainText() == Settings().warnings.en

    run(work())
