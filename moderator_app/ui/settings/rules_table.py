"""The table of rules: one is chosen, and switched on and off in place."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from moderator_app.ui.settings.columns import lay_out
from moderator_app.ui.settings.rules_model import Column, Index, RulesModel
from moderator_app.ui.widgets.row_delegate import RowDelegate

_LETTERS = {Column.THRESHOLD: 12, Column.WEIGHT: 8, Column.SUGGESTED: 22, Column.ACTS: 11, Column.RECORD: 18}

LEAST_ROWS = 4


class RulesTable(QTableView):
    """`rule_chosen` carries the row."""

    rule_chosen = Signal(int)

    def __init__(self, model: RulesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lay_out(self, _LETTERS, Column.RULE)
        self.setMinimumHeight(
            self.horizontalHeader().sizeHint().height() + LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        )

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            # The mark in the first column answers the space bar wherever the hand came from.
            if current.column() != Column.RULE:
                self.setCurrentIndex(current.sibling(current.row(), Column.RULE))
            elif current.row() != previous.row():
                self.rule_chosen.emit(current.row())
