"""The loaded stretch of the queue as a Qt model: rows in their order, decided ones fading among them."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.queue import Closed, QueuePage, QueueRow

Index = QModelIndex | QPersistentModelIndex
Place = tuple[float, int]

ENTRY = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


@dataclass(slots=True)
class Entry:
    """A row and what became of it.

    `choice` is None while undecided. `due` is when the decision leaves the machine, None until it is stored.
    `error` says why a decision could not be stored. `by` is who decided it elsewhere, empty for this screen.
    `closing` says what somebody did on the platform, so that nothing is left to decide. `ticked`: chosen, with others,
    for one decision. `more` is what was said besides about the decision: its length, its reason.
    """

    row: QueueRow
    choice: Choice | None = None
    due: datetime | None = None
    newest: bool = False
    error: str = ""
    by: str = ""
    closing: Note | None = None
    ticked: bool = False
    more: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.choice is None and self.closing is None

    @property
    def is_closed_elsewhere(self) -> bool:
        return bool(self.by) or self.closing is not None

    @property
    def place(self) -> Place:
        return self.row.rank, self.row.item


Describe = Callable[[Entry], str]


class QueueModel(QAbstractTableModel):
    """One column, one row per item. `more_wanted` asks for the next page of the database."""

    more_wanted = Signal()

    def __init__(self, describe: Describe, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._entries: list[Entry] = []
        self._items: dict[int, Entry] = {}
        self._after: Place | None = None

    def start(self, page: QueuePage) -> None:
        """Show another snapshot of the queue, decided rows staying until they leave. The only reset."""
        self.beginResetModel()
        fading = {entry.row.item: entry for entry in self._entries if not entry.is_open}
        ticked = set(self.ticked())
        fresh = (Entry(row, ticked=row.item in ticked) for row in page.rows if row.item not in fading)
        self._entries = sorted((*fresh, *fading.values()), key=lambda entry: entry.place)
        self._items = {entry.row.item: entry for entry in self._entries}
        self._after = page.after
        self.endResetModel()

    def append(self, page: QueuePage) -> None:
        """Continue the list with the page that was asked for."""
        fresh = [Entry(row) for row in page.rows if row.item not in self._items]
        self._after = page.after
        if fresh:
            first = len(self._entries)
            self.beginInsertRows(_ROOT, first, first + len(fresh) - 1)
            self._entries.extend(fresh)
            self._items.update((entry.row.item, entry) for entry in fresh)
            self.endInsertRows()

    @property
    def continues_after(self) -> Place | None:
        """Where the next page begins; None when everything is loaded."""
        return self._after

    def entry(self, item: int) -> Entry | None:
        return self._items.get(item)

    def entry_at(self, row: int) -> Entry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, item: int) -> int:
        """The item's line, -1 where it is not loaded."""
        entry = self._items.get(item)
        return self._line(entry.place) if entry else -1

    def entries(self) -> Sequence[Entry]:
        return self._entries

    def loaded(self, items: Collection[int]) -> set[int]:
        """Those of `items` that are in the list; the time it takes does not grow with an import's thousands."""
        if len(items) < len(self._items):
            return {item for item in items if item in self._items}
        return {item for item in self._items if item in items}

    def items(self) -> frozenset[int]:
        return frozenset(self._items)

    def of_campaigns(self, campaigns: Collection[int]) -> set[int]:
        """The undecided items of the list that stand for `campaigns`."""
        return {row.item for row in self._undecided() if row.campaign in campaigns}

    def campaigns_of(self, items: Collection[int]) -> set[int]:
        """The campaigns for which undecided ones of `items` stand."""
        entries = (self._items[item] for item in items if item in self._items)
        rows = (entry.row for entry in entries if entry.is_open)
        return {row.campaign for row in rows if row.campaign is not None}

    def ticked(self) -> tuple[int, ...]:
        """The undecided items that are ticked, in their order."""
        return tuple(entry.row.item for entry in self._entries if entry.ticked and entry.is_open)

    def tick(self, items: Iterable[int], ticked: bool) -> None:
        for item in items:
            entry = self._items.get(item)
            if entry is not None and entry.ticked != ticked:
                entry.ticked = ticked
                self._touch(entry)

    def newer_than(self, revision: int) -> int:
        """How many undecided rows of the list entered the queue after a revision."""
        return sum(row.entered > revision for row in self._undecided())

    def _undecided(self) -> Iterator[QueueRow]:
        return (entry.row for entry in self._entries if entry.is_open)

    def show_rows(self, rows: Iterable[QueueRow]) -> None:
        """Take over rows as stored now: known ones in place, others where they belong in the loaded stretch."""
        for row in rows:
            known = self._items.get(row.item)
            if known is not None and known.row.rank == row.rank:
                known.row = row
                if known.due is not None or known.is_closed_elsewhere:
                    # Stored as decided, and open again: someone took the decision back.
                    known.choice, known.due, known.by, known.closing = None, None, "", None
                self._touch(known)
                continue
            if known is not None:
                self.remove([row.item])
            if self._after is None or (row.rank, row.item) < self._after:
                self._insert(Entry(row))

    def fold(self, keep: Collection[int]) -> None:
        """Leave each campaign one undecided row: one of `keep` where there is one, otherwise the first."""
        standing: dict[int, int] = {}
        kept_first = sorted(self._undecided(), key=lambda row: row.item not in keep)
        self.remove(
            [
                row.item
                for row in kept_first
                if row.campaign is not None and standing.setdefault(row.campaign, row.item) != row.item
            ]
        )

    def remove(self, items: Iterable[int]) -> None:
        for item in items:
            line = self.row_of(item)
            if line >= 0:
                self.beginRemoveRows(_ROOT, line, line)
                del self._entries[line], self._items[item]
                self.endRemoveRows()

    def mark(
        self,
        item: int,
        choice: Choice | None,
        due: datetime | None = None,
        newest: bool = False,
        error: str = "",
        more: str = "",
    ) -> None:
        """Say what became of an item; `choice` None makes it undecided again."""
        entry = self._items.get(item)
        if entry is None:
            return
        before = replace(entry)
        entry.choice, entry.due, entry.newest, entry.error = choice, due, newest, error
        entry.by, entry.closing, entry.more = "", None, more
        # What comes back by an undo is not chosen any more.
        entry.ticked = entry.ticked and choice is None
        # All that is pending is marked with each decision: painting all of it would keep the next card waiting.
        if entry != before:
            self._touch(entry)

    def mark_closed(self, closed: Closed) -> None:
        """Say what someone else decided about an item, or did on the platform."""
        entry = self._items.get(closed.item)
        if entry is not None:
            entry.choice, entry.by, entry.closing, entry.error = closed.choice, closed.by, closed.note, ""
            self._touch(entry)

    def touch(self, items: Iterable[int]) -> None:
        """Paint the rows of `items` again."""
        for item in items:
            if item in self._items:
                self._touch(self._items[item])

    def _insert(self, entry: Entry) -> None:
        line = self._line(entry.place)
        self.beginInsertRows(_ROOT, line, line)
        self._entries.insert(line, entry)
        self._items[entry.row.item] = entry
        self.endInsertRows()

    def _line(self, place: Place) -> int:
        return bisect_left(self._entries, place, key=lambda entry: entry.place)

    def _touch(self, entry: Entry) -> None:
        index = self.index(self._line(entry.place), 0)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry_at(index.row())
        if entry is None:
            return None
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._describe(entry)
        return None

    def canFetchMore(self, parent: Index = _ROOT) -> bool:
        return not parent.isValid() and self._after is not None

    def fetchMore(self, parent: Index = _ROOT) -> None:
        self.more_wanted.emit()
