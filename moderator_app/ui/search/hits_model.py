"""What was found as a Qt model: numbers at once, rows as they come into view."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from moderator_app.domain.search import Found, Hit
from moderator_app.language import _, choice_name, decider_name, format_moment
from moderator_app.ui.history.wording import short_time
from moderator_app.ui.names import named

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

HIT = Qt.ItemDataRole.UserRole
PAGE = 100


class Column(IntEnum):
    TIME = 0
    AUTHOR = 1
    COMMUNITY = 2
    MESSAGE = 3
    STATE = 4


class HitsModel(QAbstractTableModel):
    """`more_wanted` asks for the rows behind those loaded."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found = Found()
        self._hits: list[Hit] = []
        self._asked = False

    @property
    def found(self) -> Found:
        return self._found

    @property
    def missing(self) -> Sequence[int]:
        """The next messages that are not loaded."""
        return self._found.messages[len(self._hits) : len(self._hits) + PAGE]

    def start(self, found: Found, hits: Sequence[Hit]) -> None:
        """Show what was found, of which the first rows are there."""
        self.beginResetModel()
        self._found, self._hits, self._asked = found, list(hits), False
        self.endResetModel()

    def append(self, found: Found, hits: Sequence[Hit]) -> None:
        """Continue the list, unless something else is searched for by now."""
        self._asked = False
        if found is self._found and hits:
            first = len(self._hits)
            self.beginInsertRows(_ROOT, first, first + len(hits) - 1)
            self._hits.extend(hits)
            self.endInsertRows()

    def give_up(self) -> None:
        """The rows asked for could not be read; scrolling asks again."""
        self._asked = False

    def update(self, hits: Sequence[Hit]) -> None:
        """Take over rows as they are stored now."""
        fresh = {hit.message: hit for hit in hits}
        for line, hit in enumerate(self._hits):
            if (now := fresh.get(hit.message)) is not None and now != hit:
                self._hits[line] = now
                self.dataChanged.emit(self.index(line, 0), self.index(line, len(Column) - 1))

    def hit(self, line: int) -> Hit | None:
        return self._hits[line] if 0 <= line < len(self._hits) else None

    def of_items(self, items: frozenset[int]) -> list[int]:
        """The loaded messages of these items."""
        return [hit.message for hit in self._hits if hit.item in items]

    def retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._hits:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._hits) - 1, len(Column) - 1))

    # Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index = _ROOT) -> bool:
        return not parent.isValid() and not self._asked and len(self._hits) < len(self._found.messages)

    def fetchMore(self, parent: Index = _ROOT) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index.row())
        if hit is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _CELLS[Column(index.column())](hit)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.TIME:
            return format_moment(hit.date)
        return hit if role == HIT else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return _HEADERS[Column(section)]()


def state_words(hit: Hit) -> str:
    """Where a message stands: `waits in the queue · edited`."""
    said = []
    if hit.is_open:
        said.append(_("waits in the queue"))
    elif hit.choice is not None:
        said.append(_("{choice} by {by}").format(choice=choice_name(hit.choice), by=decider_name(hit.by)))
    if hit.deleted:
        said.append(_("deleted"))
    if hit.edited:
        said.append(_("edited"))
    return " · ".join(said)


_CELLS: Mapping[Column, Callable[[Hit], str]] = {
    Column.TIME: lambda hit: short_time(hit.date, datetime.now(UTC)),
    Column.AUTHOR: lambda hit: named(hit.author_name) or _("Unknown author"),
    Column.COMMUNITY: lambda hit: named(hit.community.name, hit.community.key.community),
    Column.MESSAGE: lambda hit: hit.excerpt,
    Column.STATE: state_words,
}

_HEADERS: Mapping[Column, Callable[[], str]] = {
    Column.TIME: lambda: _("Time"),
    Column.AUTHOR: lambda: _("Author"),
    Column.COMMUNITY: lambda: _("Community"),
    Column.MESSAGE: lambda: _("Message"),
    Column.STATE: lambda: _("State"),
}
