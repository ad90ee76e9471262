"""The rules as a table: what a policy makes of each."""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from moderator_app.domain.policy_keys import OF_RULES
from moderator_app.domain.rules import RULES
from moderator_app.language import _, rule_name
from moderator_app.ui.settings.policy_draft import PolicyDraft
from moderator_app.ui.settings.value_words import record_in_words, value_in_words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class Column(IntEnum):
    """The rule's own column has the mark that switches it on."""

    RULE = 0
    THRESHOLD = 1
    WEIGHT = 2
    SUGGESTED = 3
    ACTS = 4
    RECORD = 5


_KEYS: Mapping[Column, str] = {
    Column.RULE: "enabled",
    Column.THRESHOLD: "threshold",
    Column.WEIGHT: "weight",
    Column.SUGGESTED: "suggested",
    Column.ACTS: "acts",
}


class RulesModel(QAbstractTableModel):
    """`edited`: the draft has changed by hand."""

    edited = Signal()

    def __init__(self, draft: PolicyDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._rules = list(RULES)
        self._own = QFont()
        self._own.setBold(True)

    def rule(self, row: int) -> str:
        return self._rules[row]

    def keys(self, row: int) -> list[str]:
        """What can be set of a rule."""
        rule = RULES[self._rules[row]]
        return [f"rules.{rule.id}.{name}" for name in (*OF_RULES, *rule.numbers)]

    def show_draft(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rules) - 1, len(Column) - 1))

    def retranslate(self) -> None:
        self.show_draft()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _words(self, index: Index) -> str:
        column = Column(index.column())
        if column is Column.RULE:
            return rule_name(self.rule(index.row()))
        if column is Column.RECORD:
            return record_in_words(self._draft.record(self.rule(index.row())))
        key = self._key(index)
        return value_in_words(key, self._draft.value(key))

    def _key(self, index: Index) -> str:
        return f"rules.{self.rule(index.row())}.{_KEYS[Column(index.column())]}"

    def _is_own(self, index: Index) -> bool:
        if index.column() == Column.RULE:
            return any(map(self._draft.is_own, self.keys(index.row())))
        return index.column() != Column.RECORD and self._draft.is_own(self._key(index))

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rules)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.RULE else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(index)
            case Qt.ItemDataRole.CheckStateRole if index.column() == Column.RULE:
                return Qt.CheckState.Checked if self._draft.value(self._key(index)) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.FontRole if self._is_own(index):
                return self._own
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.RULE:
            return False
        self._draft.set(self._key(index), Qt.CheckState(value) is Qt.CheckState.Checked)
        self.dataChanged.emit(index, self.index(index.row(), len(Column) - 1))
        self.edited.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return _HEADERS[Column(section)]()


_HEADERS: Mapping[Column, Callable[[], str]] = {
    Column.RULE: lambda: _("Rule"),
    Column.THRESHOLD: lambda: _("From score"),
    Column.WEIGHT: lambda: _("Weight"),
    Column.SUGGESTED: lambda: _("Suggests"),
    Column.ACTS: lambda: _("By itself"),
    Column.RECORD: lambda: _("Confirmed"),
}
