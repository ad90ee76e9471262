"""Several rows under one key: chosen by keys, counted before, taken back at once."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from moderator_app import language
from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import CommunityKey, Message, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.storage import rights
from moderator_app.ui.physical_keys import Key
from tests.builders import author, message
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import SHIFT, armed, items, strike, told
from tests.ui.until import until

OTHER = CommunityKey(Platform.TELEGRAM, "200")


def insult(number: int, community: str = "100") -> Message:
    return message(
        f"да пошёл ты нахуй {number}",
        id=str(number),
        community=community,
        author=author(str(number), f"Автор {number}"),
    )


async def arrive(at: Shop, *messages: Message) -> None:
    await at.app.intake.accept(Delivery(messages), "test")
    await at.shows(len(messages))


def strip(at: Shop) -> str:
    shown = at.session.queue.selected
    return shown.text() if shown.isVisible() else ""


def question() -> QMessageBox | None:
    box = QApplication.activeModalWidget()
    return box if isinstance(box, QMessageBox) else None


@pytest.mark.parametrize("russian", [False, True])
def test_one_key_decides_the_selection_and_one_undo_brings_it_back(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 6)))
            first, second, third, *_rest = items(at)
            strike(at, Key.X, russian=russian)
            strike(at, Key.J, SHIFT, russian=russian)
            strike(at, Key.J, SHIFT, russian=russian)
            assert at.session.queue.model.ticked() == (first, second, third)
            counted = "3 сообщения, 3 человека" if russian else "3 messages, 3 people"
            await until(lambda: counted in strip(at))
            await armed(at)
            strike(at, Key.D, russian=russian)
            assert at.session.queue.view.item == items(at)[3]
            assert strip(at) == ""
            await until(lambda: ("3 сообщения" if russian else "3 messages") in told(at))
            assert await at.standing() == [Choice.DELETE] * 3
            strike(at, Key.ESCAPE)
            await until(lambda: all(entry.is_open for entry in at.session.queue.model.entries()))
            assert await at.standing() == []
            assert at.session.queue.model.ticked() == ()

    run(work())


def test_going_back_over_ticked_rows_takes_their_ticks(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 5)))
            first, second, *_rest = items(at)
            for _time in range(3):
                strike(at, Key.J, SHIFT)
            strike(at, Key.K, SHIFT)
            strike(at, Key.K, SHIFT)
            assert at.session.queue.model.ticked() == (first, second)

    run(work())


def test_escape_lifts_the_selection_before_it_takes_anything_back(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *map(insult, range(1, 4)))
            strike(at, Key.A)
            await until(lambda: told(at) == "" and at.session.queue.view.item == items(at)[1])
            strike(at, Key.X)
            strike(at, Key.ESCAPE)
            assert at.session.queue.model.ticked() == ()
            assert not at.session.queue.model.entries()[0].is_open
            strike(at, Key.ESCAPE)
            await until(lambda: at.session.queue.model.entries()[0].is_open)

    run(work())


def test_an_admin_among_them_is_asked_about_in_numbers(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            # Where admins are judged as others are, they come into the queue.
            await at.app.policies.change({None: {"exemptions.managers": False}})
            await at.app.lists.set_lines(ListKind.MANAGERS, ["telegram:2"])
            await until(lambda: at.app.judges.book.lists.managers)
            await arrive(at, *map(insult, range(1, 4)))
            strike(at, Key.X)
            strike(at, Key.J, SHIFT)
            strike(at, Key.J, SHIFT)
            await armed(at)
            strike(at, Key.R)
            await until(question)
            box = question()
            assert box is not None
            assert box.text() == "Delete and ban: 3 messages, 3 people, among them 1 admin?"
            assert "Admins: Автор 2" in box.informativeText()
            assert box.informativeText().count("да пошёл ты") == 3
            # A key that is still held down answers with the default.
            assert box.defaultButton().text() == "Leave it"
            box.reject()
            await until(lambda: question() is None)
            assert await at.standing() == []
            assert len(at.session.queue.model.ticked()) == 3
            await armed(at)
            strike(at, Key.R)
            await until(question)
            box = question()
            assert box is not None
            next(each for each in box.buttons() if each.text() == "Delete and ban").click()
            await until(lambda: "3 messages" in told(at))
            assert await at.standing() == [Choice.DELETE_BAN] * 3

    run(work())


def test_a_row_that_cannot_be_decided_so_stays_and_says_why(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, insult(1), insult(2, OTHER.community), insult(3))
            barred = {OTHER: {"": ((ActionKind.DELETE, Note("right.delete")),)}}
            await at.app.database.write(rights.keep, barred)
            there = next(
                entry.row.item
                for entry in at.session.queue.model.entries()
                if entry.row.key.community == OTHER.community
            )
            strike(at, Key.X)
            strike(at, Key.J, SHIFT)
            strike(at, Key.J, SHIFT)
            await armed(at)
            strike(at, Key.D)
            await until(lambda: "1 message stays" in told(at))
            assert len(await at.standing()) == 2
            entry = at.session.queue.model.entry(there)
            assert entry is not None
            await until(lambda: entry.row.failure == Note("right.delete"))
            assert entry.is_open

    run(work())
