"""Keys chosen in the settings of the real window: heard, printed, refused, switched off, read from a wrong file."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from moderator_app import paths
from moderator_app.ui.keys import Command, legends
from moderator_app.ui.physical_keys import Key
from moderator_app.ui.settings.key_button import KeyButton
from moderator_app.ui.settings.keys_panel import KeysPanel
from moderator_app.ui.settings.settings_page import KEYS
from moderator_app.ui.widgets.help_dialog import HelpDialog
from tests.ui.conftest import Run
from tests.ui.shop import Shop, flagged, shop
from tests.ui.striking import CTRL, SHIFT, armed, strike
from tests.ui.until import until


def panel(at: Shop) -> KeysPanel:
    at.session.do(Command.SETTINGS)
    at.session.settings.show_section(KEYS)
    found = at.session.settings.findChild(KeysPanel)
    assert isinstance(found, KeysPanel)
    assert found.isVisible()
    return found


def put(at: Shop, name: str, key: Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> KeysPanel:
    shown = panel(at)
    button: KeyButton = shown.line(name).key
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert button.asks
    strike(at, key, modifiers, russian=True)
    assert button.text() != "Press a key…"
    return shown


def test_a_key_put_elsewhere_is_heard_printed_and_kept(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(2), "test")
            await at.shows(2)
            put(at, "dismiss", Key.Y)
            assert at.app.preferences.current.keys.own == "dismiss=Y"
            at.session.do(Command.QUEUE)
            buttons = at.session.queue.buttons.findChildren(QPushButton)
            await until(lambda: "Dismiss, Y / Н" in [each.accessibleName() for each in buttons])
            first = at.session.queue.view.item
            await armed(at)
            strike(at, Key.A)
            assert at.session.queue.view.item == first
            strike(at, Key.Y, russian=True)
            await until(lambda: at.session.queue.view.item != first)
            sheet = HelpDialog(at.window)
            assert "Y / Н" in [each.text() for each in sheet.findChildren(QLabel)]
            sheet.deleteLater()
        async with shop(tmp_path) as again:
            assert legends(Command.DISMISS) == ("Y / Н",)
            shown = panel(again)
            QTest.mouseClick(shown.line("dismiss").reset, Qt.MouseButton.LeftButton)
            assert again.app.preferences.current.keys.own == ""
            assert legends(Command.DISMISS) == ("A / Ф",)

    run(work())


def test_a_taken_key_is_refused_in_a_sentence_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            assert put(at, "dismiss", Key.J).told == "J / О already means: Next message."
            assert "space bar" in put(at, "delete", Key.B).told
            # What is heard on every page is taken as well, and does not act meanwhile.
            assert "Page: Statistics" in put(at, "dismiss", Key.TWO, CTRL).told
            assert at.window.shows(Command.SETTINGS)
            assert put(at, "dismiss", Key.ESCAPE).told == panel(at).told
            assert at.app.preferences.current.keys.own == ""
            assert put(at, "dismiss", Key.L, SHIFT).told == ""
            assert legends(Command.DISMISS) == ("Shift+L / Д",)

    run(work())


def test_single_keys_are_switched_off(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(2), "test")
            await at.shows(2)
            box = panel(at).findChild(QCheckBox)
            assert box is not None
            QTest.keyClick(box, Qt.Key.Key_Space)
            assert not at.app.preferences.current.keys.single
            at.session.do(Command.QUEUE)
            await armed(at)
            first = at.session.queue.view.item
            for key in (Key.A, Key.D, Key.SPACE, Key.ONE):
                strike(at, key)
            assert at.session.queue.view.item == first
            assert await at.standing() == []
            strike(at, Key.K, CTRL)
            await until(lambda: QApplication.activeModalWidget() is not None)
            dialog = QApplication.activeModalWidget()
            assert dialog is not None
            dialog.close()

    run(work())


def test_wrong_keys_in_the_file_are_told_once_and_lie_where_they_usually_do(run: Run, tmp_path: Path) -> None:
    profile = paths.profile(tmp_path / "profile")
    (profile / "settings.json").write_text(json.dumps({"keys": {"own": "delete=Space fly=Q select=Y"}}))

    async def work() -> None:
        async with shop(tmp_path) as at:
            assert legends(Command.DELETE) == ("D / В",)
            assert legends(Command.SELECT) == ("Y / Н",)
            told = [notice.text for notice in at.said if "fly=Q" in notice.text]
            assert len(told) == 1
            assert "delete=Space" in told[0]

    run(work())
