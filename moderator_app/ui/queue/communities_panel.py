"""The left side: accounts with their lamps, and the communities that wait."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from moderator_app.domain.ports import SourceState, SourceStatus
from moderator_app.domain.queue import CommunityQueue
from moderator_app.language import _, format_number, source_state_name
from moderator_app.ui.names import as_tip, named
from moderator_app.ui.queue.wording import BADGES
from moderator_app.ui.source_words import TONES, source_name
from moderator_app.ui.theme import GRID, tabular
from moderator_app.ui.widgets.labels import foreign, label
from moderator_app.ui.widgets.lamps_panel import LAMP

MOST = 40
SHOWN_NAME = 60
# The panel is narrow.
LONGEST_WORD = 14


class CommunitiesPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: Mapping[str, SourceState] = {}
        self._queues: Sequence[CommunityQueue] = ()
        self._sources_head, self._communities_head = label(heading=True), label(heading=True)
        self._sources_list, self._communities_list = QGridLayout(), QGridLayout()
        self._lines: list[_Line] = []
        self._lay_out()
        self._retranslate()

    def show_sources(self, statuses: Mapping[str, SourceStatus]) -> None:
        """The accounts whose messages arrive by themselves in this window, and how they are."""
        former, self._sources = self._sources, {name: status.state for name, status in statuses.items()}
        if former != self._sources:
            self._fill_sources()

    def show_queues(self, queues: Sequence[CommunityQueue]) -> None:
        """What waits in each community, the fullest first."""
        if queues != self._queues:
            former, self._queues = self._queues, queues
            # While messages arrive that is many times a second: labels stay, and say something else.
            if not former or len(former[:MOST]) != len(queues[:MOST]):
                self._fill_communities()
            for line, queue in zip(self._lines, queues, strict=False):
                _say(line, queue)

    def lines(self) -> list[tuple[str, int]]:
        return [(_shown_name(queue), queue.waiting) for queue in self._queues]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        for grid in (self._sources_list, self._communities_list):
            grid.setHorizontalSpacing(GRID)
            grid.setVerticalSpacing(GRID)
            grid.setColumnStretch(1, 1)
        column.addWidget(self._sources_head)
        column.addLayout(self._sources_list)
        column.addSpacing(2 * GRID)
        column.addWidget(self._communities_head)
        column.addLayout(self._communities_list)
        column.addStretch(1)

    def _fill_sources(self) -> None:
        _clear(self._sources_list)
        for line, (name, state) in enumerate(sorted(self._sources.items())):
            shown = source_name(name, self._sources)
            if state is not SourceState.CONNECTED:
                shown = _("{source}: {state}").format(source=shown, state=source_state_name(state))
            lamp = label(LAMP, tone=TONES[state])
            lamp.setAccessibleName(source_state_name(state))
            self._sources_list.addWidget(lamp, line, 0)
            self._sources_list.addWidget(_name(shown), line, 1)
        if not self._sources:
            self._sources_list.addWidget(label(_("No account connected"), tone="muted", wrap=True), 0, 0, 1, 2)

    def _fill_communities(self) -> None:
        _clear(self._communities_list)
        self._lines = []
        for place, queue in enumerate(self._queues[:MOST]):
            line = _Line(label(tone="muted"), _name(""), label(tone="muted"))
            line.number.setFont(tabular(line.number.font()))
            _say(line, queue)
            self._communities_list.addWidget(line.badge, place, 0)
            self._communities_list.addWidget(line.name, place, 1)
            self._communities_list.addWidget(line.number, place, 2, Qt.AlignmentFlag.AlignRight)
            self._lines.append(line)
        if not self._queues:
            self._communities_list.addWidget(label(_("Nothing waits"), tone="muted", wrap=True), 0, 0, 1, 3)

    def _retranslate(self) -> None:
        self._sources_head.setText(_("Accounts"))
        self._communities_head.setText(_("Communities"))
        self.setAccessibleName(_("Accounts and communities"))
        self._fill_sources()
        self._fill_communities()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


class _Line(NamedTuple):
    badge: QLabel
    name: QLabel
    number: QLabel


def _say(line: _Line, queue: CommunityQueue) -> None:
    name = _shown_name(queue)
    line.badge.setText(BADGES[queue.community.key.platform])
    line.name.setText(name)
    line.name.setToolTip(as_tip(name))
    line.number.setText(format_number(queue.waiting))


def _shown_name(queue: CommunityQueue) -> str:
    return named(queue.community.name, queue.community.key.community)


def _name(name: str) -> QLabel:
    made = foreign(name, most=SHOWN_NAME, longest=LONGEST_WORD)
    # Names written from right to left, too, stand beside their badge.
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    made.setToolTip(as_tip(name))
    return made


def _clear(grid: QGridLayout) -> None:
    while (taken := grid.takeAt(0)) is not None:
        if (cell := taken.widget()) is not None:
            cell.hide()
            cell.deleteLater()
