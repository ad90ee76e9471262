"""An opened profile in the window: its pages, and what the keys do."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from moderator_app.language import _, format_number, ngettext
from moderator_app.settings import Settings
from moderator_app.ui.ai_status import AiStatusLine
from moderator_app.ui.dashboard.statistics_page import StatisticsPage
from moderator_app.ui.history.history_page import HistoryPage
from moderator_app.ui.holding import Holding
from moderator_app.ui.keys import Command, KeyFilter, with_legend
from moderator_app.ui.leaving import Leaving
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.questions import Questions
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.search.search_page import SearchPage
from moderator_app.ui.settings.ai_preview_panel import AiPreviewPanel
from moderator_app.ui.settings.ai_server_panel import AiServerPanel
from moderator_app.ui.settings.settings_page import SettingsPage
from moderator_app.ui.source_lamps import SourceLamps
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.unanswered import UnansweredCount
from moderator_app.ui.widgets.help_dialog import HelpDialog
from moderator_app.ui.widgets.import_panel import ImportPanel
from moderator_app.ui.widgets.lamps_panel import LampsPanel
from moderator_app.ui.widgets.top_panel import PAGES

if TYPE_CHECKING:
    from moderator_app.app import App


class Session(QObject):
    """`ended`: the moderator has left."""

    ended = Signal()

    def __init__(self, app: "App", window: MainWindow, tasks: Tasks, notices: Notices) -> None:
        super().__init__(window)
        self._app, self._window, self._tasks, self._notices = app, window, tasks, notices
        self.queue = ReviewPage(
            app.review,
            app.pictures,
            app.profiles,
            app.author_notes,
            app.changes,
            tasks,
            notices,
            app.views,
            canned=app.canned,
            snoozing=app.snoozing,
        )
        self.importing = ImportPanel(app.import_file, tasks, notices)
        settings = SettingsPage(
            app.preferences,
            app.lists,
            app.policies,
            app.donors,
            app.statistics,
            app.accounts,
            app.vk,
            app.changes,
            tasks,
            notices,
            AiServerPanel(
                app.ai,
                app.classifying,
                app.preferences,
                tasks,
                AiPreviewPanel(app.ai, app.ai_preview, app.classifying.budget, app.preferences, tasks),
            ),
        )
        self._leaving = Leaving(app, window, self.queue, settings, tasks, notices)
        self._history = HistoryPage(app.history, app.review, app.exporting, app.changes, tasks, notices)
        self.search = SearchPage(app.search, app.stories, app.statistics, app.changes, tasks, notices)
        self._unanswered = UnansweredCount(app.history, app.changes, tasks, self)
        pages: Mapping[Command, QWidget] = {
            Command.QUEUE: self.queue,
            Command.STATISTICS: StatisticsPage(app.statistics, app.exporting, app.changes, tasks, notices),
            Command.HISTORY: self._history,
            Command.SETTINGS: settings,
            Command.SEARCH: self.search,
        }
        window.show_pages(pages, {"queue": self.queue.splitter})
        self._lamps_panel = LampsPanel()
        self._ai = AiStatusLine(app.classifying, app.changes, tasks, notices, self)
        window.status.add(self.importing)
        window.status.add(self._ai.label)
        window.status.add(self._lamps_panel)
        self._lamps = SourceLamps(app.states, notices, self)
        self._holding = Holding(app, tasks, self)
        self._questions = Questions(lambda: app.sources, app.outbox, window.question, tasks, self)
        self._keys = KeyFilter(window, lambda: window.shows(Command.QUEUE))
        self._connect()
        app.preferences.subscribe(self._dress)
        self._dress(app.preferences.current)

    def begin(self, holds: bool, files: Iterable[Path]) -> None:
        self._lamps.begin()
        self._questions.begin()
        if not holds:
            self._holding.ask()
        self.queue.begin()
        self._unanswered.begin()
        self._ai.ask()
        self._welcome()
        self.importing.take(files)

    def do(self, command: Command) -> None:
        """What a key or a button of the window asks for."""
        if command in PAGES:
            self._window.show_page(command)
        elif command is Command.SEARCH:
            self._window.show_page(command)
            self.search.begin()
        elif command is Command.IMPORT:
            self.importing.choose()
        elif command is Command.HELP:
            self._show_keys()
        elif command is Command.PAUSE:
            self._hold()
        elif command is Command.ANSWER:
            self._ask_for_answers()
        else:
            self.queue.do(command)

    def _connect(self) -> None:
        window, queue = self._window, self.queue
        self._lamps.changed.connect(self._lamps_panel.show_states)
        self._lamps.changed.connect(queue.communities.show_sources)
        self._lamps.came.connect(self._welcome)
        self._holding.held_by.connect(window.status.show_holder)
        self._holding.taken.connect(self._take_over)
        self._keys.heard.connect(self.do)
        window.top.wished.connect(self.do)
        window.dropped.connect(self.importing.take)
        window.close_wished.connect(self._leaving.leave)
        self._leaving.ended.connect(self.ended)
        window.status.hold_wished.connect(self._hold)
        window.status.answer_wished.connect(self._ask_for_answers)
        self._unanswered.counted.connect(window.status.show_unanswered)
        self._unanswered.became_late.connect(self._tell_late)
        self._history.queue_wanted.connect(self._show_in_queue)
        self.search.queue_wanted.connect(self._show_in_queue)
        self.search.history_wanted.connect(self._show_in_history)
        self.search.left.connect(lambda: window.show_page(Command.QUEUE))
        queue.import_wished.connect(self.importing.choose)
        self.importing.ended.connect(self._welcome)
        queue.counted.connect(window.status.show_waiting)
        queue.pending_changed.connect(window.status.show_pending)

    def _dress(self, chosen: Settings) -> None:
        self.queue.card.pictures.use_veil(chosen.appearance.blur)
        self.queue.show_canned()

    def _welcome(self) -> None:
        self._tasks.start(self._ask_for_first())

    async def _ask_for_first(self) -> None:
        known = self._app.sources or await self._app.statistics.communities()
        self.queue.list.welcome(first=not known)

    def _take_over(self) -> None:
        self._window.status.show_holder(None)
        self._notices.tell(_("The other process has ended: this window carries the actions out now."))

    def _hold(self) -> None:
        outbox = self._app.outbox
        if outbox.paused:
            outbox.release()
            self._notices.tell(_("Actions leave the machine again."))
        else:
            outbox.pause()
            self._notices.tell(_("Nothing leaves the machine until you release it."), Tone.WARNING)
        self._window.status.show_held(outbox.paused)
        self._unanswered.ask()

    def _ask_for_answers(self) -> None:
        if self._unanswered.last.total:
            self._window.show_page(Command.HISTORY)
            self._history.show_unanswered()
        else:
            self._notices.tell(_("Nothing waits for your answer."))

    def _tell_late(self, count: int) -> None:
        text = ngettext(
            "{count} decision was not carried out in time. Carry it out now, or drop it?",
            "{count} decisions were not carried out in time. Carry them out now, or drop them?",
            count,
        )
        self._notices.tell(with_legend(text.format(count=format_number(count)), Command.ANSWER), Tone.WARNING)

    def _show_in_queue(self, item: int) -> None:
        self._window.show_page(Command.QUEUE)
        self.queue.show_item(item)

    def _show_in_history(self, item: int) -> None:
        self._window.show_page(Command.HISTORY)
        self._history.show_item(item)

    def _show_keys(self) -> None:
        HelpDialog(self._window).open()
