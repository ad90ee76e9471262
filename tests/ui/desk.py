"""The review page in a window, worked by keys as a moderator does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moderator_app.ui.keys import Command, KeyFilter
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notice, Notices
from moderator_app.ui.queue.queue_model import Entry
from moderator_app.ui.queue.review_page import ReviewPage
from moderator_app.ui.tasks import Tasks
from tests.ui.fakes import FakeNotes, FakePictures, FakeProfiles, FakeReview, FakeSnoozing, FakeSweeping, FakeViews
from tests.ui.until import until

# QTest strikes Latin keys only.
CYRILLIC = (0x400, 0x500)


@dataclass
class Watch:
    """A clock that stands until it is moved."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    review: FakeReview
    page: ReviewPage
    window: MainWindow
    watch: Watch
    said: list[Notice] = field(default_factory=list)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Strike a key where the focus is; the hand has rested on the card before."""
        self.watch.now += 1.0
        self.strike(key, modifiers)

    def strike(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Strike a key in the same moment."""
        target = QApplication.focusWidget() or self.window
        if not CYRILLIC[0] <= key < CYRILLIC[1]:
            QTest.keyClick(target, key, modifiers)
            return
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, chr(key).lower()))

    async def seen(self, item: int) -> None:
        """Wait until the item is under the hand and its card can be read."""
        await until(lambda: self.page.view.item == item and self.page.card.item == item)

    def items(self) -> list[int]:
        return [entry.row.item for entry in self.page.model.entries()]

    def entry(self, item: int) -> Entry:
        entry = self.page.model.entry(item)
        assert entry is not None
        return entry


@asynccontextmanager
async def desk(
    review: FakeReview,
    folder: Path,
    pictures: FakePictures | None = None,
    profiles: FakeProfiles | None = None,
    notes: FakeNotes | None = None,
) -> AsyncIterator[Desk]:
    notices, watch, window = Notices(), Watch(), MainWindow(folder)
    tasks = Tasks(notices)
    # Fakes stand at the use cases here: a slow, failing or late one is what these tests are about.
    parts: dict[str, Any] = {
        "queue": review,
        "review": review,
        "pictures": pictures or FakePictures(),
        "profiles": profiles or FakeProfiles(),
        "notes": notes or FakeNotes(),
        "views": FakeViews(review),
        "snoozing": FakeSnoozing(),
        "sweeping": FakeSweeping(),
    }
    page = ReviewPage(changes=review.changes, tasks=tasks, notices=notices, clock=watch, **parts)
    window.show_pages({Command.QUEUE: page}, {})
    keys = KeyFilter(window, lambda: True)
    keys.heard.connect(page.do)
    made = Desk(review, page, window, watch)
    notices.posted.connect(made.said.append)
    window.show()
    window.activateWindow()
    await until(lambda: QApplication.activeWindow() is window)
    page.view.setFocus()
    page.begin()
    await until(lambda: page.model.rowCount() == min(len(review.open), 200))
    try:
        yield made
    finally:
        page.close_down()
        await tasks.close()
        window.let_go()
        window.deleteLater()
