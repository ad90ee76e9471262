"""Small tables of plain lines inside the card, filled anew with every item."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from moderator_app.ui.theme import GRID, tabular
from moderator_app.ui.widgets.labels import foreign, label, set_tone


@dataclass(frozen=True, slots=True)
class Cell:
    """`said`: written by members of a chat, so it is wrapped and can be copied. `figure`: a number at the right."""

    text: str = ""
    tone: str = ""
    said: bool = False
    title: bool = False
    figure: bool = False

    @property
    def kind(self) -> tuple[bool, bool, bool]:
        return self.said, self.title, self.figure


Line = tuple[Cell, ...]


class Section(QWidget):
    """A heading over a grid of labels; hidden while it has no line.

    Labels are kept from item to item: making and styling them anew takes most of a card's time.
    """

    def __init__(self, stretched: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[tuple[int, int], tuple[Cell, QLabel]] = {}
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
        self._heading.hide()
        self.hide()

    def head(self, text: str) -> None:
        self._heading.setText(text)
        self._heading.setVisible(bool(text))

    def align(self, *, with_others: Sequence["Section"]) -> None:
        """Give the first column of all these sections one width."""
        sections = (self, *with_others)
        firsts = [made for one in sections for (_row, column), (_cell, made) in one._labels.items() if column == 0]
        widest = max((made.sizeHint().width() for made in firsts), default=0)
        for one in sections:
            one._grid.setColumnMinimumWidth(0, widest)

    def fill(self, lines: Sequence[Line]) -> None:
        wanted = {(row, column): cell for row, line in enumerate(lines) for column, cell in enumerate(line)}
        for place in [place for place in self._labels if place not in wanted]:
            self._drop(place)
        for place, cell in wanted.items():
            self._put(place, cell)
        self.setVisible(bool(lines))

    def texts(self) -> list[str]:
        """Every cell as shown, line by line."""
        return [self._labels[place][1].text() for place in sorted(self._labels)]

    def _put(self, place: tuple[int, int], cell: Cell) -> None:
        known = self._labels.get(place)
        if known is not None and known[0].kind == cell.kind:
            known[1].setText(cell.text)
            set_tone(known[1], cell.tone)
            self._labels[place] = cell, known[1]
            return
        self._drop(place)
        made = _label(cell)
        self._grid.addWidget(made, *place, Qt.AlignmentFlag.AlignTop)
        self._labels[place] = cell, made

    def _drop(self, place: tuple[int, int]) -> None:
        known = self._labels.pop(place, None)
        if known is not None:
            # Not yet deleted, it would stand under the new cell for a moment.
            known[1].hide()
            self._grid.removeWidget(known[1])
            known[1].deleteLater()


def _label(cell: Cell) -> QLabel:
    make = foreign if cell.said else label
    made = make(cell.text, tone=cell.tone, title=cell.title)
    if cell.figure:
        made.setFont(tabular(made.font()))
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made
