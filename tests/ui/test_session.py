"""The real window over a real profile."""

import asyncio
import getpass
import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from moderator_app import paths
from moderator_app.domain.decision import Choice
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.profile_lock import ProfileLock
from moderator_app.ui.keys import Command
from moderator_app.ui.queue import closed_rows
from moderator_app.ui.words import Words
from tests.cli.commands import Profile
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.given import says
from tests.ui.shop import FLAGGED, flagged, shop
from tests.ui.until import until


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
            assert await at.app.queue.waiting() == 3

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
            await until(lambda: says(at.window, "Begin with a chat"))
            at.window.dropped.emit([file])
            await at.shows(3)
            await until(lambda: at.said)
            assert at.said[0].text == "chat.jsonl: 3 messages read, 3 new, 3 for review."
            assert "Imported file" in at.session.queue.card.remarks

    run(work())


def test_a_decision_about_a_chat_from_a_file_says_that_it_is_only_recorded(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "chat.jsonl"
    file.write_text(f'{{"platform":"vk","community":"7","id":"1","date":1780000000,"text":"{FLAGGED}"}}', "utf-8")

    async def work() -> None:
        async with shop(tmp_path) as at:
            at.window.dropped.emit([file])
            await at.shows(1)
            await until(lambda: at.session.queue.is_armed)
            at.press(Qt.Key.Key_D)
            said = "only recorded, nothing is done: Delete"
            await until(lambda: at.session.queue.model.index(0, 0).data().endswith(f"{said} · Esc takes it back"))
            assert "deleted" not in at.session.queue.model.index(0, 0).data()

    run(work())


def test_a_decision_of_a_command_is_shown_with_who_made_it_and_then_leaves(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_rows, "SHOWN_SECONDS", 2.0)

    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(3), "test")
            await at.shows(3)
            model, view = at.session.queue.model, at.session.queue.view
            first, second, third = (entry.row.item for entry in model.entries())
            command = Profile(tmp_path / "profile")
            await asyncio.to_thread(command.json, "decide", str(first), str(third), "--action", "dismiss", "--json")
            said = f"dismissed · decided by {getpass.getuser()}"
            await until(lambda: model.index(0, 0).data().endswith(said) and model.index(2, 0).data().endswith(said))
            await until(lambda: model.row_of(third) < 0)
            # Under the hand it stays, and no key decides it again.
            assert (view.item, model.row_of(first)) == (first, 0)
            at.press(Qt.Key.Key_A)
            assert at.session.queue.buttons.is_flashing(Command.DISMISS)
            at.press(Qt.Key.Key_J)
            await until(lambda: [entry.row.item for entry in model.entries()] == [second])
            assert view.item == second

    run(work())


def test_a_decision_of_a_command_that_is_taken_back_leaves_the_row_where_it_is(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(2), "test")
            await at.shows(2)
            model = at.session.queue.model
            first = at.session.queue.view.item
            command = Profile(tmp_path / "profile")
            await asyncio.to_thread(command.json, "decide", str(first), "--action", "delete", "--json")
            await until(lambda: "decided by" in model.index(0, 0).data())
            await asyncio.to_thread(command.json, "undo", "--json")
            await until(lambda: "decided by" not in model.index(0, 0).data())
            at.press(Qt.Key.Key_A)
            await until(lambda: "Esc takes it back" in model.index(0, 0).data())

    run(work())


def test_after_a_clean_chat_the_queue_no_longer_asks_for_a_first_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "clean.jsonl"
    file.write_text('{"platform":"vk","community":"7","id":"1","date":1780000000,"text":"Доброе утро"}', "utf-8")

    async def work() -> None:
        async with shop(tmp_path) as at:
            await until(lambda: says(at.window, "Begin with a chat"))
            at.window.dropped.emit([file])
            await until(lambda: says(at.window, "Nothing waits"))

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
                assert at.window.status.text().startswith("В очереди 1")
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


def test_a_second_window_says_who_carries_out_and_takes_over_when_that_one_ends(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        first = ProfileLock(paths.profile(tmp_path / "profile"))
        assert first.take("collect")
        source = FakeSource(CommunityKey(Platform.TELEGRAM, "100"))
        async with shop(tmp_path, source) as at:
            said = f"The command collect carries the actions out (process {os.getpid()})"
            await until(lambda: said in at.window.status.text())
            assert at.app.sources == ()
            first.release()
            await until(lambda: at.app.sources == (source,))
            assert "carries" not in at.window.status.text()
            assert at.said[-1].text == "The other process has ended: this window carries the actions out now."
            source.post(*flagged(1).messages)
            await at.shows(1)

    run(work())


def test_holding_the_actions_is_shown_and_can_be_released(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
            assert at.app.outbox.paused
            at.press(Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
            assert not at.app.outbox.paused

    run(work())


def test_a_small_window_is_possible_and_shows_every_action_on_the_queue(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(1), "test")
            await at.shows(1)
            at.window.resize(800, 500)
            for page in (Command.STATISTICS, Command.HISTORY, Command.SETTINGS, Command.QUEUE):
                at.window.show_page(page)
                await until(lambda: at.window.size().toTuple() == (800, 500))
            actions = at.session.queue.buttons.findChildren(QPushButton)
            edges = [each.mapTo(at.window, each.rect().bottomRight()) for each in actions]
            assert all(edge.x() < 800 and edge.y() < 500 for edge in edges)

    run(work())
