"""The stop words being edited, of which a search shows a part."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from moderator_app.domain.lists import StopWord, WordKind
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Label
from moderator_app.language import _, label_name, platform_name, word_kind_name
from moderator_app.ui.names import as_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

WRONG_ROLE = Qt.ItemDataRole.UserRole

# Asked for every cell of a selection: a constant keeps "select all" of 100,000 rows short.
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemNeverHasChildren
)


class Column(IntEnum):
    TEXT = 0
    KIND = 1
    LABEL = 2
    COMMUNITY = 3


class StopWordsModel(QAbstractTableModel):
    """Keeps all words in `words` and the places of the shown ones, so that a search costs no copy."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[StopWord] = []
        self._shown: list[int] = []
        self._search = ""
        self._communities: Mapping[CommunityKey, str] = {}
        self._wrong: dict[StopWord, str] = {}

    @property
    def words(self) -> tuple[StopWord, ...]:
        return tuple(self._words)

    def show_words(self, words: Sequence[StopWord]) -> None:
        self.beginResetModel()
        self._words = list(words)
        self._wrong.clear()
        self._find()
        self.endResetModel()

    def show_communities(self, names: Mapping[CommunityKey, str]) -> None:
        self._communities = names
        self._repaint()

    def search(self, text: str) -> None:
        self.beginResetModel()
        self._search = text.strip().casefold()
        self._find()
        self.endResetModel()

    def add(self, words: Iterable[StopWord]) -> int:
        """Append the words that are not there yet; returns their number."""
        there = set(self._words)
        fresh = [word for word in dict.fromkeys(words) if word not in there]
        if not fresh:
            return 0
        self.search("")
        first = len(self._words)
        self.beginInsertRows(_NOWHERE, first, first + len(fresh) - 1)
        self._words.extend(fresh)
        self._shown.extend(range(first, len(self._words)))
        self.endInsertRows()
        self.edited.emit()
        return len(fresh)

    def remove(self, rows: Iterable[int]) -> None:
        gone = {self._shown[row] for row in rows}
        if not gone:
            return
        self.beginResetModel()
        self._words = [word for place, word in enumerate(self._words) if place not in gone]
        self._find()
        self.endResetModel()
        self.edited.emit()

    def mark_wrong(self, text: str, why: str) -> int | None:
        """Mark the words that read `text` as refused; returns the row of the first, None when there is none."""
        self.search("")
        wrong = [place for place, word in enumerate(self._words) if word.text == text]
        self._wrong = {self._words[place]: why for place in wrong}
        self._repaint()
        return wrong[0] if wrong else None

    def clear_wrong(self) -> None:
        if self._wrong:
            self._wrong.clear()
            self._repaint()

    def retranslate(self) -> None:
        self._repaint()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _find(self) -> None:
        found = self._search
        self._shown = [place for place, word in enumerate(self._words) if found in word.text.casefold()]

    def _repaint(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))

    def _words_of(self, word: StopWord, column: int) -> str:
        match column:
            case Column.TEXT:
                return word.text
            case Column.KIND:
                return word_kind_name(word.kind)
            case Column.LABEL:
                return label_name(word.label)
        return self.place_name(word.community)

    def place_name(self, community: CommunityKey | None) -> str:
        if community is None:
            return _("everywhere")
        return self._communities.get(community) or f"{platform_name(community.platform)} {community.community}"

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        word = self._words[self._shown[index.row()]]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words_of(word, index.column())
            case Qt.ItemDataRole.EditRole:
                return (word.text, word.kind, word.label, word.community)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(self._wrong.get(word, ""))
        return self._wrong.get(word) if role == WRONG_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place = self._shown[index.row()]
        changed = _with(self._words[place], index.column(), value)
        if role != Qt.ItemDataRole.EditRole or changed is None or changed == self._words[place]:
            return False
        self._words[place] = changed
        row = index.row()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        self.edited.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return _HEADERS[Column(section)]()


_HEADERS: Mapping[Column, Callable[[], str]] = {
    Column.TEXT: lambda: _("Word or phrase"),
    Column.KIND: lambda: _("Matches"),
    Column.LABEL: lambda: _("Counts as"),
    Column.COMMUNITY: lambda: _("Where"),
}


def _with(word: StopWord, column: int, value: Any) -> StopWord | None:
    """The word with one cell changed; None for a value that cannot stand there. Qt hands enums over as plain text."""
    match column:
        case Column.TEXT:
            text = str(value).strip()
            return replace(word, text=text) if text else None
        case Column.KIND:
            return replace(word, kind=WordKind(value))
        case Column.LABEL:
            return replace(word, label=Label(value))
    return replace(word, community=value)
