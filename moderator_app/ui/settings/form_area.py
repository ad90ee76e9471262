"""Room for a form of changing length: it scrolls where the window is small, and never moves what stands around it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from moderator_app.ui.theme import GRID

LEAST_HEIGHT = 16 * GRID


class FormArea(QScrollArea):
    """`most` is the height of the longest content, 0 for all that there is."""

    def __init__(self, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setProperty("panel", True)
        self.content = QVBoxLayout(inner)
        self.content.setContentsMargins(0, 0, GRID, 0)
        self.content.setSpacing(GRID)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Never seen at usual sizes; where letters are twice as large, a wide form can still be read to its end.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWidget(inner)
        self.setMinimumHeight(LEAST_HEIGHT)
        if most:
            self.setMaximumHeight(most)

    # Qt

    def sizeHint(self) -> QSize:
        # A page of wrapped texts is made as high as it would like to be, and the window scrolls it: ask for little.
        return QSize(super().sizeHint().width(), LEAST_HEIGHT)
