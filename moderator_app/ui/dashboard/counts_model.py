"""Names with their counts, highest first, as a table of two columns."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from moderator_app.language import format_number
from moderator_app.ui.names import as_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

# The count as a share of the highest, 0-1.
SHARE_ROLE = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    NAME = 0
    COUNT = 1


class CountsModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, int], ...] = ()
        self._headers = ("", "")

    def show_counts(self, rows: Sequence[tuple[str, int]]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def name_columns(self, name: str, count: str) -> None:
        self._headers = (name, count)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        name, count = self._rows[index.row()]
        counts = index.column() == Column.COUNT
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return format_number(count) if counts else name
            case Qt.ItemDataRole.ToolTipRole if not counts:
                return as_tip(name)
            case Qt.ItemDataRole.TextAlignmentRole if counts:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.UserRole:
                return count / max(1, self._rows[0][1])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None
