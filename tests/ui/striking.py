"""Strikes keys as a keyboard does under a Latin and under a Russian layout."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from moderator_app.ui.physical_keys import RUSSIAN, Key
from tests.ui.shop import Shop
from tests.ui.until import until

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

_NAMED = {
    Key.SPACE: Qt.Key.Key_Space,
    Key.BACKSPACE: Qt.Key.Key_Backspace,
    Key.ESCAPE: Qt.Key.Key_Escape,
    Key.ENTER: Qt.Key.Key_Return,
}


def strike(at: Shop, key: Key, modifiers: Qt.KeyboardModifier = NONE, *, russian: bool = False) -> None:
    """The key where the focus is, with the letter that the layout gives it."""
    letter = RUSSIAN.get(key, key.value) if russian else key.value
    code = _NAMED[key].value if key in _NAMED else ord(letter)
    text = letter.lower() if len(letter) == 1 and modifiers == NONE else ""
    target = QApplication.focusWidget() or at.window
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, code, modifiers, text))


async def armed(at: Shop, item: int | None = None) -> None:
    """Wait until the card can be decided on, that of `item` if given."""
    queue = at.session.queue
    await until(lambda: queue.is_armed and item in (None, queue.view.item))


def items(at: Shop) -> list[int]:
    return [entry.row.item for entry in at.session.queue.model.entries()]


def told(at: Shop) -> str:
    return " | ".join(notice.text for notice in at.said)
