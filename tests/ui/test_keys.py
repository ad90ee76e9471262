"""Keys by their place on the board, in every layout and on every platform."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from moderator_app.ui.keys import BINDINGS, Command, KeyFilter, find, legends, takes_text
from moderator_app.ui.physical_keys import Key, by_code

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
D_ON_X11 = 40


def struck(key: int, text: str = "", modifiers: Qt.KeyboardModifier = NONE, scan_code: int = 0) -> Command | None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, 0, 0, text)
    binding = find(event)
    return binding.command if binding else None


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key"), [("xcb", 40, 0), ("wayland", 40, 0), ("windows", 32, 0), ("cocoa", 0, 2)]
)
def test_the_key_right_of_s_is_d_whatever_its_letter(platform: str, scan_code: int, virtual_key: int) -> None:
    for letter in "DВ":
        assert by_code(platform, scan_code, virtual_key, ord(letter)) is Key.D


def test_a_code_of_the_platform_outweighs_the_letter() -> None:
    """Dvorak prints E where a US board prints D."""
    assert by_code("xcb", 40, 0, ord("E")) is Key.D


def test_the_letter_decides_where_the_platform_gives_no_code() -> None:
    assert by_code("offscreen", 0, 0, ord("D")) is Key.D
    assert by_code("offscreen", 0, 0, ord("В")) is Key.D
    assert by_code("offscreen", 0, 0, Qt.Key.Key_Space) is Key.SPACE
    assert by_code("offscreen", 0, 0, ord("Ö")) is None


def test_the_mac_key_without_a_code_of_its_own_is_a() -> None:
    assert by_code("cocoa", 0, 0, ord("A")) is Key.A
    assert by_code("cocoa", 0, 0, ord("Ф")) is Key.A


def test_no_two_commands_share_a_key() -> None:
    struck_keys = [(one.key, one.ctrl, one.shift, one.alt) for one in BINDINGS]
    assert len(set(struck_keys)) == len(struck_keys)


def test_space_is_no_neighbour_of_a_destructive_key() -> None:
    lowest_row = {Key.Z, Key.X, Key.C, Key.V, Key.B, Key.N, Key.M}
    destructive = {Command.DELETE, Command.DELETE_BAN, Command.MUTE, Command.WARN}
    assert not {one.key for one in BINDINGS if one.command in destructive} & lowest_row


def test_legends_show_both_alphabets() -> None:
    assert legends(Command.DELETE) == ("D / В",)
    assert legends(Command.UNDO)[1] == "Backspace"


def test_a_question_mark_opens_the_sheet_in_both_layouts() -> None:
    assert struck(Qt.Key.Key_Question, "?", SHIFT) is Command.HELP
    # On a Russian board the question mark lies on Shift+7.
    assert struck(Qt.Key.Key_Question, "?", SHIFT, 16) is Command.HELP
    assert struck(Qt.Key.Key_Ampersand, "&", SHIFT, 16) is None
    assert struck(Qt.Key.Key_F1) is Command.HELP


def test_modifiers_belong_to_the_key() -> None:
    assert struck(Qt.Key.Key_Z, modifiers=CTRL) is Command.UNDO
    assert struck(Qt.Key.Key_Z) is Command.ZEN
    assert struck(Qt.Key.Key_D, modifiers=CTRL) is None
    assert struck(Qt.Key.Key_D, modifiers=Qt.KeyboardModifier.AltModifier) is None


def test_text_is_typed_into_editable_fields_only(qapp: QApplication) -> None:
    editable, chosen, read, rich = QComboBox(), QComboBox(), QPlainTextEdit(), QTextEdit()
    editable.setEditable(True)
    read.setReadOnly(True)
    fields: list[QWidget] = [QLineEdit(), QSpinBox(), editable, QPlainTextEdit(), rich]
    assert all(takes_text(field) for field in fields)
    assert not any(takes_text(other) for other in (chosen, read, QPushButton(), None))


def test_a_key_released_and_pressed_in_one_instant_is_a_held_key(qapp: QApplication) -> None:
    """So X11 repeats; Qt marks it as repeated only when it has both events already."""
    window, heard = QWidget(), list[Command]()
    keys = KeyFilter(window, lambda: True)
    keys.heard.connect(heard.append)
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    held = ((press, 1000), (release, 1660), (press, 1660), (release, 1700), (press, 1701), (release, 1740))
    for kind, moment in held:
        event = QKeyEvent(kind, Qt.Key.Key_D, NONE, D_ON_X11, 0, 0, "d")
        event.setTimestamp(moment)
        QApplication.sendEvent(window, event)
    assert heard == [Command.DELETE]
    second = QKeyEvent(press, Qt.Key.Key_D, NONE, D_ON_X11, 0, 0, "d")
    second.setTimestamp(1790)
    QApplication.sendEvent(window, second)
    assert heard == [Command.DELETE, Command.DELETE]
    QApplication.instance().removeEventFilter(keys)  # type: ignore[union-attr]
