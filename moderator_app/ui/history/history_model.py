"""The loaded lines of the history, newest first, as a table that grows from its end."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from moderator_app.domain.decision import ActionState
from moderator_app.domain.history import HistoryLine
from moderator_app.language import _, choice_name, decider_name, format_moment
from moderator_app.ui.history import wording
from moderator_app.ui.names import named

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

LINE_ROLE = Qt.ItemDataRole.UserRole
UNDONE_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    TIME = 0
    CHOICE = 1
    ACTIONS = 2
    MESSAGE = 3
    AUTHOR = 4
    COMMUNITY = 5
    BY = 6
    REASON = 7


class HistoryModel(QAbstractTableModel):
    """`more_wanted` asks for the lines before the oldest one; whoever hears it answers with `append`."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None, clock: Callable[[], datetime] = wording.now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._lines: list[HistoryLine] = []
        self._complete = True
        self._asked = False

    @property
    def oldest(self) -> int | None:
        return self._lines[-1].decision.decision if self._lines else None

    @property
    def complete(self) -> bool:
        """Whether nothing older is left to load."""
        return self._complete

    @property
    def awaits_more(self) -> bool:
        """Whether a page was asked for that has not come yet."""
        return self._asked

    def known(self, decisions: Iterable[int]) -> frozenset[int]:
        return frozenset(decision for decision in decisions if self.row_of(decision) is not None)

    def given_back(self) -> frozenset[int]:
        """The decisions shown whose items are back in the queue."""
        return frozenset(line.decision.decision for line in self._lines if line.given_back)

    def row_of(self, decision: int) -> int | None:
        row = self._place(decision)
        found = row < len(self._lines) and self._lines[row].decision.decision == decision
        return row if found else None

    def line(self, row: int) -> HistoryLine:
        return self._lines[row]

    def restart(self, lines: Sequence[HistoryLine], complete: bool) -> None:
        """Show the first page of another filter."""
        self.beginResetModel()
        self._lines = list(lines)
        self._complete, self._asked = complete, False
        self.endResetModel()

    def append(self, lines: Sequence[HistoryLine], complete: bool) -> None:
        self._complete, self._asked = complete, False
        if lines:
            first = len(self._lines)
            self.beginInsertRows(_NOWHERE, first, first + len(lines) - 1)
            self._lines.extend(lines)
            self.endInsertRows()

    def give_up(self) -> None:
        """The page asked for could not be read; scrolling asks again."""
        self._asked = False

    def update(self, lines: Iterable[HistoryLine]) -> None:
        for line in lines:
            row = self.row_of(line.decision.decision)
            if row is not None and self._lines[row] != line:
                self._lines[row] = line
                self._row_changed(row)

    def insert(self, lines: Iterable[HistoryLine]) -> None:
        """Put lines that came up since at their places."""
        for line in lines:
            row = self._place(line.decision.decision)
            if self.row_of(line.decision.decision) is None:
                self.beginInsertRows(_NOWHERE, row, row)
                self._lines.insert(row, line)
                self.endInsertRows()

    def tick(self, first: int, last: int) -> bool:
        """Count the seconds down in the rows from `first` to `last`; False when there is nothing to count."""
        rows = [row for row in range(first, min(last + 1, len(self._lines))) if _counts_down(self._lines[row])]
        for row in rows:
            cell = self.index(row, Column.ACTIONS)
            self.dataChanged.emit(cell, cell)
        return bool(rows)

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))

    def _place(self, decision: int) -> int:
        # Newest first: ascending by the negated id.
        return bisect_left(self._lines, -decision, key=lambda line: -line.decision.decision)

    def _row_changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _CELLS[column](line, self._clock())
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole if column is Column.ACTIONS:
                return "\n".join(wording.full_state(action, self._clock()) for action in line.decision.actions)
            case Qt.ItemDataRole.ToolTipRole if column is Column.TIME:
                return format_moment(line.decision.at)
            case Qt.ItemDataRole.UserRole:
                return line
        return line.decision.undone is not None if role == UNDONE_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return _HEADERS[Column(section)]()


def _counts_down(line: HistoryLine) -> bool:
    return any(action.state in (ActionState.PENDING, ActionState.WAITING) for action in line.decision.actions)


def _choice(line: HistoryLine, now: datetime) -> str:
    name = choice_name(line.decision.choice)
    return _("{choice} (undone)").format(choice=name) if line.decision.undone else name


def _actions(line: HistoryLine, now: datetime) -> str:
    return "   ".join(words for _state, words in wording.brief_states(line.decision.actions, now))


_CELLS: Mapping[Column, Callable[[HistoryLine, datetime], str]] = {
    Column.TIME: lambda line, now: wording.short_time(line.decision.at, now),
    Column.CHOICE: _choice,
    Column.ACTIONS: _actions,
    Column.MESSAGE: lambda line, now: wording.excerpt(line),
    Column.AUTHOR: lambda line, now: named(line.author_name, line.author),
    Column.COMMUNITY: lambda line, now: named(line.community_name, line.key.community),
    Column.BY: lambda line, now: decider_name(line.decision.by),
    Column.REASON: lambda line, now: line.decision.reason,
}

_HEADERS: Mapping[Column, Callable[[], str]] = {
    Column.TIME: lambda: _("Time"),
    Column.CHOICE: lambda: _("Decision"),
    Column.ACTIONS: lambda: _("Actions"),
    Column.MESSAGE: lambda: _("Message"),
    Column.AUTHOR: lambda: _("Author"),
    Column.COMMUNITY: lambda: _("Community"),
    Column.BY: lambda: _("By"),
    Column.REASON: lambda: _("Reason"),
}
