"""Leaving the window with something unsaved or not carried out yet."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QMessageBox, QPlainTextEdit

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import AuthorKey, CommunityKey, Platform
from moderator_app.ui.keys import Command
from moderator_app.ui.settings.settings_page import section_of
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.shop import Shop, flagged, shop
from tests.ui.until import until


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


def test_what_was_dismissed_right_before_leaving_stays_dismissed(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await at.app.intake.accept(flagged(3), "test")
            await at.shows(3)
            for _ in range(3):
                at.press(Qt.Key.Key_A)
            at.window.close()
            assert at.ended == [True]
            await at.tasks.close()
            assert await at.standing() == [Choice.DISMISS] * 3

    run(work())


def test_leaving_asks_about_a_deletion_that_is_just_being_stored(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        source = FakeSource(CommunityKey(Platform.TELEGRAM, "100"))
        source.post(*flagged(1).messages)
        async with shop(tmp_path, source) as at:
            await at.shows(1)
            await until(lambda: at.session.queue.is_armed)
            at.press(Qt.Key.Key_D)
            at.window.close()
            assert at.window.findChild(QMessageBox) is not None
            assert at.ended == []

    run(work())


def test_leaving_with_nothing_pending_asks_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            at.window.close()
            assert at.ended == [True]

    run(work())


def test_leaving_saves_edited_lists_when_asked_to(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            write_whitelist(at, "telegram:777")
            at.window.close()
            answer(at, "Save")
            await until(lambda: at.ended)
            assert (await at.app.lists.read()).whitelist == {AuthorKey(Platform.TELEGRAM, "777")}

    run(work())


def test_leaving_stays_and_shows_the_line_that_cannot_be_saved(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            write_whitelist(at, "nobody")
            at.window.show_page(Command.QUEUE)
            at.window.close()
            answer(at, "Save")
            await until(lambda: at.window.shows(Command.SETTINGS))
            assert at.ended == []
            assert (await at.app.lists.read()).whitelist == frozenset()

    run(work())


def test_leaving_discards_edited_lists_only_when_told(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            write_whitelist(at, "telegram:777")
            at.window.close()
            answer(at, "Stay")
            assert at.ended == []
            await until(lambda: not at.window.findChildren(QMessageBox))
            at.window.close()
            answer(at, "Do not save")
            await until(lambda: at.ended)
            assert (await at.app.lists.read()).whitelist == frozenset()

    run(work())


def write_whitelist(at: Shop, text: str) -> None:
    at.window.show_page(Command.SETTINGS)
    at.window.findChildren(QListWidget)[0].setCurrentRow(section_of(ListKind.WHITELIST))
    editor = next(each for each in at.window.findChildren(QPlainTextEdit) if each.accessibleName() == "Whitelist")
    editor.insertPlainText(text)


def answer(at: Shop, text: str) -> None:
    box = at.window.findChild(QMessageBox)
    assert box is not None
    next(button for button in box.buttons() if button.text() == text).click()
