"""How the tables of the settings lay out their columns and rows."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from moderator_app.ui.theme import GRID

Column = TypeVar("Column", bound=int)


def lay_out(table: QTableView, letters: Mapping[Column, int], stretched: Column) -> None:
    """Give columns room for so many letters, the `stretched` one the rest, and all rows one height."""
    rows, header, metrics = table.verticalHeader(), table.horizontalHeader(), table.fontMetrics()
    rows.setVisible(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(metrics.height() + 12)
    # A header that can be clicked asks for every cell below it when all rows are chosen.
    header.setSectionsClickable(False)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, count in letters.items():
        header.resizeSection(column, count * metrics.averageCharWidth() + 2 * GRID)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
