"""The three panes of the queue page, whose widths the moderator moves."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from moderator_app.ui.theme import GRID

PANES = (200, 560, 520)
CARD_LETTERS = 54


def fill(splitter: QSplitter, left: Sequence[QWidget], middle: Sequence[QWidget], right: Sequence[QWidget]) -> None:
    """Stand the widgets under each other in their panes."""
    panes = [_pane(widgets) for widgets in (left, middle, right)]
    letter = splitter.fontMetrics().averageCharWidth()
    for pane, least in zip(panes, (18 * GRID, 34 * GRID, CARD_LETTERS * letter), strict=True):
        pane.setMinimumWidth(least)
        splitter.addWidget(pane)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    splitter.setStretchFactor(1, 1)
    splitter.setStretchFactor(2, 1)
    splitter.setSizes(list(PANES))


def _pane(widgets: Sequence[QWidget]) -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return pane
