"""The real window over a real profile."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QToolButton

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.ui.keys import Command
from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notice, Notices
from moderator_app.ui.session import Session
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.words import Words
from tests.builders import message
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.until import until

FLAGGED = "пишите в лс, доход от 500$ в неделю, блядь"


@dataclass
class Shop:
    app: App
    window: MainWindow
    session: Session
    said: list[Notice]
    ended: list[bool]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    async def shows(self, count: int) -> None:
        """Wait for so many rows and a card that may be decided on."""
        queue = self.session.queue
        await until(lambda: queue.model.rowCount() == count and queue.card.item == queue.view.item)

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
    session.begin(app.start(sources), [source.name for source in sources], ())
    try:
        yield Shop(app, window, session, said, ended)
    finally:
        window.let_go()
        await tasks.close()
        await app.stop()
        window.deleteLater()


def flagged(count: int) -> Delivery:
    now = datetime.now(UTC)
    return Delivery(tuple(message(f"{FLAGGED} {number}", id=str(number), date=now) for number in range(1, count + 1)))


def test_a_key_decides_in_the_database_and_escape_takes_it_back(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(3), "test")
            await at.shows(3)
            first = at.session.queue.view.item
            at.press(Qt.Key.Key_A)
            await until(lambda: at.session.queue.view.item != first)
            await until(lambda: at.session.queue.model.index(0, 0).data().endswith("Esc takes it back"))
            assert await at.standing() == [Choice.DISMISS]
            at.press(Qt.Key.Key_Escape)
            await until(lambda: at.session.queue.view.item == first)
            assert await at.standing() == []
            assert (await at.app.review.page()).total == 3

    run(work())


def test_a_dropped_file_fills_the_queue(run: Run, tmp_path: Path) -> None:
    lines = [
        {"platform": "vk", "community": "7", "id": str(number), "date": 1780000000 + number, "text": FLAGGED}
        for number in range(1, 4)
    ]
    file = tmp_path / "chat.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    async def work() -> None:
        async with shop(tmp_path) as at:
            at.window.dropped.emit([file])
            await at.shows(3)
            await until(lambda: at.said)
            assert at.said[0].text == "chat.jsonl: 3 messages read, 3 new, 3 for review."
            assert "Imported file" in at.session.queue.card.remarks

    run(work())


def test_the_language_changes_while_the_window_is_open(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(1), "test")
            await at.shows(1)
            words = Words(qapp)
            words.use("ru")
            try:
                await until(lambda: at.window.windowTitle() == "Консоль модератора")
                pages = [button.text() for button in at.window.top.findChildren(QToolButton)]
                assert pages[:4] == ["Очередь", "Статистика", "История", "Настройки"]
                assert "сообщений" in at.session.queue.card.author.texts()
                assert at.window.status.text().startswith("1 ждёт")
            finally:
                words.use("en")
            await until(lambda: at.window.windowTitle() == "Moderator's console")

    run(work())


def test_page_keys_work_while_a_text_field_has_the_focus(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
            assert at.window.shows(Command.HISTORY)
            at.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
            assert at.window.shows(Command.QUEUE)

    run(work())


def test_leaving_asks_while_something_is_still_to_be_carried_out(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        source = FakeSource(CommunityKey(Platform.TELEGRAM, "100"))
        source.post(*flagged(1).messages)
        async with shop(tmp_path, source) as at:
            await at.shows(1)
            await until(lambda: at.session.queue.is_armed)
            at.press(Qt.Key.Key_D)
            await until(lambda: at.session.queue.pending)
            at.window.close()
            box = at.window.findChild(QMessageBox)
            assert box is not None
            assert at.ended == []
            at_once = next(button for button in box.buttons() if button.text() == "Carry out now")
            at_once.click()
            await until(lambda: at.ended)
            (line,) = [one for one in await at.app.history.page() if one.decision.undone is None]
            assert [action.state for action in line.decision.actions] == [ActionState.DONE]

    run(work())


def test_leaving_with_nothing_pending_asks_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.window.close()
            assert at.ended == [True]

    run(work())


def test_holding_the_actions_is_shown_and_can_be_released(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
            assert at.app.outbox.paused
            at.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
            assert not at.app.outbox.paused

    run(work())
