"""A campaign under the moderator's hand: one row, one card, one key."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery
from moderator_app.ui.queue import closed_rows
from moderator_app.ui.queue.queue_model import Entry
from tests.builders import NOON, author, message
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.until import until

SPAM = "Зарабатывай от {n}00$ в день, пиши @easy_money{n}, жми https://t.me/joinchat/d{n} или https://bit.ly/x{n}"


def spam(number: int, text: str = SPAM, **overrides: Any) -> Message:
    date = NOON + timedelta(minutes=number)
    given: dict[str, Any] = {"id": str(number), "author": author(str(number), f"Автор {number}"), "date": date}
    return message(text.format(n=number), **(given | overrides))


def swearing(number: int) -> Message:
    return spam(number, "да пошёл ты нахуй {n}")


async def arrive(at: Shop, *messages: Message) -> None:
    await at.app.intake.accept(Delivery(messages), "test")


def under_hand(at: Shop) -> Entry:
    queue = at.session.queue
    entry = queue.model.entry(queue.view.item)
    assert entry is not None
    return entry


def counts(at: Shop) -> list[int]:
    return [entry.row.count for entry in at.session.queue.model.entries()]


def says(at: Shop, text: str) -> Callable[[], bool]:
    return lambda: any(text in notice.text for notice in at.said)


def test_the_row_counts_and_the_card_names_the_others(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *(spam(number, community=str(100 + number % 2)) for number in range(1, 13)))
            await at.shows(1)
            assert counts(at) == [12]
            assert "12 similar messages" in at.session.queue.model.index(0, 0).data()
            card = at.session.queue.card
            assert card.together == "One of 12 similar messages by 12 authors in 2 communities"
            named = card.campaign.texts()
            assert [text for text in named if text.startswith("Автор")] == [f"Автор {n}" for n in range(11, 6, -1)]
            assert "and 6 more" in named

    run(work())


def test_one_key_decides_all_and_escape_brings_all_back(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, swearing(50), *(spam(number) for number in range(1, 4)), swearing(51))
            await at.shows(3)
            queue = at.session.queue
            group = next(entry.row.item for entry in queue.model.entries() if entry.row.count == 3)
            queue.view.select(group)
            await until(lambda: queue.card.item == group)
            await until(lambda: queue.is_armed)
            at.press(Qt.Key.Key_D)
            await until(says(at, "3 messages · deleted. Ctrl+Z takes all of them back."))
            assert await at.standing() == [Choice.DELETE] * 3
            assert await at.app.queue.waiting() == 2
            at.press(Qt.Key.Key_Escape)
            await until(says(at, "3 items are back in the queue."))
            assert await at.standing() == []
            assert queue.view.item == group
            assert (under_hand(at).choice, under_hand(at).row.count) == (None, 3)
            assert queue.model.rowCount() == 3

    run(work())


def test_undo_brings_a_group_back_that_had_left_the_list(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_rows, "SHOWN_SECONDS", 0.0)

    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, *(spam(number) for number in range(1001, 1004)), swearing(0))
            await at.shows(2)
            queue = at.session.queue
            item = queue.view.item
            decided = await at.app.review.decide([item], Choice.DISMISS, grace=0)
            assert len(decided.items) == 3
            await until(lambda: bool(queue.model.entries()[0].by))
            queue.view.to_undecided()
            await until(lambda: counts(at) == [1])
            at.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: counts(at) == [3, 1])
            assert under_hand(at).row.count == 3

    run(work())


def test_a_further_member_counts_on_the_row_and_moves_nothing_under_the_hand(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, spam(1), spam(2), *(swearing(number) for number in range(30, 40)))
            await at.shows(11)
            queue = at.session.queue
            group = next(entry.row.item for entry in queue.model.entries() if entry.row.count == 2)
            queue.view.select(group)
            await until(lambda: queue.card.item == group)
            line, order = queue.model.row_of(group), [entry.row.item for entry in queue.model.entries()]
            resets: list[int] = []
            queue.model.modelReset.connect(lambda: resets.append(1))
            # Graver and newer than all: the first of the queue from now on.
            await arrive(at, spam(300), spam(301))
            await until(lambda: under_hand(at).row.count == 4)
            await until(lambda: queue.card.together.startswith("One of 4 "))
            assert (queue.view.item, queue.model.row_of(group), resets) == (group, line, [])
            assert [entry.row.item for entry in queue.model.entries()] == order
            # It is told on its row, and does not wait behind the strip as well.
            await arrive(at, swearing(400))
            await until(lambda: queue.strip.count == 1)
            at.press(Qt.Key.Key_Period)
            await until(lambda: queue.model.rowCount() == 12)
            assert counts(at)[1] == 4
            assert under_hand(at).row.count == 4

    run(work())


def test_when_the_row_leaves_the_next_of_the_group_stands_for_it(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, spam(1001), spam(1002), spam(1003), swearing(0))
            await at.shows(2)
            model = at.session.queue.model
            head = model.entries()[0].row.item
            await arrive(at, spam(1003, "Всем доброго утра, соседи", edited=NOON + timedelta(days=1)))
            await until(lambda: counts(at) == [2, 1])
            assert model.row_of(head) < 0

    run(work())


def test_a_group_decided_elsewhere_leaves_as_one_row_and_comes_back_as_one(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at, spam(1001), spam(1002), spam(1003), swearing(0))
            await at.shows(2)
            model = at.session.queue.model
            item = model.entries()[0].row.item
            await at.app.review.decide([item], Choice.DELETE)
            await until(lambda: bool(model.entries()[0].by))
            await at.app.review.undo()
            await until(lambda: model.entries()[0].choice is None)
            assert counts(at) == [3, 1]

    run(work())
