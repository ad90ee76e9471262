"""Small tables of plain lines inside the card, filled anew with every item."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class Section(QWidget):
    """A heading over a grid of labels; hidden while it has no line."""

    def __init__(self, stretched: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("section", True)
        self._heading = label(heading=True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(stretched, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._heading)
        column.addLayout(self._grid)
        self.hide()

    def head(self, text: str) -> None:
        self._heading.setText(text)

    def fill(self, lines: list[tuple[QLabel, ...]]) -> None:
        self._clear()
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        self.setVisible(bool(lines))

    def texts(self) -> list[str]:
        """Every cell as shown, line by line."""
        items = (self._grid.itemAt(place) for place in range(self._grid.count()))
        cells = (item.widget() for item in items if item is not None)
        return [cell.text() for cell in cells if isinstance(cell, QLabel)]

    def _clear(self) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            if (cell := taken.widget()) is not None:
                # Not yet deleted, it would stand under the new cells for a moment.
                cell.hide()
                cell.deleteLater()
