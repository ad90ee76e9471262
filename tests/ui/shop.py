"""The real window over a real profile, with hands on its keys."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.decision import Choice
from moderator_app.domain.history import HistoryLine
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notice, Notices
from moderator_app.ui.session import Session
from moderator_app.ui.tasks import Tasks
from tests.builders import message
from tests.fakes import FakeSource
from tests.ui.until import until

# Too short to be one of a campaign.
FLAGGED = "да пошёл ты нахуй"


@dataclass
class Shop:
    app: App
    window: MainWindow
    session: Session
    tasks: Tasks
    said: list[Notice]
    ended: list[bool]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    async def shows(self, count: int) -> None:
        """Wait for so many rows and a card that may be decided on."""
        queue = self.session.queue
        await until(lambda: queue.model.rowCount() == count and queue.card.item == queue.view.item)

    async def stored(self, count: int) -> list[HistoryLine]:
        """The history once it has so many lines: a decision is shown before it is stored."""
        async with asyncio.timeout(10):
            while len(lines := await self.app.history.page()) < count:
                await asyncio.sleep(0.01)
        return list(lines)

    async def standing(self) -> list[Choice]:
        lines = await self.app.history.page()
        return [line.decision.choice for line in reversed(lines) if line.decision.undone is None]


@asynccontextmanager
async def shop(folder: Path, *sources: FakeSource) -> AsyncIterator[Shop]:
    app = await App.open(paths.profile(folder / "profile"), explain_finding, explain_note)
    notices, window = Notices(), MainWindow(app.profile)
    tasks, said, ended = Tasks(notices), list[Notice](), list[bool]()
    notices.posted.connect(said.append)
    session = Session(app, window, tasks, notices)
    session.ended.connect(lambda: ended.append(True))
    window.show()
    window.activateWindow()
    await until(lambda: QApplication.activeWindow() is window)
    session.begin(app.start(sources), ())
    try:
        yield Shop(app, window, session, tasks, said, ended)
    finally:
        window.let_go()
        await tasks.close()
        await app.stop()
        window.deleteLater()


def flagged(count: int) -> Delivery:
    now = datetime.now(UTC)
    return Delivery(tuple(message(f"{FLAGGED} {number}", id=str(number), date=now) for number in range(1, count + 1)))
