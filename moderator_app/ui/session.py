"""An opened profile in the window: its pages, what the keys do, and leaving it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from moderator_app.language import _, ngettext
from moderator_app.ui.dashboard.statistics_page import StatisticsPage
from moderator_app.ui.history.history_page import HistoryPage
from moderator_app.ui.keys import Command, KeyFilter
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.settings.settings_page import SettingsPage
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.widgets.help_dialog import HelpDialog
from moderator_app.ui.widgets.import_panel import ImportPanel
from moderator_app.ui.widgets.top_panel import PAGES

if TYPE_CHECKING:
    from moderator_app.app import App


class Session(QObject):
    """`ended`: the moderator has left."""

    ended = Signal()

    def __init__(self, app: "App", window: MainWindow, tasks: Tasks, notices: Notices) -> None:
        super().__init__(window)
        self._app, self._window, self._tasks, self._notices = app, window, tasks, notices
        self.queue = ReviewPage(app.review, app.changes, tasks, notices)
        self.importing = ImportPanel(app.import_file, tasks, notices)
        pages: Mapping[Command, QWidget] = {
            Command.QUEUE: self.queue,
            Command.STATISTICS: StatisticsPage(app.statistics, app.exporting, app.changes, tasks, notices),
            Command.HISTORY: HistoryPage(app.history, app.review, app.exporting, app.changes, tasks, notices),
            Command.SETTINGS: SettingsPage(app.preferences, app.lists, app.statistics, app.changes, tasks, notices),
        }
        window.show_pages(pages, {"queue": self.queue.splitter})
        window.status.add(self.importing)
        self._keys = KeyFilter(window, lambda: window.shows(Command.QUEUE))
        self._connect()

    def begin(self, holds: bool, sources: Iterable[str], files: Iterable[Path]) -> None:
        self._window.status.show_holder(holds)
        self.queue.communities.show_sources(sources)
        self.queue.begin()
        self.importing.take(files)

    def do(self, command: Command) -> None:
        """What a key or a button of the window asks for."""
        if command in PAGES:
            self._window.show_page(command)
        elif command is Command.IMPORT:
            self.importing.choose()
        elif command is Command.HELP:
            self._show_keys()
        elif command is Command.PAUSE:
            self._hold()
        else:
            self.queue.do(command)

    def leave(self) -> None:
        """Close the window, after a question if something is still to be carried out here."""
        if self.queue.pending and self._app.sources:
            self._ask()
        else:
            self.ended.emit()

    def _connect(self) -> None:
        window, queue = self._window, self.queue
        self._keys.heard.connect(self.do)
        window.top.wished.connect(self.do)
        window.dropped.connect(self.importing.take)
        window.close_wished.connect(self.leave)
        window.status.hold_wished.connect(self._hold)
        queue.import_wished.connect(self.importing.choose)
        queue.counted.connect(window.status.show_waiting)
        queue.pending_changed.connect(window.status.show_pending)

    def _hold(self) -> None:
        outbox = self._app.outbox
        if outbox.paused:
            outbox.release()
            self._notices.tell(_("Actions leave the machine again."))
        else:
            outbox.pause()
            self._notices.tell(_("Nothing leaves the machine until you release it."), Tone.WARNING)
        self._window.status.show_held(outbox.paused)

    def _show_keys(self) -> None:
        HelpDialog(self._window).open()

    def _ask(self) -> None:
        count = self.queue.pending
        text = ngettext(
            "{count} decision is not carried out yet and can still be taken back.",
            "{count} decisions are not carried out yet and can still be taken back.",
            count,
        )
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Close the console"))
        box.setText(text.format(count=count))
        at_once = box.addButton(_("Carry out now"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Keep for the next start"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        at_once.clicked.connect(lambda: self._tasks.start(self._carry_out()))
        keep.clicked.connect(self.ended)
        box.open()

    async def _carry_out(self) -> None:
        self._notices.tell(_("Carrying out, then closing…"))
        await self._app.outbox.carry_out_now(self._app.sources)
        self.ended.emit()
