"""The counts behind the charts as a table, newest first: the same values for who reads instead of looking."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from moderator_app.language import _, format_number
from moderator_app.ui.dashboard.span_names import full_name
from moderator_app.ui.dashboard.spans import Span, Width

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    DAYS = 0
    MESSAGES = 1
    FLAGGED = 2
    PROFANITY = 3


class DaysModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._width = Width.DAY

    def show_spans(self, spans: Sequence[Span], width: Width) -> None:
        self.beginResetModel()
        self._spans, self._width = tuple(reversed(spans)), width
        self.endResetModel()

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._spans:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._spans) - 1, len(Column) - 1))

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._spans)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        span = self._spans[index.row()]
        return full_name(span, self._width) if column is Column.DAYS else format_number(_COUNTS[column](span))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return _HEADERS[Column(section)]() if role == Qt.ItemDataRole.DisplayRole else None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column is Column.DAYS else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


_COUNTS: Mapping[Column, Callable[[Span], int]] = {
    Column.MESSAGES: lambda span: span.messages,
    Column.FLAGGED: lambda span: span.flagged,
    Column.PROFANITY: lambda span: span.profanity,
}

_HEADERS: Mapping[Column, Callable[[], str]] = {
    Column.DAYS: lambda: _("Days"),
    Column.MESSAGES: lambda: _("Messages"),
    Column.FLAGGED: lambda: _("Flagged"),
    Column.PROFANITY: lambda: _("Obscene words"),
}
