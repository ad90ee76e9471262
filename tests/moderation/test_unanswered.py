"""Decisions that wait for a human's word are counted, listed, and answered."""

import pytest

from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.history import HistoryFilter, Unanswered
from moderator_app.domain.message import CommunityKey, Platform
from tests.builders import author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult

WAITING = HistoryFilter(unanswered=True)


async def posted(desk: Desk, source: FakeSource, *ids: str) -> tuple[int, ...]:
    messages = [insult(id, author=author(id)) for id in ids]
    source.shown |= {message.key: message for message in messages}
    return await desk.flagged(*messages)


async def listed(desk: Desk) -> list[int]:
    return [line.decision.item for line in await desk.history.page(WAITING)]


async def test_what_is_late_waits_until_it_is_confirmed(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    decided = await desk.review.decide([item], Choice.DELETE_BAN)
    assert await desk.history.unanswered() == Unanswered()
    desk.clock.move(minutes=11)
    await desk.carry_out(source)
    assert await desk.history.unanswered() == Unanswered(late=1)
    assert await listed(desk) == [item]
    await desk.review.confirm(decided.case)
    assert await desk.history.unanswered() == Unanswered(due=2)
    await desk.carry_out(source)
    assert await desk.history.unanswered() == Unanswered()
    assert await listed(desk) == []


async def test_what_failed_waits_until_it_is_decided_again_for_the_same_time(desk: Desk) -> None:
    source = FakeSource(YARD)
    item, other = await posted(desk, source, "1", "2")
    source.answers = [Refused("action.no_right")]
    decided = await desk.review.decide([item, other], Choice.BAN, reason="spam", length=3600, grace=0)
    await desk.carry_out(source)
    assert await desk.history.unanswered() == Unanswered(given_back=1)
    (line,) = await desk.history.page(WAITING)
    assert (line.decision.item, line.given_back, line.together) == (item, True, 2)

    again = await desk.review.decide_again(line.decision.decision)
    assert again.case != decided.case
    assert await desk.history.unanswered() == Unanswered()
    desk.clock.move(seconds=6)
    await desk.carry_out(source)
    assert [(order.length, order.reason) for order in source.effects_of(ActionKind.BAN)] == [(3600, "spam")] * 2
    assert await listed(desk) == []


async def test_a_failure_is_answered_by_dismissing_or_by_taking_the_decision_back(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second = await posted(desk, source, "1", "2")
    source.answers = [Refused("action.no_right"), Refused("action.no_right")]
    await desk.review.decide([first], Choice.BAN, grace=0)
    case = (await desk.review.decide([second], Choice.BAN, grace=0)).case
    await desk.carry_out(source)
    assert await desk.history.unanswered() == Unanswered(given_back=2)
    await desk.review.decide([first], Choice.DISMISS)
    await desk.review.undo(case)
    assert await desk.history.unanswered() == Unanswered()


async def test_an_edit_that_disarmed_a_decision_waits_and_an_undo_does_not(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second = await posted(desk, source, "1", "2")
    await desk.review.decide([first], Choice.DELETE, grace=0)
    source.shown[insult("1").key] = message("Извините", id="1")
    await desk.carry_out(source)
    await desk.review.decide([second], Choice.DELETE)
    await desk.review.undo()
    assert await desk.states() == [ActionState.CANCELLED, ActionState.CANCELLED]
    assert await desk.history.unanswered() == Unanswered(given_back=1)
    assert await listed(desk) == [first]


async def test_what_no_running_program_carries_out_is_left_behind(desk: Desk) -> None:
    elsewhere = FakeSource(CommunityKey(Platform.VK, "9"))
    (item,) = await posted(desk, elsewhere, "1")
    await desk.review.decide([item], Choice.BAN)
    desk.clock.move(minutes=5)
    await desk.carry_out(elsewhere)
    assert await desk.history.unanswered() == Unanswered(due=1)
    desk.clock.move(minutes=6)
    assert await desk.history.unanswered() == Unanswered(left_behind=1, due=1)
    assert await listed(desk) == [item]


async def test_an_unban_that_failed_waits_although_the_ban_was_taken_back(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.BAN, grace=0)
    await desk.carry_out(source)
    await desk.review.undo()
    source.answers = [Refused("action.no_right")]
    await desk.carry_out(source)
    assert await desk.history.unanswered() == Unanswered(given_back=1)
    assert await listed(desk) == [item]


async def test_only_a_known_decision_is_made_again(desk: Desk) -> None:
    with pytest.raises(Refused):
        await desk.review.decide_again(99)
