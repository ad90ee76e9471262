"""Donor communities: the list of them, who is named in them, and the ban of those after one confirmation."""

from collections import defaultdict

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QTableView, QVBoxLayout, QWidget

from moderator_app.domain.donors import Candidate, Candidates, Contact, Read
from moderator_app.domain.message import CommunityKey
from moderator_app.language import _, format_moment, format_number, ngettext
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.donors import DonorKeeping
from moderator_app.ui.names import named, shortened
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.settings.columns import lay_out
from moderator_app.ui.settings.donors_model import Column, DonorsModel, donor_names
from moderator_app.ui.settings.lines_panel import LinesPanel
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, rule
from moderator_app.ui.widgets.row_delegate import RowDelegate

_LETTERS = {Column.PERSON: 26, Column.COMMUNITY: 20, Column.STANDING: 36}
_LONGEST_REASON = 200


class DonorsPanel(QWidget):
    """Has the list of donors above, which saves as the other lists do, and the people below."""

    def __init__(
        self, lines: LinesPanel, donors: DonorKeeping, changes: Changes, tasks: Tasks, notices: Notices
    ) -> None:
        super().__init__()
        self._donors, self._tasks, self._notices = donors, tasks, notices
        self._shown = Candidates((), ())
        self._model = DonorsModel(self)
        self._title, self._said = label(title=True), label(tone="muted", wrap=True)
        self._read, self._all, self._ban = QPushButton(), QPushButton(), QPushButton()
        self._asked, self._sure, self._not = label(tone="warning", wrap=True), QPushButton(), QPushButton()
        self._table = QTableView()
        self._confirming = QWidget()
        self._lay_out(lines)
        self._connect()
        self.close_subscription = changes.subscribe(self._hear)
        self._retranslate()

    def _lay_out(self, lines: LinesPanel) -> None:
        self._table.setModel(self._model)
        self._table.setItemDelegate(RowDelegate(self._table))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setTabKeyNavigation(False)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lay_out(self._table, _LETTERS, Column.NAMED)
        bar, asked = QHBoxLayout(), QHBoxLayout(self._confirming)
        for widget in (self._ban, self._all, self._read):
            bar.addWidget(widget)
        bar.addStretch(1)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(self._sure)
        asked.addWidget(self._not)
        asked.addWidget(self._asked, 1)
        self._confirming.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(lines, 2)
        box.addSpacing(GRID)
        box.addWidget(rule())
        box.addWidget(self._title)
        box.addWidget(self._said)
        box.addWidget(self._table, 3)
        box.addLayout(bar)
        box.addWidget(self._confirming)

    def _connect(self) -> None:
        self._model.marked_changed.connect(self._show_marked)
        self._read.clicked.connect(lambda: self._tasks.start(self._ask()))
        self._all.clicked.connect(lambda: self._model.mark_all(not self._model.marked()))
        self._ban.clicked.connect(self._confirm)
        self._sure.clicked.connect(lambda: self._tasks.start(self._ban_marked()))
        self._not.clicked.connect(self._leave)

    def _hear(self, _change: Change) -> None:
        if self.isVisible():
            self._tasks.start(self._load())

    async def _load(self) -> None:
        self._shown = await self._donors.candidates()
        self._model.show_candidates(self._shown.listed)
        self._show_reading()

    async def _ask(self) -> None:
        await self._donors.ask()
        self._notices.tell(_("The donor communities are read again."))
        await self._load()

    def _confirm(self) -> None:
        self._confirming.show()
        self._ban.setEnabled(False)
        self._not.setFocus()

    def _leave(self) -> None:
        self._confirming.hide()
        self._show_marked()
        self._ban.setFocus()

    async def _ban_marked(self) -> None:
        marked = self._model.marked()
        self._confirming.hide()
        for community, people in _by_community(marked).items():
            await self._donors.ban(community, [each.author.key for each in people], _reason(people))
        self._notices.tell(
            ngettext(
                "{count} person is being banned. The history shows it, and takes it back.",
                "{count} people are being banned. The history shows it, and takes it back.",
                len(marked),
            ).format(count=format_number(len(marked))),
            Tone.GOOD,
        )
        await self._load()

    def _show_marked(self) -> None:
        count = len(self._model.marked())
        if not count:
            self._confirming.hide()
        self._ban.setEnabled(count > 0 and self._confirming.isHidden())
        self._all.setEnabled(self._model.markable() > 0)
        self._all.setText(_("Unmark all") if count else _("Mark all"))
        number = format_number(count)
        self._ban.setText(ngettext("Ban {count} person…", "Ban {count} people…", count).format(count=number))
        self._sure.setText(
            ngettext("Ban {count} person for ever", "Ban {count} people for ever", count).format(count=number)
        )

    def _show_reading(self) -> None:
        self._said.setText(
            " ".join(map(_about, self._shown.read)) or _("Nothing is read yet: that needs a connected community on VK.")
        )

    def _retranslate(self) -> None:
        self._title.setText(_("People named in them"))
        self._read.setText(_("Read again"))
        self._not.setText(_("Cancel"))
        self._asked.setText(_("Those marked are banned for ever. Is the list right?"))
        self._table.setAccessibleName(self._title.text())
        self._model.retranslate()
        self._show_marked()
        self._show_reading()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tasks.start(self._load())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _about(read: Read) -> str:
    name = named(read.community.name, read.community.key.community)
    told = _("{community}: read {when}.").format(community=name, when=format_moment(read.at))
    if read.unread:
        told += " " + _("Not found on VK: {names}.").format(names=", ".join(read.unread))
    return told


def _by_community(marked: tuple[Candidate, ...]) -> dict[CommunityKey, list[Candidate]]:
    found: defaultdict[CommunityKey, list[Candidate]] = defaultdict(list)
    for each in marked:
        found[each.community.key].append(each)
    return found


def _reason(people: list[Candidate]) -> str:
    """What the history tells, in the language of whoever decides."""
    contacts: list[Contact] = [contact for each in people for contact in each.contacts]
    return shortened(_("Named in {communities}").format(communities=donor_names(contacts)), _LONGEST_REASON)
