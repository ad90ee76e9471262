"""The table of stop words: many can be chosen and removed at once, each cell is edited in place."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from moderator_app.domain.message import CommunityKey
from moderator_app.ui.settings.stop_words_delegate import StopWordsDelegate
from moderator_app.ui.settings.stop_words_model import Column, StopWordsModel
from moderator_app.ui.theme import GRID

_LETTERS = {Column.KIND: 26, Column.LABEL: 16, Column.COMMUNITY: 22}


class StopWordsTable(QTableView):
    remove_wanted = Signal()

    def __init__(self, model: StopWordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = model
        self._delegate = StopWordsDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._set_sizes()

    def show_communities(self, names: dict[CommunityKey, str]) -> None:
        self._delegate.show_communities(names)
        self._words.show_communities(names)

    def chosen_rows(self) -> set[int]:
        # By ranges: Qt's own list of rows asks for every cell of 100,000.
        ranges = self.selectionModel().selection()
        return {row for each in ranges.toList() for row in range(each.top(), each.bottom() + 1)}

    def show_row(self, row: int) -> None:
        """Choose a row and bring it into view."""
        index = self._words.index(row, Column.TEXT)
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, chosen)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _set_sizes(self) -> None:
        rows, header, metrics = self.verticalHeader(), self.horizontalHeader(), self.fontMetrics()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(metrics.height() + 12)
        # A header that can be clicked asks for every cell below it when all rows are chosen.
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, letters in _LETTERS.items():
            header.resizeSection(column, letters * metrics.averageCharWidth() + 2 * GRID)
        header.setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.state() is not QAbstractItemView.State.EditingState:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)
