"""An opened profile in the window: its pages, and what the keys do."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from moderator_app.language import _, format_number, ngettext
from moderator_app.settings import Settings
from moderator_app.ui.ai_status import AiStatusLine
from moderator_app.ui.alerts import Alerts
from moderator_app.ui.dashboard.statistics_page import StatisticsPage
from moderator_app.ui.history.history_page import HistoryPage
from moderator_app.ui.holding import Holding
from moderator_app.ui.key_choice import KeyChoice
from moderator_app.ui.keys import VIEWS, Command, KeyFilter, legends, with_legend
from moderator_app.ui.leaving import Leaving
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.palette import Palette, Place
from moderator_app.ui.questions import Questions
from moderator_app.ui.queue import possible
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.rest import Rest
from moderator_app.ui.search.search_page import SearchPage
from moderator_app.ui.settings.ai_preview_panel import AiPreviewPanel
from moderator_app.ui.settings.ai_server_panel import AiServerPanel
from moderator_app.ui.settings.settings_page import SECTIONS, SettingsPage
from moderator_app.ui.source_lamps import SourceLamps
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.tour import Tours, is_possible
from moderator_app.ui.tray import Tray
from moderator_app.ui.unanswered import UnansweredCount
from moderator_app.ui.widgets.help_dialog import HelpDialog
from moderator_app.ui.widgets.import_panel import ImportPanel
from moderator_app.ui.widgets.lamps_panel import LampsPanel
from moderator_app.ui.widgets.top_panel import PAGES
from moderator_app.ui.zen import Zen

if TYPE_CHECKING:
    from moderator_app.app import App


# What is done on every page.
BESIDES_QUEUE = frozenset(
    {*PAGES, Command.SEARCH, Command.IMPORT, Command.HELP, Command.PALETTE, Command.PAUSE, Command.ANSWER}
)


class Session(QObject):
    """`ended`: the moderator has left."""

    ended = Signal()

    def __init__(self, app: "App", window: MainWindow, tasks: Tasks, notices: Notices) -> None:
        super().__init__(window)
        self._app, self._window, self._tasks, self._notices = app, window, tasks, notices
        self.queue = review_page(app, tasks, notices)
        self.importing = ImportPanel(app.import_file, tasks, notices)
        self.settings = SettingsPage(
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
        self._leaving = Leaving(app, window, self.queue, self.settings, tasks, notices)
        self._history = HistoryPage(app.history, app.review, app.exporting, app.changes, tasks, notices)
        self.search = SearchPage(app.search, app.stories, app.statistics, app.changes, tasks, notices)
        self._unanswered = UnansweredCount(app.history, app.changes, tasks, self)
        pages: Mapping[Command, QWidget] = {
            Command.QUEUE: self.queue,
            Command.STATISTICS: StatisticsPage(app.statistics, app.exporting, app.changes, tasks, notices),
            Command.HISTORY: self._history,
            Command.SETTINGS: self.settings,
            Command.SEARCH: self.search,
        }
        window.show_pages(pages, {"queue": self.queue.splitter})
        self._lamps_panel = LampsPanel()
        self._ai = AiStatusLine(app.classifying, app.changes, tasks, notices, self)
        window.status.add(self.importing)
        window.status.add(self._ai.label)
        window.status.add(self._lamps_panel)
        self.lamps = SourceLamps(app.states, notices, self)
        self._holding = Holding(app, tasks, self)
        self._questions = Questions(lambda: app.sources, app.outbox, window.question, tasks, self)
        self._keys = KeyFilter(window, lambda: window.shows(Command.QUEUE))
        self._key_choice = KeyChoice(notices, self)
        self._palette = Palette(window, self.do, self._why_not, self._places)
        self._rest = Rest(self)
        self._tray = Tray(window)
        self._alerts = Alerts(app.queue, app.changes, self._tray, tasks, window.isActiveWindow, self)
        self.tours = Tours(review_page, self._keys, self)
        self.zen = Zen(self.queue, window.top)
        self._connect()
        app.preferences.subscribe(self._dress)
        self._dress(app.preferences.current)

    def begin(self, holds: bool, files: Iterable[Path]) -> None:
        self.lamps.begin()
        self._questions.begin()
        if not holds:
            self._holding.ask()
        self.queue.begin()
        self._alerts.begin()
        self._unanswered.begin()
        self._ai.ask()
        self._welcome()
        self.importing.take(files)

    def do(self, command: Command) -> None:
        """What a key or a button of the window asks for."""
        if command in PAGES or command is Command.SEARCH:
            self.zen.end()
        if command in PAGES:
            self._window.show_page(command)
        elif command is Command.SEARCH:
            self._window.show_page(command)
            self.search.begin()
        elif command is Command.IMPORT:
            self.importing.choose()
        elif command is Command.HELP:
            self._show_keys()
        elif command is Command.PALETTE:
            self._palette.open()
        elif command is Command.ZEN:
            self.zen.turn()
        elif command is Command.PAUSE:
            self._hold()
        elif command is Command.ANSWER:
            self._ask_for_answers()
        else:
            self.queue.do(command)

    def _connect(self) -> None:
        window, queue = self._window, self.queue
        self.lamps.changed.connect(self._lamps_panel.show_states)
        self.lamps.changed.connect(queue.communities.show_sources)
        self.lamps.came.connect(self._welcome)
        self._holding.held_by.connect(window.status.show_holder)
        self._holding.taken.connect(self._take_over)
        self._keys.heard.connect(self.do)
        self._keys.heard.connect(self._rest.stir)
        self._rest.suggested.connect(self._suggest_rest)
        window.top.wished.connect(self.do)
        window.dropped.connect(self.importing.take)
        window.close_wished.connect(self._leaving.leave)
        self._leaving.ended.connect(self._tray.close_down)
        self._leaving.ended.connect(self.ended)
        window.status.hold_wished.connect(self._hold)
        window.status.answer_wished.connect(self._ask_for_answers)
        self._unanswered.counted.connect(window.status.show_unanswered)
        self._unanswered.became_late.connect(self._tell_late)
        self._history.queue_wanted.connect(self._show_in_queue)
        self.search.queue_wanted.connect(self._show_in_queue)
        self.search.history_wanted.connect(self._show_in_history)
        self.search.left.connect(lambda: window.show_page(Command.QUEUE))
        queue.list.tour_wished.connect(self.take_tour)
        queue.import_wished.connect(self.importing.choose)
        self.importing.ended.connect(self._welcome)
        queue.counted.connect(window.status.show_waiting)
        queue.counted.connect(self._tray.show_waiting)
        self._tray.opened.connect(window.come_forward)
        self.lamps.died.connect(self._alerts.tell_source)
        queue.pending_changed.connect(window.status.show_pending)

    def _dress(self, chosen: Settings) -> None:
        self._key_choice.use(chosen.keys)
        self._rest.use(chosen.care.break_minutes)
        self._tray.use(chosen.notifications.tray)
        self._alerts.use(chosen.notifications)
        self.queue.view.use_look(chosen.appearance.density, masks=chosen.appearance.mask)
        self.queue.card.pictures.use_veil(chosen.appearance.blur)
        self.queue.show_canned()

    def _why_not(self, command: Command) -> str:
        """Why a command can do nothing now; "" where it can."""
        if command in BESIDES_QUEUE:
            return ""
        if not self._window.shows(Command.QUEUE):
            return with_legend(_("On the page of the queue"), Command.QUEUE)
        return possible.why_not(self.queue, command)

    def _places(self) -> list[Place]:
        """What the palette goes to besides the commands."""
        return [
            *(
                (partial(_view, name), partial(self._show_view, VIEWS[place]), ",  ".join(legends(VIEWS[place])))
                for place, (name, _count) in enumerate(self.queue.filtering.panel.lines[: len(VIEWS)])
            ),
            *((partial(_section, name), partial(self._show_section, place), "") for place, name in enumerate(SECTIONS)),
            *([(_tour, self.take_tour, "")] if is_possible() else []),
        ]

    def _show_view(self, view: Command) -> None:
        self.do(Command.QUEUE)
        self.queue.do(view)

    def _show_section(self, place: int) -> None:
        self.do(Command.SETTINGS)
        self.settings.show_section(place)

    def _welcome(self) -> None:
        self._tasks.start(self._ask_for_first())

    async def _ask_for_first(self) -> None:
        known = self._app.sources or await self._app.statistics.communities()
        self.queue.list.welcome(first=not known)

    def _suggest_rest(self, minutes: int) -> None:
        text = ngettext(
            "You have been at it for {n} minute. Look out of the window for a while: everything here waits.",
            "You have been at it for {n} minutes. Look out of the window for a while: everything here waits.",
            minutes,
        )
        self._notices.tell(text.format(n=minutes))

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

    def take_tour(self) -> None:
        """Teach the keys on sample chats; nothing of this profile is touched."""
        self._tasks.start(self.tours.take())

    def _show_keys(self) -> None:
        sheet = HelpDialog(self._window, tour=is_possible())
        sheet.tour_wished.connect(self.take_tour)
        sheet.open()


def review_page(app: "App", tasks: Tasks, notices: Notices) -> ReviewPage:
    """The queue of an opened profile."""
    return ReviewPage(
        app.queue,
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
        sweeping=app.sweeping,
    )


def _view(name: str) -> str:
    return _("View: {name}").format(name=name)


def _tour() -> str:
    return _("Tour of the keys, three minutes")


def _section(name: Callable[[], str]) -> str:
    return _("Settings: {section}").format(section=name())
