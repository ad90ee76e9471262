"""What waits for the moderator's answer, in the real window over a real profile."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.ui.history.history_table import HistoryTable
from moderator_app.ui.keys import Command
from moderator_app.ui.words import Words
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.given import says
from tests.ui.shop import Shop, flagged, shop
from tests.ui.until import until

CTRL = Qt.KeyboardModifier.ControlModifier
YARD = CommunityKey(Platform.TELEGRAM, "100")
HOUR_MS = 3_600_000


def posting(count: int) -> FakeSource:
    source = FakeSource(YARD)
    source.post(*flagged(count).messages)
    return source


async def make_late(at: Shop, choice: Choice = Choice.DELETE) -> int:
    """A decision of an hour ago that nobody could carry out since."""
    item = at.session.queue.view.item
    at.app.outbox.pause()
    # A grace, because what was about to be claimed when the outbox was paused is still carried out.
    await at.app.review.decide([item], choice, grace=30)
    with closing(sqlite3.connect(at.app.database.path)) as database:
        database.execute("UPDATE action SET due = due - ?, wanted = wanted - ?", (HOUR_MS, HOUR_MS))
        database.commit()
    at.app.outbox.release()
    return item


def answer_button(at: Shop) -> QToolButton:
    return next(one for one in at.window.status.findChildren(QToolButton) if "answer" in one.text())


def focused() -> str:
    focus = QApplication.focusWidget()
    return focus.text() if isinstance(focus, QPushButton) else type(focus).__name__


async def tab_to(at: Shop, text: str) -> None:
    """Press Tab until the button has the focus."""
    for _ in range(12):
        if focused() == text:
            return
        at.press(Qt.Key.Key_Tab)
    raise AssertionError(f"no way to {text} by Tab")


async def states(at: Shop) -> list[ActionState]:
    return [action.state for line in await at.app.history.page() for action in line.decision.actions]


def test_a_late_decision_is_told_and_carried_out_by_keys_alone(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path, posting(2)) as at:
            await at.shows(2)
            assert "answer" not in at.window.status.text()
            await make_late(at)
            await until(lambda: at.window.status.text().endswith("1 decision waits for your answer"))
            asked = "1 decision was not carried out in time. Carry it out now, or drop it? (Ctrl+J / О)"
            await until(lambda: asked in [notice.text for notice in at.said])
            at.press(Qt.Key.Key_J, CTRL)
            await until(lambda: at.window.shows(Command.HISTORY) and says(at.window, "Carry it out now, or drop it"))
            assert focused() == HistoryTable.__name__
            await tab_to(at, "Carry out")
            at.press(Qt.Key.Key_Space)
            await until(lambda: "answer" not in at.window.status.text())
            await until(lambda: says(at.window, "delete · done"))

    run(work())


def test_a_late_decision_is_dropped_by_two_clicks_and_waits_in_the_queue_again(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path, posting(1)) as at:
            await at.shows(1)
            item = await make_late(at)
            await until(lambda: "answer" in at.window.status.text())
            answer_button(at).click()
            await until(lambda: says(at.window, "Carry it out now, or drop it"))
            drop = next(one for one in at.window.findChildren(QPushButton) if one.text() == "Drop")
            assert drop.isVisible()
            drop.click()
            await until(lambda: "answer" not in at.window.status.text())
            at.press(Qt.Key.Key_1, CTRL)
            await until(lambda: at.session.queue.model.row_of(item) >= 0)
            assert await states(at) == [ActionState.CANCELLED]

    run(work())


def test_what_failed_is_tried_again_or_shown_in_the_queue(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        source = posting(2)
        source.answers = [Refused("storage.full"), Refused("storage.full")]
        async with shop(tmp_path, source) as at:
            await at.shows(2)
            item = at.session.queue.view.item
            await at.app.review.decide([item], Choice.DELETE, grace=0)
            await until(lambda: at.window.status.text().endswith("1 decision waits for your answer"))
            at.press(Qt.Key.Key_J)
            at.press(Qt.Key.Key_J, CTRL)
            await until(lambda: says(at.window, "It was not carried out, and the message is back in the queue."))
            await tab_to(at, "Show in the queue")
            at.press(Qt.Key.Key_Space)
            await until(lambda: at.window.shows(Command.QUEUE) and at.session.queue.view.item == item)
            at.press(Qt.Key.Key_J, CTRL)
            await tab_to(at, "Try again")
            at.press(Qt.Key.Key_Space)
            await until(lambda: "answer" not in at.window.status.text())
            assert await at.standing() == [Choice.DELETE, Choice.DELETE]
            # The line under the hand stays, and asks no more.
            await until(lambda: not says(at.window, "It was not carried out"))

    run(work())


def test_with_nothing_to_answer_the_key_says_so_and_stays(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path, posting(1)) as at:
            await at.shows(1)
            at.press(Qt.Key.Key_J, CTRL)
            await until(lambda: at.said)
            assert at.said[0].text == "Nothing waits for your answer."
            assert at.window.shows(Command.QUEUE)

    run(work())


def test_how_many_actions_are_held_is_told_where_they_are_released(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        source = posting(1)
        async with shop(tmp_path, source) as at:
            await at.shows(1)
            at.press(Qt.Key.Key_Period, CTRL)
            await at.app.review.decide([at.session.queue.view.item], Choice.DELETE_BAN, grace=0)
            texts = [button.text for button in at.window.status.findChildren(QToolButton)]
            await until(lambda: "2 actions are held: release" in [text() for text in texts])
            at.press(Qt.Key.Key_Period, CTRL)
            await until(lambda: "Hold all actions" in [text() for text in texts])
            await until(lambda: len(source.performed) == 2)

    run(work())


@pytest.mark.parametrize(("code", "said"), [("en", "1 decision waits"), ("ru", "1 решение ждёт ответа")])
def test_the_question_changes_its_language_with_the_window(
    run: Run, qapp: QApplication, tmp_path: Path, code: str, said: str
) -> None:
    async def work() -> None:
        async with shop(tmp_path, posting(1)) as at:
            await at.shows(1)
            await make_late(at)
            words = Words(qapp)
            await until(lambda: "answer" in at.window.status.text())
            words.use(code)
            try:
                await until(lambda: said in at.window.status.text())
            finally:
                words.use("en")

    run(work())
