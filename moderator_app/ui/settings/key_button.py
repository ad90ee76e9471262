"""A button that shows a key and, once pressed, takes the next one that is struck."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton

from moderator_app.language import _
from moderator_app.ui.keys import TAKES_KEYS
from moderator_app.ui.physical_keys import Key, pressed

_MODIFIERS = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
    }
)


class KeyButton(QPushButton):
    """`struck` carries a stroke; `unknown`: a key that has no part in the console. Esc and Tab leave all as it was."""

    struck = Signal(object)
    unknown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = self._legend = ""
        self._asks = False
        self.clicked.connect(lambda: self._ask(True))

    @property
    def asks(self) -> bool:
        """Whether the next key is taken."""
        return self._asks

    def show_key(self, name: str, legend: str) -> None:
        self._name, self._legend = name, legend
        self._ask(self._asks)

    def _ask(self, asks: bool) -> None:
        self._asks = asks
        self.setProperty(TAKES_KEYS, asks)
        self.setText(_("Press a key…") if asks else self._legend)
        self.setAccessibleName(f"{self._name}: {self.text()}")

    # Qt

    def event(self, event: QEvent) -> bool:
        # Otherwise Tab would move the focus, and a shortcut of Qt's own would take the key.
        if self._asks and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._asks:
            super().keyPressEvent(event)
            return
        event.accept()
        if event.key() in _MODIFIERS or event.isAutoRepeat():
            return
        key, held = pressed(event), event.modifiers()
        self._ask(False)
        if key is Key.ESCAPE:
            return
        if key is None or held & Qt.KeyboardModifier.MetaModifier:
            self.unknown.emit()
            return
        ctrl, shift, alt = (
            bool(held & each)
            for each in (
                Qt.KeyboardModifier.ControlModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.AltModifier,
            )
        )
        self.struck.emit((key, ctrl, shift, alt))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        # The key that was taken is released over a button: Space would press it again.
        if event.key() == Qt.Key.Key_Space and not self.isDown():
            event.accept()
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._asks:
            self._ask(False)
        super().focusOutEvent(event)
