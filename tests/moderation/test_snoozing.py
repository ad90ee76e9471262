"""Items put off come back to their place at their time, after a restart too; a second opinion is a trait."""

from dataclasses import replace
from pathlib import Path

import pytest

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.ports import Delivery, Removal
from moderator_app.domain.queue import Opinion
from moderator_app.domain.traits import SECOND_OPINION, QueueFilter
from moderator_app.moderation.snoozing import Snoozing
from tests.builders import NOON
from tests.moderation.desk import Desk, insult, opened

HOUR = 3600


def snoozing(desk: Desk) -> Snoozing:
    return Snoozing(desk.database, desk.changes, "anna", desk.clock)


async def test_a_snoozed_item_leaves_and_comes_back_to_its_place(desk: Desk) -> None:
    await desk.flagged(*(insult(str(number)) for number in range(1, 4)))
    before = await desk.items()
    taken, until = await snoozing(desk).snooze([before[1]], HOUR)
    assert (taken, (until - NOON).total_seconds()) == ((before[1],), HOUR)
    assert await desk.items() == (before[0], before[2])
    desk.clock.move(seconds=HOUR - 1)
    assert await snoozing(desk).wake_due() == ()
    desk.clock.move(seconds=1)
    assert await snoozing(desk).wake_due() == (before[1],)
    assert await desk.items() == before


async def test_it_comes_back_after_a_restart_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        (item,) = await desk.flagged(insult())
        await snoozing(desk).snooze([item], HOUR)
    async with opened(tmp_path) as desk:
        assert await desk.items() == ()
        desk.clock.move(hours=2)
        await snoozing(desk).wake_due()
        assert await desk.items() == (item,)


async def test_another_time_may_be_chosen_and_it_may_be_brought_back_at_once(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await snoozing(desk).snooze([item], HOUR)
    await snoozing(desk).snooze([item], 3 * HOUR)
    desk.clock.move(hours=2)
    assert await snoozing(desk).wake_due() == ()
    assert await snoozing(desk).wake([item]) == (item,)
    assert await desk.items() == (item,)


async def test_what_is_decided_cannot_be_put_off(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await desk.review.decide([item], Choice.DISMISS)
    with pytest.raises(Refused, match=r"queue\.not_open"):
        await snoozing(desk).snooze([item], HOUR)


async def test_an_edited_message_does_not_sleep_on(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await snoozing(desk).snooze([item], HOUR)
    edited = replace(insult(), text="иди нахуй отсюда", edited=NOON)
    await desk.intake.accept(Delivery((edited,)), "fake")
    assert await desk.items() == (item,)


async def test_what_is_deleted_meanwhile_does_not_come_back(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await snoozing(desk).snooze([item], HOUR)
    await desk.intake.accept(Delivery((), removals=(Removal(insult().key),)), "fake")
    desk.clock.move(hours=2)
    assert await snoozing(desk).wake_due() == ()
    assert await desk.items() == ()


async def test_a_second_opinion_is_seen_on_the_card_and_filtered_by(desk: Desk) -> None:
    first, second = await desk.flagged(insult("1"), insult("2"))
    assert await snoozing(desk).ask_opinion([first])
    assert (await desk.queue.card(first)).opinion == Opinion("anna", NOON)
    wanted = QueueFilter(frozenset({SECOND_OPINION}))
    assert [row.item for row in (await desk.queue.page(wanted=wanted)).rows] == [first]
    assert [row.second_opinion for row in await desk.queue.rows([first, second])].count(True) == 1
    assert not await snoozing(desk).ask_opinion([first])
    assert (await desk.queue.page(wanted=wanted)).rows == ()


async def test_the_wish_for_a_second_opinion_outlasts_a_new_verdict(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await snoozing(desk).ask_opinion([item])
    await desk.intake.accept(Delivery((replace(insult(), text="иди нахуй отсюда", edited=NOON),)), "fake")
    wanted = QueueFilter(frozenset({SECOND_OPINION}))
    assert [row.item for row in (await desk.queue.page(wanted=wanted)).rows] == [item]
