"""A campaign is decided, taken back and carried out as one."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery
from moderator_app.domain.statistics import Period
from moderator_app.moderation.changes import Change
from moderator_app.storage import statistics
from moderator_app.storage.database import Database
from tests.builders import NOON, author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult, until

SPAM = (
    "Зарабатывай от {n}00$ в день, пиши в лс @easy_money{n}, жми https://t.me/joinchat/dohod{n} или https://bit.ly/x{n}"
)


def spam(number: int, **overrides: Any) -> Message:
    date = NOON + timedelta(seconds=number)
    given: dict[str, Any] = {"id": str(number), "author": author(str(number)), "date": date} | overrides
    return message(SPAM.format(n=number), **given)


async def test_variants_that_a_source_delivers_fold_into_one(desk: Desk) -> None:
    items = await desk.flagged(*map(spam, range(1, 4)), insult("9"))
    (group,) = (row for row in (await desk.queue.page()).rows if row.count > 1)
    assert group.count == 3
    assert len(items) == 4
    assert await desk.queue.waiting() == 4


async def test_a_decision_is_one_case_with_a_line_each_and_one_undo(desk: Desk) -> None:
    items = await desk.flagged(*map(spam, range(1, 4)))
    decided = await desk.review.decide([items[0]], Choice.DELETE_BAN)
    assert sorted(decided.items) == sorted(items)
    lines = await desk.history.page()
    assert {line.decision.case for line in lines} == {decided.case}
    assert [line.together for line in lines] == [3, 3, 3]
    assert await decided_messages(desk.database) == 3
    undone = await desk.review.undo()
    assert sorted(undone.items) == sorted(items)
    assert await decided_messages(desk.database) == 0
    assert [row.count for row in (await desk.queue.page()).rows] == [3]


async def decided_messages(database: Database) -> int:
    return (await database.read(statistics.overview, Period.ALL, NOON.date(), None)).decided


async def test_one_of_the_group_is_decided_without_the_others(desk: Desk) -> None:
    first, second = await desk.flagged(spam(1), spam(2))
    decided = await desk.review.decide([second], Choice.DELETE, whole_group=False)
    assert decided.items == (second,)
    assert await desk.items() == (first,)


async def test_a_group_of_which_one_was_decided_meanwhile_is_decided_without_it(desk: Desk) -> None:
    first, second, third = await desk.flagged(*map(spam, range(1, 4)))
    await desk.review.decide([third], Choice.DISMISS, whole_group=False)
    assert set((await desk.review.decide([first], Choice.DELETE)).items) == {first, second}
    with pytest.raises(Refused, match="not_open"):
        await desk.review.decide([second], Choice.DELETE)


async def test_what_cannot_be_carried_out_comes_back_alone_and_is_decided_alone_again(desk: Desk) -> None:
    messages = [spam(1), spam(2), spam(3)]
    source = FakeSource(YARD, messages=messages)
    (first, *_others) = await desk.flagged(*messages)
    source.answers = [None, Refused("outbox.no_right"), Refused("outbox.no_right")]
    await desk.review.decide([first], Choice.DELETE, grace=0)
    await desk.carry_out(source)
    assert [row.count for row in (await desk.queue.page()).rows] == [2]
    failed = next(line for line in await desk.history.page() if line.decision.actions[0].state is ActionState.FAILED)
    again = await desk.review.decide_again(failed.decision.decision)
    assert again.items == (failed.decision.item,)
    assert [row.count for row in (await desk.queue.page()).rows] == [1]


async def test_screens_hear_of_the_campaign_that_grew(desk: Desk) -> None:
    heard: list[Change] = []
    desk.changes.subscribe(heard.append)
    watching = asyncio.create_task(desk.changes.watch(desk.database))
    try:
        await desk.flagged(spam(1))
        await until(lambda: _told(heard))
        (row,) = (await desk.queue.page()).rows
        heard.clear()
        await desk.flagged(spam(2))
        await until(lambda: _told(heard))
        assert row.campaign in {number for change in heard for number in change.campaigns}
    finally:
        watching.cancel()


async def _told(heard: list[Change]) -> bool:
    return any(change.campaigns for change in heard)


async def test_an_import_and_a_live_feed_share_their_campaigns(desk: Desk) -> None:
    await desk.flagged(spam(1))
    judgement = await desk.judges.judge([spam(2, community="200")])
    await desk.intake.store_judged(Delivery((spam(2, community="200"),)), judgement, desk.intake.memory())
    assert [row.count for row in (await desk.queue.page()).rows] == [2]
