"""The table of decisions; what arrives above the rows being read does not move them."""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtWidgets import QHeaderView, QWidget

from moderator_app.domain.decision import Choice
from moderator_app.language import _, choice_name
from moderator_app.ui.history import wording
from moderator_app.ui.history.history_model import Column, HistoryModel
from moderator_app.ui.history.line_delegate import LineDelegate
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.row_table import RowTable

ROW_PADDING = GRID

# A moment as wide as any, seen from another day of its year.
_WIDE = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
_THAT_YEAR = datetime(2026, 3, 1, tzinfo=UTC)

# In widths of an average letter.
_LETTERS = {
    Column.ACTIONS: 42,
    Column.AUTHOR: 18,
    Column.COMMUNITY: 18,
    Column.BY: 12,
    Column.REASON: 14,
}


class HistoryTable(RowTable):
    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setItemDelegate(LineDelegate(self))
        self._set_sizes()
        model.rowsInserted.connect(self._hold_still)
        self.setAccessibleName(_("Decisions, newest first"))

    def seen_rows(self) -> tuple[int, int]:
        """The first and last row in view."""
        last = self.rowAt(self.viewport().height() - 1)
        return max(0, self.rowAt(0)), last if last >= 0 else self.model().rowCount() - 1

    def _set_sizes(self) -> None:
        self.set_row_height(2 * ROW_PADDING)
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        for column, letters in _LETTERS.items():
            header.resizeSection(column, letters * metrics.averageCharWidth() + 2 * GRID)
        header.resizeSection(Column.TIME, metrics.horizontalAdvance(wording.short_time(_WIDE, _THAT_YEAR)) + 3 * GRID)
        longest = max(metrics.horizontalAdvance(choice_name(choice)) for choice in Choice)
        header.resizeSection(Column.CHOICE, longest + 3 * GRID)
        header.setSectionResizeMode(Column.MESSAGE, QHeaderView.ResizeMode.Stretch)

    def _hold_still(self, parent: QModelIndex, first: int, last: int) -> None:
        bar = self.verticalScrollBar()
        # At the very top new lines are what is looked for.
        if bar.value() > 0 and first <= bar.value():
            bar.setValue(bar.value() + last - first + 1)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Decisions, newest first"))
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._set_sizes()
        super().changeEvent(event)
