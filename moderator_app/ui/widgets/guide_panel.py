"""The line above the queue that says which key to press next, and how far the tour has come."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class GuidePanel(QWidget):
    """`left`: somebody has had enough, or has come to the end."""

    left = Signal()

    def __init__(self, steps: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._key, self._said = label(title=True), label(wrap=True)
        self._place = label(tone="muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, steps)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Steps of the tour"))
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for part, stretch in ((self._key, 0), (self._said, 1), (self._place, 0), (self.button, 0)):
            row.addWidget(part, stretch)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.addLayout(row)
        box.addWidget(self._bar)
        self.setProperty("panel", True)
        self.setProperty("rule", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def text(self) -> str:
        return f"{self._key.text()} {self._said.text()}"

    def show_step(self, done: int, key: str, text: str) -> None:
        self._key.setText(key)
        self._say(done, text, _("Leave the tour"))
        self._place.setText(_("{step} of {steps}").format(step=done + 1, steps=self._steps))

    def show_end(self, text: str) -> None:
        self._key.setText("✓")
        self._place.setText("")
        self._say(self._steps, text, _("To the console"))

    def _say(self, done: int, text: str, button: str) -> None:
        self._said.setText(text)
        self._bar.setValue(done)
        self.button.setText(button)
        self.setAccessibleName(self.text())
