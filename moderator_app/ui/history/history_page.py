"""The history: every decision with its actions, and what can still be done about it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.history import HistoryFilter, HistoryLine
from moderator_app.language import _, explain_note, ngettext
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.exporting import Exporting, ExportKind
from moderator_app.moderation.history import History
from moderator_app.moderation.review import Review
from moderator_app.ui.history.filter_panel import FilterPanel
from moderator_app.ui.history.history_model import LINE_ROLE, HistoryModel
from moderator_app.ui.history.history_table import HistoryTable
from moderator_app.ui.history.line_panel import LinePanel
from moderator_app.ui.history.live_lines import LiveLines
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.empty_panel import EmptyPanel
from moderator_app.ui.widgets.export_dialog import ExportDialog, written

SECOND_MS = 1000


class HistoryPage(QWidget):
    """`queue_wanted` carries an item to be shown in the queue."""

    queue_wanted = Signal(int)

    def __init__(
        self,
        history: History,
        review: Review,
        exporting: Exporting,
        changes: Changes,
        tasks: Tasks,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._review, self._exporting = review, exporting
        self._tasks, self._notices = tasks, notices
        self._model = HistoryModel(self)
        self._lines = LiveLines(history, changes, tasks, self._model)
        self._filter = FilterPanel()
        self._export = QPushButton()
        self._table = HistoryTable(self._model)
        self._empty = EmptyPanel()
        self._panel = LinePanel()
        self._body = QStackedWidget()
        self._seconds = QTimer(self, interval=SECOND_MS)
        self._lay_out()
        self._connect()
        self._retranslate()

    def show_unanswered(self) -> None:
        """Show what waits for the moderator's word, with the hand on the first."""
        self._filter.choose_unanswered()
        self._table.setFocus()

    def show_item(self, item: int) -> None:
        """Show what was decided about an item, with the hand on the newest."""
        self._filter.choose_item(item)
        self._table.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        top.addWidget(self._filter)
        top.addStretch(1)
        top.addWidget(self._export)
        # The rows' text stands below the filter's left edge, and the last column ends where the button does.
        self._body.setContentsMargins(GRID, 0, GRID, 0)
        self._body.setProperty("panel", True)
        self._body.addWidget(self._table)
        self._body.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self._body, 1)
        box.addWidget(self._panel)

    def _connect(self) -> None:
        self._filter.changed.connect(self._lines.use)
        self._export.clicked.connect(self._ask_where)
        self._empty.button.clicked.connect(self._filter.clear)
        self._panel.undo_wanted.connect(self._undo)
        self._panel.drop_wanted.connect(self._undo)
        self._panel.confirm_wanted.connect(self._confirm)
        self._panel.again_wanted.connect(self._decide_again)
        self._panel.queue_wanted.connect(self._show_in_queue)
        self._table.selectionModel().currentRowChanged.connect(self._show_current)
        self._model.dataChanged.connect(self._show_change)
        self._model.modelReset.connect(self._start_at_top)
        self._model.rowsInserted.connect(self._take_in)
        self._seconds.timeout.connect(self._tick)

    def _start_at_top(self) -> None:
        self._show_body()
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self._table.selectionModel().setCurrentIndex(self._model.index(0, 0), chosen)
        self._show_current(self._model.index(0, 0))

    def _take_in(self) -> None:
        if self._table.currentIndex().isValid():
            self._show_body()
        else:
            self._start_at_top()

    def _show_body(self) -> None:
        some = self._model.rowCount() > 0
        self._say_empty()
        self._body.setCurrentWidget(self._table if some else self._empty)
        self._panel.setVisible(some)
        # The whole history is written, whatever the filter shows of it.
        exportable = some or self._filter.filter != HistoryFilter()
        self._export.setEnabled(exportable)
        self._export.setToolTip("" if exportable else _("There is nothing to write to a file."))

    def _show_current(self, current: QModelIndex) -> None:
        line: HistoryLine | None = current.data(LINE_ROLE) if current.isValid() else None
        self._panel.show_line(line)

    def _show_change(self, first: QModelIndex, last: QModelIndex) -> None:
        current = self._table.currentIndex()
        whole_row = first.column() != last.column()
        if whole_row and first.row() <= current.row() <= last.row():
            self._show_current(current)

    def _tick(self) -> None:
        if self._model.tick(*self._table.seen_rows()):
            self._panel.tick()

    def _undo(self) -> None:
        line = self._panel.line
        if line:
            self._tasks.start(self._take_back(line.decision.case))

    async def _take_back(self, case: int) -> None:
        undone = await self._review.undo(case)
        n = len(undone.items)
        said = ngettext("{n} item is back in the queue.", "{n} items are back in the queue.", n)
        note = f" {explain_note(undone.note)}" if undone.note else ""
        self._notices.tell(said.format(n=n) + note, Tone.GOOD)

    def _confirm(self) -> None:
        line = self._panel.line
        if line:
            self._tasks.start(self._review.confirm(line.decision.case))

    def _decide_again(self) -> None:
        line = self._panel.line
        if line:
            self._tasks.start(self._review.decide_again(line.decision.decision))

    def _show_in_queue(self) -> None:
        line = self._panel.line
        if line:
            self.queue_wanted.emit(line.decision.item)

    def _ask_where(self) -> None:
        dialog = ExportDialog(_("History"), self)
        dialog.chosen.connect(lambda path: self._tasks.start(self._write(path)))
        dialog.open()

    async def _write(self, path: Path) -> None:
        self._export.setEnabled(False)
        try:
            rows = await self._exporting.export(ExportKind.HISTORY, path)
        finally:
            self._export.setEnabled(True)
        self._notices.tell(written(rows, path), Tone.GOOD)

    def _retranslate(self) -> None:
        self._export.setText(_("Export…"))
        self._export.setAccessibleDescription(_("Writes the whole history to a file"))
        self._say_empty()

    def _say_empty(self) -> None:
        if self._filter.filter == HistoryFilter(unanswered=True):
            self._empty.say(
                _("Nothing waits for your answer"),
                _("Actions that were late, failed or were left behind are listed here."),
                _("Clear the filter"),
            )
        elif self._filter.filter == HistoryFilter():
            self._empty.say(
                _("No decisions yet"), _("What is decided in the queue is kept here with what became of it.")
            )
        else:
            self._empty.say(_("Nothing matches"), _("No decision fits this filter."), _("Clear the filter"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        if not self._lines.started:
            self._lines.use(self._filter.filter)
        self._seconds.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._seconds.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._model.retranslate()
        super().changeEvent(event)
