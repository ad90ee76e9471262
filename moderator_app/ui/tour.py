"""The tour of the keys: eight of them, learned by pressing them on sample chats that belong to nobody."""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout

from moderator_app import paths
from moderator_app.language import N_, _
from moderator_app.ui.keys import Command, KeyFilter, first_legend
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notices
from moderator_app.ui.queue.actions_panel import CHOICES
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.widgets.guide_panel import GuidePanel
from moderator_app.ui.widgets.help_dialog import HelpDialog

if TYPE_CHECKING:
    from moderator_app.app import App

# Longer than anybody thinks about a step: nothing is carried out meanwhile.
GRACE_SECONDS = "30"

STEPS: Mapping[Command, str] = {
    Command.NEXT: N_("Go to the next message."),
    Command.DISMISS: N_("Nothing wrong with this one? Dismiss it; the next one comes by itself."),
    Command.CANCEL: N_("A slip? The newest decision is taken back while its row is grey."),
    Command.DELETE: N_("Delete this message. A countdown on its row says when it really happens."),
    Command.UNDO: N_("Walk back, one decision after the other, however many there were."),
    Command.DELETE_BAN: N_("Delete the message and ban its author, with one key."),
    Command.SKIP: N_("Not sure? Go on without a decision. This key never does harm."),
    Command.HELP: N_("All keys on one sheet, whenever you need it."),
}
ORDER = tuple(STEPS)

PageOf = Callable[["App", Tasks, Notices], ReviewPage]


def is_possible() -> bool:
    """Not while single keys are switched off: there would be nothing to press."""
    return all(first_legend(command) for command in ORDER)


class Tour(QObject):
    """One round in a window of its own. `ended`: it was gone through to its end, or left."""

    ended = Signal()

    def __init__(self, app: "App", page_of: PageOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done = 0
        self.window = MainWindow(None)
        notices = Notices()
        notices.posted.connect(self.window.notice_bar.show_notice)
        self._tasks = Tasks(notices)
        self.page = page_of(app, self._tasks, notices)
        self.window.show_pages({Command.QUEUE: self.page}, {})
        # Nothing leaves a tour but its own sample chats: there is nothing to hold back.
        self.window.top.hide()
        self.window.status.show_hold(False)
        self.guide = GuidePanel(len(ORDER))
        column = self.window.layout()
        if isinstance(column, QBoxLayout):
            column.insertWidget(0, self.guide)
        self.keys = KeyFilter(self.window, lambda: True)
        self.keys.heard.connect(self.do)
        self.page.buttons.wished.connect(self._follow)
        self.page.pending_changed.connect(self.window.status.show_pending)
        self.page.counted.connect(self.window.status.show_waiting)
        self.guide.left.connect(self.ended)
        self.window.close_wished.connect(self.ended)
        self._show()

    @property
    def done(self) -> int:
        """How many steps have been done."""
        return self._done

    def begin(self) -> None:
        self.window.setWindowTitle(_("Tour of the keys"))
        self.window.show()
        self.window.activateWindow()
        self.page.begin()

    async def close(self) -> None:
        self.keys.sleeps = True
        self.page.close_down()
        await self._tasks.close()
        self.window.let_go()
        self.window.deleteLater()

    def do(self, command: Command) -> None:
        """Carry out what was pressed, as in the queue; keys of other pages do nothing here."""
        armed = self.page.is_armed
        if command is Command.HELP:
            HelpDialog(self.window).open()
        elif command in _OF_OTHER_PAGES:
            return
        else:
            self.page.do(command)
        if armed or command not in CHOICES:
            self._follow(command)

    def _follow(self, command: Command) -> None:
        if self._done < len(ORDER) and command is ORDER[self._done]:
            self._done += 1
            self._show()

    def _show(self) -> None:
        if self._done == len(ORDER):
            self.guide.show_end(
                _("These are the keys that most of the work is done with. The tour can be taken again.")
            )
        else:
            command = ORDER[self._done]
            self.guide.show_step(self._done, first_legend(command), _(STEPS[command]))


_OF_OTHER_PAGES = frozenset(
    {
        Command.QUEUE,
        Command.STATISTICS,
        Command.HISTORY,
        Command.SETTINGS,
        Command.SEARCH,
        Command.IMPORT,
        Command.PALETTE,
        Command.PAUSE,
        Command.ANSWER,
        Command.ZEN,
    }
)


class Tours(QObject):
    """Takes somebody round on a throw-away profile, which is gone afterwards."""

    def __init__(self, page_of: PageOf, keys: KeyFilter, parent: QObject) -> None:
        super().__init__(parent)
        self._page_of, self._keys = page_of, keys
        self.current: Tour | None = None

    async def take(self) -> None:
        """Until it has ended; a second call while one runs does nothing."""
        if self.current is not None or self._keys.sleeps:
            return
        self._keys.sleeps = True
        try:
            with tempfile.TemporaryDirectory(prefix="moderator-app-tour-", ignore_cleanup_errors=True) as folder:
                await self._take(Path(folder))
        finally:
            self._keys.sleeps = False

    async def _take(self, folder: Path) -> None:
        from moderator_app import sample_profile
        from moderator_app.sources.sample_chat import SampleChat

        said = await asyncio.to_thread(sample_profile.past)
        app = await sample_profile.opened(paths.profile(folder), said)
        app.preferences.set("review.grace_seconds", GRACE_SECONDS)
        tour = None
        try:
            app.start([SampleChat(sample_profile.folder(), said)])
            tour = self.current = Tour(app, self._page_of)
            ended = asyncio.Event()
            tour.ended.connect(ended.set)
            tour.begin()
            await ended.wait()
        finally:
            self.current = None
            if tour is not None:
                await tour.close()
            await app.stop()
