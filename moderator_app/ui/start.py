"""Starts the window: Qt, the event loop, signals, and the way out."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from moderator_app.domain.ports import Source
from moderator_app.language import _
from moderator_app.settings import Appearance
from moderator_app.ui.garbage import Garbage
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notices, explain
from moderator_app.ui.session import Session
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import Theme
from moderator_app.ui.words import Words
from moderator_app.watchdog import leave_within

if TYPE_CHECKING:
    from moderator_app.app import App

log = logging.getLogger(__name__)

# A signal ends the window within five seconds.
STOP_SECONDS = 4.0
LEAVE_SECONDS = 4.5
# Where asyncio has no signal handlers (Windows), Python must come by now and then to see that one arrived.
WAKE_MS = 200


def run(
    open_app: "Callable[[], Awaitable[App]]",
    profile: Path | None,
    appearance: Appearance,
    *,
    sources: Sequence[Source] = (),
    connect: "Callable[[App], Coroutine[Any, Any, None]] | None" = None,
    files: Sequence[Path] = (),
) -> int:
    """Show the window until it is closed; `files` are imported at once. Returns the exit code.

    `connect` gives the opened profile its sources, in the place of `sources`: finding them may take long. Without a
    `profile` the window remembers no layout. Raises what `open_app` raised, once the window that said so is
    closed.
    """
    os.environ.setdefault("QT_API", "pyside6")
    from qasync import QEventLoop

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("moderator-app")
    application.setStyle("Fusion")
    # Closing a sign-in dialog would end the loop in the middle of a task.
    application.setQuitOnLastWindowClosed(False)
    window = _Window(application, profile, appearance)
    garbage = Garbage(application)
    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
            return runner.run(window.live(open_app, sources, connect, files))
    finally:
        garbage.stop()


class _Window:
    def __init__(self, application: QApplication, profile: Path | None, appearance: Appearance) -> None:
        self._appearance = appearance
        self._theme = Theme(application, appearance.theme, appearance.font_percent)
        self._words = Words(application)
        self._words.use(appearance.language)
        self._notices = Notices()
        self._tasks = Tasks(self._notices)
        self._window = MainWindow(profile)
        self._notices.posted.connect(self._window.notice_bar.show_notice)
        self._ended = asyncio.Event()

    async def live(
        self,
        open_app: "Callable[[], Awaitable[App]]",
        sources: Sequence[Source],
        connect: "Callable[[App], Coroutine[Any, Any, None]] | None",
        files: Sequence[Path],
    ) -> int:
        self._hear_signals()
        self._window.close_wished.connect(self._ended.set)
        # Shown before anything is read: the first frame does not wait for the database.
        self._window.show()
        self._window.activateWindow()
        try:
            app = await open_app()
        except Exception as error:
            await self._stay_with(error)
            raise
        try:
            self._open(app, sources, files)
            if connect is not None:
                self._tasks.start(connect(app))
            await self._ended.wait()
        finally:
            await self._close(app)
        return 0

    def _open(self, app: "App", sources: Sequence[Source], files: Sequence[Path]) -> None:
        app.on_failure = self._notices.report
        self._window.close_wished.disconnect(self._ended.set)
        app.preferences.subscribe(lambda settings: self._dress(settings.appearance))
        session = Session(app, self._window, self._tasks, self._notices)
        session.ended.connect(self._ended.set)
        session.begin(app.start(sources), files)

    def _dress(self, appearance: Appearance) -> None:
        if appearance != self._appearance:
            self._appearance = appearance
            self._theme.use(appearance.theme)
            self._theme.use_letters(appearance.font_percent)
            self._words.use(appearance.language)

    async def _stay_with(self, error: Exception) -> None:
        """The data cannot be opened: say so until the window is closed."""
        self._window.give_up(_("The console cannot open"), explain(error))
        await self._ended.wait()
        self._window.let_go()

    async def _close(self, app: "App") -> None:
        self._window.let_go()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._tasks.close()
                await app.stop()
        except TimeoutError:
            log.error("stopping took more than %.0f s and was given up", STOP_SECONDS)

    def _hear_signals(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: self._unexpected(context))
        sys.excepthook = self._uncaught
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, self._leave)
            except NotImplementedError:
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self._leave))
                timer = QTimer(self._window, interval=WAKE_MS)
                timer.timeout.connect(lambda: None)
                timer.start()

    def _leave(self) -> None:
        self._ended.set()
        leave_within(LEAVE_SECONDS)

    def _unexpected(self, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self._notices.report(error)
        else:
            log.error("in the event loop: %s", context.get("message"))

    def _uncaught(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._ended.set()
            return
        with contextlib.suppress(RuntimeError):
            # The window may be gone already.
            self._notices.report(error)
