"""The table of stop words: many can be chosen and removed at once, each cell is edited in place."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from moderator_app.domain.message import CommunityKey
from moderator_app.ui.settings.columns import lay_out
from moderator_app.ui.settings.stop_words_delegate import StopWordsDelegate
from moderator_app.ui.settings.stop_words_model import Column, StopWordsModel

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
        lay_out(self, _LETTERS, Column.TEXT)

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

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.state() is not QAbstractItemView.State.EditingState:
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)
