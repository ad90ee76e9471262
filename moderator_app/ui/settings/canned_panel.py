"""Edits what is chosen by a digit: the reasons, and the words of warnings, in both languages."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from moderator_app.domain.canned import MOST
from moderator_app.language import _
from moderator_app.settings import Settings, show
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

_ROWS = 6


class CannedPanel(QWidget):
    """`chosen` carries the key of a setting and its new value."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = {key: _Lines() for key in _NAMES}
        self._labels = {key: label(wrap=True) for key in _NAMES}
        self._title, self._said = label(title=True, wrap=True), label(tone="muted", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2 * GRID, 0, 0)
        grid.setVerticalSpacing(GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.addWidget(self._title, 0, 0, 1, 2)
        for place, (key, field) in enumerate(self.fields.items()):
            row, column = 1 + 2 * (place // 2), place % 2
            grid.addWidget(self._labels[key], row, column)
            grid.addWidget(field, row + 1, column)
            self._labels[key].setBuddy(field)
            field.left.connect(lambda key=key: self._give(key))
        grid.addWidget(self._said, 5, 0, 1, 2)
        self._stored: dict[str, str] = {}
        self._retranslate()

    def show_settings(self, settings: Settings) -> None:
        values = show(settings)
        for key, field in self.fields.items():
            self._stored[key] = str(values[key])
            if not field.hasFocus():
                with QSignalBlocker(field):
                    field.setPlainText(self._stored[key])

    def _give(self, key: str) -> None:
        """What was written counts when the field is left; nothing at all is no list to choose from."""
        text = "\n".join(line.strip() for line in self.fields[key].toPlainText().splitlines() if line.strip())
        if not text:
            self.fields[key].setPlainText(self._stored.get(key, ""))
        elif text != self._stored.get(key):
            self._stored[key] = text
            self.chosen.emit(key, text)

    def _retranslate(self) -> None:
        self._title.setText(_("Chosen by a digit"))
        for key, name in _NAMES.items():
            self._labels[key].setText(name())
            self.fields[key].setAccessibleName(name())
        self._said.setText(
            _(
                "One a line, the first {most} have a digit; the same line means the same in both languages. In warnings"
                " {level} is the number of the member's violation; [...{mute}...] and [...{ban}...] are left out where"
                " no such step of the ladder is to come. The first warning is used unless a digit says otherwise."
            ).format(most=MOST, level="{level}", mute="{mute}", ban="{ban}")
        )

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


_NAMES: dict[str, Callable[[], str]] = {
    "reasons.ru": lambda: _("Reasons, in Russian"),
    "reasons.en": lambda: _("Reasons, in English"),
    "warnings.ru": lambda: _("Warnings to Russian communities"),
    "warnings.en": lambda: _("Warnings to English communities"),
}


class _Lines(QPlainTextEdit):
    """`left`: the focus has gone elsewhere."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("field", "true")
        self.setTabChangesFocus(True)
        self.setFixedHeight(_ROWS * self.fontMetrics().lineSpacing() + 2 * GRID)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
