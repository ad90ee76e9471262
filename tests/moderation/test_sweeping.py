"""Many messages by one decision: seen in numbers before, taken back at once."""

from datetime import timedelta
from typing import Any

import pytest

from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, CommunityKey, Message, Platform
from moderator_app.domain.sweeps import PERIODS
from moderator_app.moderation.sweeping import Sweeping
from moderator_app.storage import rights
from tests.builders import NOON, author, message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult

WHO = AuthorKey(Platform.TELEGRAM, "42")
OTHER, THIRD = CommunityKey(Platform.TELEGRAM, "200"), CommunityKey(Platform.TELEGRAM, "300")


def sweeping(desk: Desk) -> Sweeping:
    return Sweeping(desk.database, desk.changes, lambda: 5.0, "anna", desk.clock)


def said(number: int, hours: float, **given: Any) -> Message:
    return message(f"кот номер {number} спит", id=str(number), date=NOON - timedelta(hours=hours), **given)


async def test_a_purge_is_counted_by_period(desk: Desk) -> None:
    await desk.flagged(
        said(1, 0.5), said(2, 5), said(3, 5, community="200"), said(4, 24 * 400), said(5, 1, author=author("7"))
    )
    counted = await sweeping(desk).purges(WHO)
    assert [each.seconds for each in counted] == list(PERIODS)
    assert [(each.messages, each.communities) for each in counted] == [(1, 1), (3, 2), (3, 2), (3, 2), (4, 2)]


async def test_everything_by_an_author_of_a_period_is_one_case_with_one_undo(desk: Desk) -> None:
    (item,) = await desk.flagged(said(1, 0.5), said(2, 5), said(4, 48), insult("9", date=NOON))
    decided = await sweeping(desk).purge(WHO, PERIODS[1], Choice.DELETE_BAN)
    assert len(decided.items) == 3
    assert await desk.items() == ()
    source = FakeSource(YARD, messages=[said(1, 0.5), said(2, 5), insult("9", date=NOON)])
    undone = await desk.review.undo(decided.case)
    assert len(undone.items) == 3
    assert await desk.items() == (item,)
    await sweeping(desk).purge(WHO, PERIODS[1], Choice.DELETE_BAN)
    desk.clock.move(seconds=6)
    await desk.carry_out(source)
    assert {order.message.message for order in source.effects_of(ActionKind.DELETE)} == {"1", "2", "9"}
    assert len(source.effects_of(ActionKind.BAN)) == 1


async def test_a_failure_among_many_comes_back_alone_with_its_reason(desk: Desk) -> None:
    messages = [said(1, 0.5), said(2, 0.6)]
    await desk.flagged(*messages)
    await sweeping(desk).purge(WHO, None, Choice.DELETE)
    source = FakeSource(YARD, messages=messages)
    source.answers = [Refused("outbox.no_right"), None]
    desk.clock.move(seconds=6)
    await desk.carry_out(source)
    (row,) = (await desk.queue.page()).rows
    assert row.failure == Note("outbox.no_right")


async def test_an_author_who_has_written_nothing_is_refused(desk: Desk) -> None:
    await desk.flagged(said(1, 48))
    with pytest.raises(Refused, match="nothing_left"):
        await sweeping(desk).purge(WHO, PERIODS[0], Choice.DELETE)


async def test_what_lies_below_a_score_is_dismissed_and_taken_back_as_one(desk: Desk) -> None:
    items = await desk.flagged(insult("1"), insult("2", author=author("7")))
    counted = await sweeping(desk).bands()
    assert sum(counted) == 2
    lowest = next(number for number, count in enumerate(counted) if count)
    with pytest.raises(Refused, match="nothing_left"):
        await sweeping(desk).dismiss_below(lowest)
    decided = await sweeping(desk).dismiss_below(lowest + 1)
    assert set(decided.items) <= set(items)
    assert decided.items
    await desk.review.undo()
    assert len(await desk.items()) == 2


async def test_a_ban_reaches_every_community_where_it_is_possible(desk: Desk) -> None:
    await desk.flagged(insult("1"), said(2, 1, community="200", author=author("7")), said(3, 1, community="300"))
    barred = ((ActionKind.BAN, Note("right.restrict")),)
    await desk.database.write(rights.keep, {YARD: {"": ()}, OTHER: {"": ()}, THIRD: {"": barred}})
    places = await sweeping(desk).ban_places(WHO)
    assert {each.community.key: each.why for each in places} == {
        YARD: None,
        OTHER: None,
        THIRD: Note("right.restrict"),
    }
    decided = await sweeping(desk).ban_everywhere(WHO)
    source = FakeSource(YARD, OTHER, THIRD)
    desk.clock.move(seconds=6)
    await desk.carry_out(source)
    bans = source.effects_of(ActionKind.BAN)
    assert {(order.message.community_key, order.author) for order in bans} == {(YARD, "42"), (OTHER, "42")}
    await desk.review.undo(decided.case)
    await desk.carry_out(source)
    assert len(source.effects_of(ActionKind.UNBAN)) == 2


async def test_a_ban_that_is_possible_nowhere_is_refused(desk: Desk) -> None:
    await desk.flagged(insult("1"))
    await desk.database.write(rights.keep, {YARD: {"": ((ActionKind.BAN, Note("right.restrict")),)}})
    with pytest.raises(Refused, match="nowhere"):
        await sweeping(desk).ban_everywhere(WHO)
