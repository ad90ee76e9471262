"""Opens the console's own window on a profile and lets a benchmark drive it."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from moderator_app.app import App
from moderator_app.language import explain_finding, explain_note
from moderator_app.paths import profile as prepared
from moderator_app.settings import Appearance
from moderator_app.ui import start
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.widgets.import_panel import ImportPanel

TICK_MS = 10

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Console:
    """`opened` is when the window began to be made."""

    window: MainWindow
    queue: ReviewPage
    importing: ImportPanel
    opened: float


def drive(
    profile: Path,
    driver: Callable[[Console], Awaitable[T]],
    connect: Callable[[App], Coroutine[Any, Any, None]] | None = None,
) -> T:
    """Open the window, wait for what `driver` does with it, close it; `connect` gives it its sources."""
    driving: list[asyncio.Task[T]] = []
    opened = time.perf_counter()

    async def open_app() -> App:
        app = await App.open(prepared(profile), explain_finding, explain_note)
        driving.append(asyncio.get_running_loop().create_task(_drive(driver, opened)))
        return app

    start.run(open_app, profile, Appearance(), connect=connect)
    return driving[0].result()


async def _drive(driver: Callable[[Console], Awaitable[T]], opened: float) -> T:
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    try:
        while (queue := window.findChild(ReviewPage)) is None:
            await asyncio.sleep(0)
        importing = window.findChild(ImportPanel)
        assert importing is not None
        return await driver(Console(window, queue, importing, opened))
    finally:
        # Decisions in their grace would make the window ask.
        while queue is not None and queue.pending:
            await asyncio.sleep(0.05)
        window.close_wished.emit()


class Ticks(QObject):
    """A timer of the window's thread, and by how many milliseconds each of its ticks came late."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ticks: list[float] = []
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._ticks.append(time.perf_counter()))
        self._timer.start()

    def __len__(self) -> int:
        return len(self._ticks)

    def stop(self) -> list[float]:
        self._timer.stop()
        return [max(0.0, (after - before) * 1000 - TICK_MS) for before, after in pairwise(self._ticks)]


class Painted(QObject):
    """Waits until `ready` holds and then one of the parts of `widget` has been painted."""

    def __init__(self, widget: QWidget, ready: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._ready = ready
        self._at: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        _application().installEventFilter(self)

    async def at(self) -> float:
        """When the painting was over."""
        return await self._at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget) and self._concerns(watched):
            _application().removeEventFilter(self)
            # The event is only about to be handled, and the other parts are painted after it.
            QTimer.singleShot(0, self._done)
        return False

    def _concerns(self, watched: QWidget) -> bool:
        return (watched is self._widget or self._widget.isAncestorOf(watched)) and self._ready()

    def _done(self) -> None:
        if not self._at.done():
            self._at.set_result(time.perf_counter())


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
