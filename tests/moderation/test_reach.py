"""Bulk decisions: one case and one undo, asked for once where they reach more than routine does."""

import pytest

from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.reach import ConfirmationNeeded
from moderator_app.moderation.lists import ListKeeping
from moderator_app.storage import rights
from tests.builders import author, message
from tests.moderation.desk import YARD, Desk, insult

OTHER = CommunityKey(Platform.TELEGRAM, "200")


async def test_a_selection_is_one_case_with_one_undo(desk: Desk) -> None:
    items = await desk.flagged(*(insult(str(number)) for number in range(1, 5)))
    decided = await desk.review.decide(items[:3], Choice.DELETE, partly=True)
    assert set(decided.items) == set(items[:3])
    assert await desk.items() == (items[3],)
    undone = await desk.review.undo()
    assert set(undone.items) == set(items[:3])
    assert len(await desk.items()) == 4


async def test_many_messages_are_decided_after_a_confirmation_alone(desk: Desk) -> None:
    items = await desk.flagged(*(insult(str(number), author=author(str(number))) for number in range(1, 23)))
    with pytest.raises(ConfirmationNeeded) as asked:
        await desk.review.decide(items, Choice.DELETE)
    reach = asked.value.reach
    assert (reach.items, reach.people, reach.communities, len(reach.sample)) == (22, 22, 1, 5)
    assert len(await desk.items()) == 22
    assert len((await desk.review.decide(items, Choice.DELETE, confirmed=True)).items) == 22


async def test_dismissing_many_is_not_asked_for(desk: Desk) -> None:
    items = await desk.flagged(*(insult(str(number)) for number in range(1, 23)))
    assert len((await desk.review.decide(items, Choice.DISMISS)).items) == 22


async def test_an_admin_is_never_hit_unasked(desk: Desk) -> None:
    (item,) = await desk.flagged(insult(author=author("7", "Главная")))
    await ListKeeping(desk.database, desk.changes).set_lines(ListKind.MANAGERS, ["telegram:7"])
    with pytest.raises(ConfirmationNeeded) as asked:
        await desk.review.decide([item], Choice.MUTE)
    assert asked.value.reach.admins == ("Главная",)
    assert (await desk.queue.reach([item])).admins == ("Главная",)
    await desk.review.decide([item], Choice.DISMISS)


async def test_what_cannot_be_done_somewhere_is_left_there_with_the_reason(desk: Desk) -> None:
    here, there = await _in_two_communities(desk)
    decided = await desk.review.decide([here, there], Choice.DELETE_BAN, partly=True)
    assert decided.items == (here,)
    assert decided.left == ((there, Note("right.restrict")),)
    (row,) = (await desk.queue.page()).rows
    assert (row.item, row.failure) == (there, Note("right.restrict"))


async def test_without_any_that_can_be_decided_nothing_is(desk: Desk) -> None:
    _here, there = await _in_two_communities(desk)
    with pytest.raises(Refused, match=r"right\.restrict"):
        await desk.review.decide([there], Choice.DELETE_BAN, partly=True)
    assert len(await desk.items()) == 2


async def test_what_somebody_else_has_decided_meanwhile_does_not_hold_the_others_up(desk: Desk) -> None:
    first, second = await desk.flagged(insult("1"), insult("2"))
    await desk.review.decide([first], Choice.DISMISS)
    assert (await desk.review.decide([first, second], Choice.DELETE, partly=True)).items == (second,)


async def _in_two_communities(desk: Desk) -> tuple[int, int]:
    here, there = await desk.flagged(insult("1"), message("да пошёл ты нахуй", id="2", community=OTHER.community))
    barred = ((ActionKind.BAN, Note("right.restrict")),)
    await desk.database.write(rights.keep, {YARD: {"": ()}, OTHER: {"": barred}})
    return here, there
