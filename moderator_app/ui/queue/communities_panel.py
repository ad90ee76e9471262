"""The left side: accounts with their lamps, and the communities that wait."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from moderator_app.domain.message import CommunityKey
from moderator_app.domain.queue import QueueRow
from moderator_app.language import _
from moderator_app.ui.queue.wording import BADGES
from moderator_app.ui.theme import GRID, tabular
from moderator_app.ui.widgets.labels import label

MOST = 40


class CommunitiesPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: tuple[str, ...] = ()
        self._counts: Sequence[tuple[CommunityKey, str, int]] = ()
        self._open_end = False
        self._sources_head, self._communities_head = label(heading=True), label(heading=True)
        self._sources_list, self._communities_list = QGridLayout(), QGridLayout()
        self._lay_out()
        self._retranslate()

    def show_sources(self, names: Iterable[str]) -> None:
        """The accounts whose messages arrive by themselves in this window."""
        self._sources = tuple(names)
        self._fill_sources()

    def show_rows(self, rows: Iterable[QueueRow], open_end: bool) -> None:
        """Count the waiting rows by community. `open_end`: more of them are not loaded."""
        names: dict[CommunityKey, str] = {}
        counts: Counter[CommunityKey] = Counter()
        for row in rows:
            key = row.key.community_key
            names[key] = row.community_name or key.community
            counts[key] += 1
        self._open_end = open_end
        self._counts = [(key, names[key], count) for key, count in counts.most_common(MOST)]
        self._fill_communities()

    def lines(self) -> list[tuple[str, int]]:
        return [(name, count) for _key, name, count in self._counts]

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
        for line, name in enumerate(self._sources):
            self._sources_list.addWidget(label("●", tone="good"), line, 0)
            self._sources_list.addWidget(_name(name), line, 1)
        if not self._sources:
            self._sources_list.addWidget(label(_("No account connected"), tone="muted", wrap=True), 0, 0, 1, 2)

    def _fill_communities(self) -> None:
        _clear(self._communities_list)
        for line, (key, name, count) in enumerate(self._counts):
            shown = f"{count}+" if self._open_end else str(count)
            number = label(shown, tone="muted")
            number.setFont(tabular(number.font()))
            self._communities_list.addWidget(label(BADGES[key.platform], tone="muted"), line, 0)
            self._communities_list.addWidget(_name(name), line, 1)
            self._communities_list.addWidget(number, line, 2, Qt.AlignmentFlag.AlignRight)
        if not self._counts:
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


def _name(name: str) -> QLabel:
    made = label(name[:120], wrap=True)
    made.setToolTip(name[:300])
    return made


def _clear(grid: QGridLayout) -> None:
    while (taken := grid.takeAt(0)) is not None:
        if (cell := taken.widget()) is not None:
            cell.hide()
            cell.deleteLater()
