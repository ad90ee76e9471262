"""What others did on the platform, and what the account may not do there, under the moderator's hand."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.queue import Card
from moderator_app.domain.rights import Obstacles
from moderator_app.language import format_moment
from moderator_app.ui.keys import Command
from moderator_app.ui.notices import Tone
from moderator_app.ui.queue import closed_rows
from tests.builders import NOON
from tests.ui.conftest import Run
from tests.ui.desk import Desk, desk
from tests.ui.fakes import FakeReview, card
from tests.ui.until import until

GONE = Note("queue.gone.by", (("by", "Борис\u202e"), ("at", NOON.timestamp())))
NO_BAN: Obstacles = ((ActionKind.BAN, Note("right.restrict")), (ActionKind.MUTE, Note("right.restrict")))


def button(at: Desk, command: Command) -> QPushButton:
    (found,) = [each for each in at.page.buttons.findChildren(QPushButton) if each.property("action") == command.value]
    return found


def without_bans(item: int) -> Card:
    return replace(card(item), obstacles=NO_BAN)


def test_a_message_that_somebody_deleted_in_the_chat_says_so_and_leaves(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_rows, "SHOWN_SECONDS", 0.3)

    async def work() -> None:
        review = FakeReview([card(1), card(2), card(3)])
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            review.close_elsewhere(2, GONE)
            await until(lambda: not at.entry(2).is_open)
            said = at.page.model.index(1, 0).data()
            assert said.endswith(f"Борис deleted the message on {format_moment(NOON)}.")
            await until(lambda: at.items() == [1, 3])

    run(work())


def test_the_row_under_the_hand_stays_but_takes_no_decision(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_rows, "SHOWN_SECONDS", 0.0)

    async def work() -> None:
        review = FakeReview([card(1), card(2)])
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            review.close_elsewhere(1, GONE)
            await until(lambda: not at.entry(1).is_open)
            at.press(Qt.Key.Key_D)
            assert at.page.buttons.is_flashing(Command.DELETE)
            assert review.decisions() == []
            at.press(Qt.Key.Key_J)
            await until(lambda: at.items() == [2])

    run(work())


def test_a_message_that_is_back_can_be_decided_again(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview([card(1), card(2)])
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            review.close_elsewhere(1, GONE)
            await until(lambda: not at.entry(1).is_open)
            review.open.add(1)
            review.fail(1, "action.imported_file")
            await until(lambda: at.entry(1).is_open)
            at.press(Qt.Key.Key_D)
            await until(lambda: review.decisions() == [(1, Choice.DELETE)])

    run(work())


def test_what_the_account_may_not_do_is_greyed_with_the_reason_and_says_it_when_pressed(
    run: Run, tmp_path: Path
) -> None:
    async def work() -> None:
        review = FakeReview([without_bans(1), card(2)])
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            for command, possible in (
                (Command.DISMISS, True),
                (Command.DELETE, True),
                (Command.DELETE_BAN, False),
                (Command.MUTE, False),
            ):
                assert button(at, command).isEnabled() is possible
            why = "The account may not ban or restrict members of this chat."
            assert why in button(at, Command.MUTE).toolTip()
            assert why in button(at, Command.MUTE).accessibleDescription()
            expected = "Not possible here: Mute, Delete and mute, Ban, Delete and ban. " + why
            assert at.page.card.remarks.startswith(expected)
            at.press(Qt.Key.Key_R)
            assert at.page.buttons.is_flashing(Command.DELETE_BAN)
            assert (at.said[-1].text.startswith(why), at.said[-1].tone) == (True, Tone.WARNING)
            assert review.decisions() == []
            at.press(Qt.Key.Key_D)
            await at.seen(2)
            assert button(at, Command.MUTE).isEnabled()
            assert why not in button(at, Command.MUTE).toolTip()

    run(work())


def asked(at: Desk) -> QMessageBox:
    found = at.page.findChild(QMessageBox)
    assert isinstance(found, QMessageBox)
    return found


@pytest.mark.parametrize(("answer", "expected"), [(0, [(1, Choice.WARN)]), (1, [])])
def test_the_first_warning_in_a_community_asks_before_it_is_written(
    run: Run, tmp_path: Path, answer: int, expected: list[tuple[int, Choice]]
) -> None:
    async def work() -> None:
        review = FakeReview([card(1), card(2), card(3)])
        review.may_warn = False
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_W)
            await until(lambda: at.page.findChild(QMessageBox) is not None)
            box = asked(at)
            assert "Двор чат" in box.text()
            assert at.entry(1).is_open
            assert at.entry(1).error == ""
            assert review.decisions() == []
            assert at.page.view.item == 1
            box.buttons()[answer].click()
            await until(lambda: review.decisions() == expected)
            await until(lambda: at.page.view.item == (2 if expected else 1))

    run(work())


def test_after_the_first_consent_nobody_is_asked_again(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview([card(1), card(2)])
        review.may_warn = False
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_W)
            await until(lambda: at.page.findChild(QMessageBox) is not None)
            asked(at).buttons()[0].click()
            await at.seen(2)
            at.page.view.setFocus()
            at.press(Qt.Key.Key_W)
            await until(lambda: review.decisions() == [(1, Choice.WARN), (2, Choice.WARN)])

    run(work())
