"""Says kindly that there is nothing here, and what would change that."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from moderator_app.ui.names import breakable
from moderator_app.ui.theme import GRID

TEXT_WIDTH = 440
LEAST_WIDTH = 200
_JOINER = "\N{WORD JOINER}"


class EmptyPanel(QWidget):
    """`button` and `other` are hidden until they are given a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._text = QLabel(), QLabel()
        self._title.setProperty("title", True)
        self._text.setProperty("tone", "muted")
        for label in (self._title, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self.button, self.other = QPushButton(), QPushButton()
        box = QVBoxLayout(self)
        box.setSpacing(GRID)
        box.addStretch(1)
        for widget in (self._title, self._text, self.button, self.other):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def say(self, title: str, text: str, button: str = "", other: str = "") -> None:
        self._title.setText(title)
        # The name of an option is no place to break a line.
        self._text.setText(breakable(text).replace("--", f"-{_JOINER}-{_JOINER}"))
        for shown, words in ((self.button, button), (self.other, other)):
            shown.setText(words)
            shown.setVisible(bool(words))
        self._fit()

    def _fit(self) -> None:
        width = max(0, min(TEXT_WIDTH, self.width() - 4 * GRID))
        # A label is never said to be lower than the height it was fixed to before.
        self._text.setMinimumHeight(0)
        self._text.setFixedWidth(width)
        # A centred label is not asked how high it is at this width.
        self._text.setFixedHeight(max(0, self._text.heightForWidth(width)))

    # Qt

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
