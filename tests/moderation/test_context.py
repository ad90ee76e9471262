"""Messages around an item and in its group: read with what became of each, and decided wherever they stand."""

from datetime import timedelta
from typing import Any

import pytest

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery
from tests.builders import NOON, author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk
from tests.moderation.test_groups import spam


def said(number: int, text: str = "Всем привет, как дела?", **given: Any) -> Message:
    defaults: dict[str, Any] = {"date": NOON + timedelta(minutes=number), "author": author(str(number))}
    return message(text, id=str(number), **(defaults | given))


async def talk(desk: Desk) -> int:
    """Five messages, of which the third insults, in answer to the second, which answers the first."""
    lines = [said(1), said(2, reply_to="1"), said(3, "да пошёл ты нахуй", reply_to="2"), said(4), said(5)]
    (item,) = await desk.flagged(*lines)
    return item


async def test_the_context_has_the_chain_of_replies_and_what_stands_around(desk: Desk) -> None:
    item = await talk(desk)
    context = await desk.queue.context(item, 1, 1)
    assert [each.message.key.message for each in context.chain] == ["1", "2"]
    assert [each.message.key.message for each in context.around] == ["2", "3", "4"]
    assert [(each.item, each.is_open) for each in context.around] == [(None, False), (item, True), (None, False)]
    with pytest.raises(Refused, match="unknown_item"):
        await desk.queue.context(item + 1)


async def test_replies_in_a_ring_end(desk: Desk) -> None:
    (item,) = await desk.flagged(said(1, reply_to="2"), said(2, "да пошёл ты нахуй", reply_to="1"))
    assert [each.message.key.message for each in (await desk.queue.context(item)).chain] == ["1"]


async def test_a_message_that_no_rule_minded_is_decided_and_given_back(desk: Desk) -> None:
    item = await talk(desk)
    innocent = (await desk.queue.context(item)).around[3]
    decided = await desk.review.decide_messages([innocent.row], Choice.DELETE)
    assert (await desk.queue.context(item)).around[3].decided is Choice.DELETE
    source = FakeSource(YARD, messages=[said(4)])
    desk.clock.move(seconds=6)
    await desk.carry_out(source)
    assert [order.message.message for order in source.effects_of(ActionKind.DELETE)] == ["4"]
    assert await desk.items() == (item,)
    assert decided.items


async def test_an_undo_leaves_it_out_of_the_queue_as_it_was(desk: Desk) -> None:
    item = await talk(desk)
    innocent = (await desk.queue.context(item)).around[3]
    await desk.review.decide_messages([innocent.row], Choice.DELETE)
    await desk.review.undo()
    assert await desk.items() == (item,)
    assert (await desk.queue.context(item)).around[3].decided is None


async def test_what_was_dismissed_is_dismissed_again_by_the_undo(desk: Desk) -> None:
    item = await talk(desk)
    await desk.review.decide([item], Choice.DISMISS)
    this = (await desk.queue.context(item)).around[2]
    await desk.review.decide_messages([this.row], Choice.DELETE)
    await desk.review.undo()
    assert await desk.items() == ()
    assert (await desk.queue.context(item)).around[2].decided is Choice.DISMISS


async def test_what_was_decided_already_is_passed_over(desk: Desk) -> None:
    item = await talk(desk)
    this = (await desk.queue.context(item)).around[2]
    await desk.review.decide([item], Choice.DELETE)
    with pytest.raises(Refused, match="nothing_left"):
        await desk.review.decide_messages([this.row], Choice.BAN)


UNLIKE = (
    "Осторожно, это мошенники: мою бабушку так обманули на прошлой неделе, не переходите туда ни в коем случае."
    " https://t.me/joinchat/dohod1 https://bit.ly/x1"
)


async def test_an_outlier_is_listed_last_and_not_decided_with_the_group(desk: Desk) -> None:
    first, second, _outlier = await _with_an_outlier(desk)
    group = await desk.queue.group(first)
    assert [each.apart for each in group] == [False, False, True]
    assert [row.count for row in (await desk.queue.page()).rows] == [2]
    assert set((await desk.review.decide([first], Choice.DELETE_BAN)).items) == {first, second}
    assert await desk.items() == (group[2].item,)


async def test_a_moderator_says_who_belongs_to_the_group(desk: Desk) -> None:
    first, second, third = await _with_an_outlier(desk)
    await desk.review.tick([third], True)
    await desk.review.tick([second], False)
    assert {each.item for each in await desk.queue.group(first) if each.apart} == {second}
    assert set((await desk.review.decide([first], Choice.DELETE)).items) == {first, third}
    assert await desk.items() == (second,)


async def _with_an_outlier(desk: Desk) -> tuple[int, ...]:
    await desk.intake.accept(Delivery((spam(1), spam(2))), "fake")
    outlier = message(UNLIKE, id="3", author=author("3"), date=NOON + timedelta(seconds=3))
    await desk.intake.accept(Delivery((outlier,)), "fake")
    (row,) = (await desk.queue.page()).rows
    return tuple(each.item or 0 for each in await desk.queue.group(row.item))
