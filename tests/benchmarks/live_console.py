"""The console's window on a Telegram account of the loopback server, with notes of when each message got how far."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from moderator_app.app import App
from moderator_app.domain.ports import Delivery, SourceState
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.catching_up import Bounds
from moderator_app.sources.telegram.client import Access
from moderator_app.sources.telegram.source import TelegramSource
from moderator_app.ui.queue.queue_delegate import QueueDelegate
from moderator_app.ui.queue.queue_model import ENTRY
from moderator_app.ui.queue.review_page import ReviewPage
from tests.benchmarks.live_world import Place
from tests.benchmarks.window import Console, drive
from tests.servers.telegram import API_HASH, API_ID

T = TypeVar("T")

Times = dict[int, float]

# Taller than a screen: at 20 a second a second's rows are to be in sight.
_WIDTH, _HEIGHT = 1280, 1600
_ALL_DAYS = 3650
_POLL_SECONDS = 0.02


class NotedSource(TelegramSource):
    """Notes when each message was stored and judged: a source is asked for more when that is done.

    `taken` counts them; `done` has their times, unless `notes` is unset: that takes memory.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.taken = 0
        self.notes = True
        self.done: Times = {}

    async def messages(self, cursor: str) -> AsyncGenerator[Delivery, None]:
        stream = super().messages(cursor)
        try:
            async for delivery in stream:
                yield delivery
                self.taken += len(delivery.messages)
                if self.notes:
                    at = time.perf_counter()
                    self.done |= {int(each.key.message): at for each in delivery.messages}
        finally:
            await stream.aclose()


class NotingDelegate(QueueDelegate):
    """Notes when each row was first painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.painted: Times = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        self.painted.setdefault(int(index.data(ENTRY).row.key.message), time.perf_counter())


class Caller(QObject):
    """A moderator who has new messages shown, and goes to the top, as soon as the strip above the list tells of them.

    `told` is when the strip was painted, with how many messages had been told of by then.
    """

    def __init__(self, page: ReviewPage) -> None:
        super().__init__(page)
        self._page = page
        self.told: list[tuple[float, int]] = []
        self._waiting = 0
        page.counted.connect(self._count)
        page.strip.installEventFilter(self)
        page.model.modelReset.connect(lambda: QTimer.singleShot(0, self._go_to_top))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint and self._page.strip.count:
            # The event is only about to be handled.
            QTimer.singleShot(0, self._call)
        return False

    def _call(self) -> None:
        if self._page.strip.count:
            self.told.append((time.perf_counter(), self._waiting))
            QTest.keyClick(self._page.view, Qt.Key.Key_Period)

    def _count(self, waiting: int) -> None:
        self._waiting = waiting

    def _go_to_top(self) -> None:
        QTest.keyClick(self._page.view, Qt.Key.Key_Home)


@dataclass(frozen=True, slots=True)
class Live:
    """`rows` tells when they were painted."""

    place: Place
    app: App
    source: NotedSource
    console: Console
    rows: NotingDelegate

    async def talk(self, count: int, rate: float, every: int, seed: int) -> Times:
        """Have people talk and wait until all of it is stored and judged. Returns when each message was sent."""
        before = self.source.taken
        await self.place.talk(count, rate, every, seed)
        await until(lambda: self.source.taken >= before + count)
        return dict(await self.place.ask("sent"))

    async def connected(self) -> None:
        states = self.app.states.current
        await until(lambda: self.source.name in states and states[self.source.name].state is SourceState.CONNECTED)


def drive_live(profile: Path, place: Place, driver: Callable[[Live], Awaitable[T]], first: int = 0) -> T:
    """Open the window on the account, do what `driver` does with it, close it.

    `first` is how many messages the first reading brings.
    """
    running: list[tuple[App, NotedSource]] = []

    async def connect(app: App) -> None:
        source = _source(app, place, first)
        await app.use_sources([source])
        running.append((app, source))

    async def driven(console: Console) -> T:
        await until(lambda: running)
        rows = NotingDelegate(console.queue.view)
        console.queue.view.setItemDelegate(rows)
        console.window.resize(_WIDTH, _HEIGHT)
        return await driver(Live(place, *running[0], rows=rows, console=console))

    return drive(profile, driven, connect)


async def until(condition: Callable[[], Any]) -> None:
    while not condition():
        await asyncio.sleep(_POLL_SECONDS)


def _source(app: App, place: Place, first: int) -> NotedSource:
    settings = Telegram(server=place.address, public_key=place.public_key)
    access = Access(str(API_ID), API_HASH, place.session)
    return NotedSource(
        "telegram:1", access, lambda: settings, app.archive, app.states.report, app.profile / "telegram-1.json",
        bounds=lambda: Bounds(days=_ALL_DAYS, messages=first),
    )  # fmt: skip
