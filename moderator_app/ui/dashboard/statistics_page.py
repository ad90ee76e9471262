"""The statistics: what was written, flagged and decided, in a period and a community."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.statistics import Overview, Period
from moderator_app.language import _
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.exporting import Exporting, ExportKind
from moderator_app.moderation.statistics import Statistics
from moderator_app.ui.dashboard.choice_panel import ChoicePanel
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.widgets.empty_panel import EmptyPanel
from moderator_app.ui.widgets.export_dialog import ExportDialog, written

if TYPE_CHECKING:
    from moderator_app.ui.dashboard.overview_panel import OverviewPanel

REFRESH_MS = 2000


class StatisticsPage(QWidget):
    def __init__(
        self,
        statistics: Statistics,
        exporting: Exporting,
        changes: Changes,
        tasks: Tasks,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._statistics, self._exporting = statistics, exporting
        self._tasks, self._notices = tasks, notices
        self._choice = ChoicePanel()
        self._empty = EmptyPanel()
        self._overview: OverviewPanel | None = None
        self._body = QStackedWidget()
        self._body.addWidget(self._empty)
        self._stale = True
        self._table = False
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._choice)
        box.addWidget(self._body, 1)
        self._choice.changed.connect(self._load)
        self._choice.table_wanted.connect(self._show_as_table)
        self._choice.export_wanted.connect(self._ask_where)
        self._empty.button.clicked.connect(self._choice.show_all)
        self._refresh.timeout.connect(self._load_if_seen)
        self.close_subscription = changes.subscribe(self._hear)
        self._say_empty()

    def _hear(self, change: Change) -> None:
        if change.counts:
            self._stale = True
            if self.isVisible() and not self._refresh.isActive():
                self._refresh.start()

    def _load_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._load()

    def _load(self) -> None:
        self._stale = False
        self._tasks.start(self._read())

    async def _read(self) -> None:
        chosen = (self._choice.period, self._choice.community)
        overview = await self._statistics.overview(*chosen)
        communities = await self._statistics.communities()
        some = bool(communities) and (_some(overview) or _some(await self._statistics.overview(Period.ALL)))
        if chosen == (self._choice.period, self._choice.community):
            self._choice.show_communities(communities)
            self._choice.allow_export(some)
            self._show(overview)

    def _show(self, overview: Overview) -> None:
        if not _some(overview):
            self._say_empty()
            self._body.setCurrentWidget(self._empty)
            return
        panel = self._overview_panel()
        panel.show_overview(overview)
        self._body.setCurrentWidget(panel)

    def _overview_panel(self) -> "OverviewPanel":
        if self._overview is None:
            # What draws the charts takes 0.4 s to import: only who looks at charts waits for it.
            from moderator_app.ui.dashboard.overview_panel import OverviewPanel

            self._overview = OverviewPanel()
            self._overview.charts.show_as_table(self._table)
            self._body.addWidget(self._overview)
        return self._overview

    def _show_as_table(self, table: bool) -> None:
        self._table = table
        if self._overview:
            self._overview.charts.show_as_table(table)

    def _ask_where(self) -> None:
        dialog = ExportDialog(_("Statistics"), self)
        dialog.chosen.connect(lambda path: self._tasks.start(self._write(path)))
        dialog.open()

    async def _write(self, path: Path) -> None:
        self._choice.export.setEnabled(False)
        try:
            rows = await self._exporting.export(ExportKind.STATISTICS, path)
        finally:
            self._choice.export.setEnabled(True)
        self._notices.tell(written(rows, path), Tone.GOOD)

    def _say_empty(self) -> None:
        if self._choice.period is Period.ALL and self._choice.community is None:
            self._empty.say(_("Nothing counted yet"), _("Import a chat, and its messages are counted here day by day."))
        else:
            self._empty.say(_("Nothing in this period"), _("No message was written in it."), _("Show all time"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say_empty()
        super().changeEvent(event)


def _some(overview: Overview) -> bool:
    """Whether anything is counted in it."""
    return bool(overview.messages or overview.decided)
