"""Who is named in donor communities as a table, with a mark for each person to be banned."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from moderator_app.domain.decision import ActionState
from moderator_app.domain.donors import Candidate, Contact, DonorRole, Standing
from moderator_app.domain.message import AuthorKey, CommunityKey
from moderator_app.language import _, explain_note
from moderator_app.ui.names import as_tip, named, shortened

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_LONGEST_NOTE = 60

Person = tuple[CommunityKey, AuthorKey]


class Column(IntEnum):
    """The person's own column has the mark."""

    PERSON = 0
    NAMED = 1
    COMMUNITY = 2
    STANDING = 3


class DonorsModel(QAbstractTableModel):
    """Whoever can be banned is marked until the mark is taken away; `marked_changed` says that marks changed."""

    marked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listed: list[Candidate] = []
        self._spared: set[Person] = set()

    def show_candidates(self, listed: Sequence[Candidate]) -> None:
        """Rows are updated in place while they are of the same people."""
        same = list(map(_person, listed)) == list(map(_person, self._listed))
        if same:
            self._listed = list(listed)
            self._repaint()
        else:
            self.beginResetModel()
            self._listed = list(listed)
            self.endResetModel()
        self.marked_changed.emit()

    def marked(self) -> tuple[Candidate, ...]:
        return tuple(each for each in self._listed if self._is_marked(each))

    def markable(self) -> int:
        return sum(each.can_be_banned for each in self._listed)

    def mark_all(self, marked: bool) -> None:
        people = {_person(each) for each in self._listed if each.can_be_banned}
        self._spared = self._spared - people if marked else self._spared | people
        self._repaint()
        self.marked_changed.emit()

    def retranslate(self) -> None:
        self._repaint()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _is_marked(self, each: Candidate) -> bool:
        return each.can_be_banned and _person(each) not in self._spared

    def _repaint(self) -> None:
        if self._listed:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._listed) - 1, len(Column) - 1))

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        can = index.column() == Column.PERSON and self._listed[index.row()].can_be_banned
        return _FLAGS | Qt.ItemFlag.ItemIsUserCheckable if can else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        each = self._listed[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _WORDS[Column(index.column())](each)
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(_WORDS[Column(index.column())](each))
            case Qt.ItemDataRole.CheckStateRole if index.column() == Column.PERSON and each.can_be_banned:
                return Qt.CheckState.Checked if self._is_marked(each) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.PERSON:
            return False
        person = _person(self._listed[index.row()])
        (self._spared.discard if Qt.CheckState(value) is Qt.CheckState.Checked else self._spared.add)(person)
        self.dataChanged.emit(index, index)
        self.marked_changed.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return _HEADERS[Column(section)]()


def donor_names(contacts: Iterable[Contact]) -> str:
    """The communities in which somebody is named."""
    return ", ".join(dict.fromkeys(named(each.donor_name, each.donor) for each in contacts))


def _person(each: Candidate) -> Person:
    return each.community.key, each.author.key


def _name(each: Candidate) -> str:
    return named(each.author.name, each.author.username, each.author.key.author)


def _where(each: Candidate) -> str:
    return "; ".join(_place(contact) for contact in each.contacts)


def _place(contact: Contact) -> str:
    told = [_ROLES[contact.role]()]
    if note := named(contact.note):
        told.append(shortened(note, _LONGEST_NOTE))
    return _("{community}: {role}").format(community=donor_names([contact]), role=", ".join(told))


def _community(each: Candidate) -> str:
    return named(each.community.name, each.community.key.community)


def _standing(each: Candidate) -> str:
    if each.standing is not Standing.FREE:
        return _STANDINGS[each.standing]()
    match each.action:
        case None | ActionState.CANCELLED:
            return _("not banned")
        case ActionState.DONE:
            return _STANDINGS[Standing.BANNED]()
        case ActionState.FAILED | ActionState.IMPOSSIBLE if each.why is not None:
            return _("not done: {why}").format(why=explain_note(each.why))
    if each.why is not None:
        return _("waits: {why}").format(why=explain_note(each.why))
    return _("is being banned")


_WORDS: Mapping[Column, Callable[[Candidate], str]] = {
    Column.PERSON: _name,
    Column.NAMED: _where,
    Column.COMMUNITY: _community,
    Column.STANDING: _standing,
}

_HEADERS: Mapping[Column, Callable[[], str]] = {
    Column.PERSON: lambda: _("Person"),
    Column.NAMED: lambda: _("Named in"),
    Column.COMMUNITY: lambda: _("To be kept out of"),
    Column.STANDING: lambda: _("How it stands"),
}

_ROLES: Mapping[DonorRole, Callable[[], str]] = {
    DonorRole.CONTACT: lambda: _("contact"),
    DonorRole.MODERATOR: lambda: _("moderator"),
    DonorRole.EDITOR: lambda: _("editor"),
    DonorRole.ADMINISTRATOR: lambda: _("administrator"),
    DonorRole.CREATOR: lambda: _("owner"),
    DonorRole.ADVERTISER: lambda: _("advertiser"),
}

_STANDINGS: Mapping[Standing, Callable[[], str]] = {
    Standing.OWN: lambda: _("manages your community: exempt"),
    Standing.BANNED: lambda: _("banned"),
    Standing.GONE: lambda: _("the account is deleted or blocked"),
}
