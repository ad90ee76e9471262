"""The queue under the moderator's hand."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.errors import Unreadable
from moderator_app.domain.queue import Card
from moderator_app.ui.keys import Command
from moderator_app.ui.notices import Tone
from moderator_app.ui.queue import closed_rows
from tests.ui.conftest import Run
from tests.ui.desk import desk
from tests.ui.fakes import FakeReview, card
from tests.ui.until import until

CTRL = Qt.KeyboardModifier.ControlModifier


def cards(count: int) -> list[Card]:
    return [card(item) for item in range(1, count + 1)]


def test_the_first_message_is_under_the_hand_at_once(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(FakeReview(cards(3)), tmp_path) as at:
            await at.seen(1)
            assert at.page.card.text.marked == ("от 500$",)

    run(work())


def test_one_key_decides_and_shows_the_next_card_before_the_database_answers(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(3))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            await until(lambda: ("card", 3) in review.asked)
            review.gate.clear()
            at.press(Qt.Key.Key_D)
            assert at.page.card.item == 2
            assert at.entry(1).choice is Choice.DELETE
            review.gate.set()
            await until(lambda: review.decisions() == [(1, Choice.DELETE)])

    run(work())


def test_every_decision_has_its_key(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(6))
        async with desk(review, tmp_path) as at:
            for item, key in enumerate((Qt.Key.Key_A, Qt.Key.Key_W, Qt.Key.Key_E, Qt.Key.Key_D, Qt.Key.Key_R), start=1):
                await at.seen(item)
                at.press(key)
            await until(lambda: len(review.decisions()) == 5)
            assert [choice for _item, choice in review.decisions()] == [
                Choice.DISMISS,
                Choice.WARN,
                Choice.MUTE,
                Choice.DELETE,
                Choice.DELETE_BAN,
            ]

    run(work())


def test_a_decided_row_greys_with_its_countdown_and_then_leaves(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(2), grace=0.6)
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_D)
            await until(lambda: at.entry(1).due is not None)
            assert at.page.model.index(0, 0).data().endswith("1 s  deleted · Esc takes it back")
            await until(lambda: at.items() == [2])

    run(work())


def test_without_grace_a_decided_row_leaves_at_once(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(FakeReview(cards(2), grace=0.0), tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_A)
            await until(lambda: at.items() == [2])

    run(work())


def test_escape_takes_the_newest_pending_decision_back(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(3))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_D)
            await at.seen(2)
            at.press(Qt.Key.Key_A)
            at.press(Qt.Key.Key_Escape)
            await at.seen(2)
            assert at.entry(2).choice is None
            assert review.decisions() == [(1, Choice.DELETE)]

    run(work())


def test_escape_with_nothing_pending_says_so(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(FakeReview(cards(1)), tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_Escape)
            await until(lambda: at.said)
            assert "No decision is pending" in at.said[0].text

    run(work())


def test_undo_walks_back_decision_by_decision_after_the_rows_have_left(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(12), grace=0.0)
        async with desk(review, tmp_path) as at:
            for item in range(1, 11):
                await at.seen(item)
                at.press(Qt.Key.Key_A)
            await until(lambda: at.items() == [11, 12])
            for item in range(10, 5, -1):
                at.press(Qt.Key.Key_Z, CTRL)
                await at.seen(item)
            for item in range(5, 0, -1):
                at.press(Qt.Key.Key_Backspace)
                await at.seen(item)
            assert at.items() == list(range(1, 13))
            assert review.decisions() == []

    run(work())


def test_undo_with_nothing_left_tells_why(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with desk(FakeReview(cards(1)), tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_Z, CTRL)
            await until(lambda: at.said)
            assert at.said[0].tone is Tone.WARNING

    run(work())


def test_a_decision_that_cannot_be_stored_puts_the_row_back_with_the_reason(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(3))
        review.refusing = {1}
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_D)
            await until(lambda: at.entry(1).error)
            assert at.entry(1).choice is None
            assert at.page.view.item == 2

    run(work())


def test_a_destructive_key_right_after_a_new_card_flashes_and_does_nothing(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(3))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key.Key_A)
            await at.seen(2)
            at.strike(Qt.Key.Key_D)
            assert at.page.buttons.is_flashing(Command.DELETE)
            assert at.entry(2).choice is None
            at.watch.now += 0.16
            at.strike(Qt.Key.Key_D)
            assert at.entry(2).choice is Choice.DELETE

    run(work())


def test_j_k_and_space_move_without_deciding(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(4))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            for key, item in ((Qt.Key.Key_J, 2), (Qt.Key.Key_Space, 3), (Qt.Key.Key_K, 2), (Qt.Key.Key_Down, 3)):
                at.press(key)
                assert at.page.view.item == item
            at.press(Qt.Key.Key_End)
            assert at.page.view.item == 4
            at.press(Qt.Key.Key_Home)
            assert at.page.view.item == 1
            assert review.decisions() == []

    run(work())


def test_the_russian_letters_of_the_same_keys_decide_too(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(2))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.press(Qt.Key(ord("В")))
            await until(lambda: review.decisions() == [(1, Choice.DELETE)])

    run(work())


def test_no_key_decides_while_a_text_is_typed(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(2))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            field = QLineEdit(at.page)
            field.show()
            field.setFocus()
            at.press(Qt.Key.Key_D)
            assert field.text() == "d"
            at.press(Qt.Key.Key_Z, CTRL)
            assert field.text() == ""
            assert at.entry(1).choice is None
            assert review.asked.count(("undo", None)) == 0

    run(work())


def test_new_messages_wait_behind_the_strip_until_they_are_called(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview([card(item) for item in (5, 6)])
        async with desk(review, tmp_path) as at:
            await at.seen(5)
            review.add(card(1), card(7))
            await until(lambda: at.page.strip.count == 2)
            assert at.items() == [5, 6]
            at.press(Qt.Key.Key_Period)
            await until(lambda: at.items() == [1, 5, 6, 7])
            assert at.page.view.item == 5
            assert at.page.strip.count == 0

    run(work())


def test_an_empty_list_takes_new_messages_at_once(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview()
        async with desk(review, tmp_path) as at:
            review.add(card(1))
            await at.seen(1)

    run(work())


def test_items_decided_elsewhere_leave_and_return_in_place_without_a_reset(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(4))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            resets: list[int] = []
            at.page.model.modelReset.connect(lambda: resets.append(1))
            review.close(2)
            await until(lambda: at.items() == [1, 3, 4])
            review.open.add(2)
            review.fail(2, "action.imported_file")
            await until(lambda: at.items() == [1, 2, 3, 4])
            assert at.entry(2).row.failure == Note("action.imported_file")
            assert at.page.view.item == 1
            assert resets == []

    run(work())


def test_the_list_is_loaded_page_by_page_as_the_hand_goes_down(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(1000))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            assert at.page.model.rowCount() == 200
            for _ in range(170):
                at.press(Qt.Key.Key_J)
            await until(lambda: at.page.model.rowCount() == 400)
            assert at.items() == list(range(1, 401))

    run(work())


def test_thousands_of_changed_items_read_only_what_is_on_the_list(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(10))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            review.asked.clear()
            review.add(*(card(item) for item in range(1000, 6000)))
            await until(lambda: at.page.strip.count == 5000)
            assert [asked for asked in review.asked if asked[0] == "rows"] == []
            assert len(at.items()) == 10

    run(work())


def test_a_note_that_holds_for_every_decision_is_told_once(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(3))
        review.note = Note("action.imported_file")
        async with desk(review, tmp_path) as at:
            for item in (1, 2):
                await at.seen(item)
                at.press(Qt.Key.Key_D)
            await until(lambda: len(review.decisions()) == 2)
            await at.seen(3)
            assert len(at.said) == 1

    run(work())


def test_a_queue_that_cannot_be_read_says_why_and_tries_again(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(2))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            review.close(1, 2)
            await until(lambda: at.items() == [])
            review.broken = Unreadable("profile.not_a_folder", path="/x")
            at.press(Qt.Key.Key_Period)
            button = at.page.list.findChild(QPushButton)
            assert isinstance(button, QPushButton)
            await until(lambda: button.text() == "Try again")
            review.broken = None
            review.open.add(2)
            button.click()
            await at.seen(2)

    run(work())


def test_rows_that_leave_above_do_not_move_what_is_under_the_hand(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_rows, "SHOWN_SECONDS", 0.0)

    async def work() -> None:
        review = FakeReview(cards(100))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            at.page.view.select(60)
            await at.seen(60)
            place = at.page.view.visualRect(at.page.view.currentIndex())
            review.close(3, 5, 59, by="anna")
            review.close(8)
            await until(lambda: at.page.model.rowCount() == 96)
            assert at.page.view.item == 60
            assert at.page.view.visualRect(at.page.view.currentIndex()) == place

    run(work())


def test_a_decision_that_somebody_else_was_faster_with_says_who(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        review = FakeReview(cards(2))
        async with desk(review, tmp_path) as at:
            await at.seen(1)
            review.gate.clear()
            at.press(Qt.Key.Key_A)
            review.close(1, by="anna")
            review.gate.set()
            await until(lambda: at.entry(1).by == "anna")
            assert at.page.model.index(0, 0).data().endswith("deleted · decided by anna")

    run(work())
