import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Order
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.domain.message import CommunityKey, MessageKey, Platform
from moderator_app.domain.ports import Sighting
from moderator_app.moderation.outbox import Outbox
from moderator_app.storage import claims
from moderator_app.storage import database as storage
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult, until

VK = CommunityKey(Platform.VK, "200")
DONE, PENDING, WAITING = ActionState.DONE, ActionState.PENDING, ActionState.WAITING


@asynccontextmanager
async def running(outbox: Outbox, *sources: FakeSource) -> AsyncIterator[None]:
    task = asyncio.ensure_future(outbox.run(sources))
    try:
        yield
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def posted(desk: Desk, source: FakeSource, *ids: str) -> tuple[int, ...]:
    """The items of insults that stand in the source's chat."""
    (community,) = source.communities
    insults = [insult(id, community=community.community, platform=community.platform) for id in ids]
    source.shown |= {each.key: each for each in insults}
    return await desk.flagged(*insults)


async def test_actions_go_out_in_the_order_in_which_they_fell_due(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second, third = await posted(desk, source, "1", "2", "3")
    await desk.review.decide([first], Choice.WARN, grace=9, consent=True)
    await desk.review.decide([second], Choice.WARN, grace=3, consent=True)
    await desk.review.decide([third], Choice.DELETE_BAN, grace=3)
    desk.clock.move(seconds=9)
    await desk.carry_out(source)
    assert [(order.message.message, order.kind) for order in source.performed] == [
        ("2", ActionKind.WARN),
        ("3", ActionKind.DELETE),
        ("3", ActionKind.BAN),
        ("1", ActionKind.WARN),
    ]


async def test_an_order_says_whom_it_concerns_for_how_long_and_why(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.MUTE, reason="мат", grace=0)
    await desk.carry_out(source)
    (order,) = source.performed
    assert (order.kind, order.message, order.author) == (ActionKind.MUTE, MessageKey(YARD.platform, "100", "1"), "42")
    assert (order.length, order.reason) == (24 * 3600, "мат")


async def test_nothing_leaves_while_the_outbox_is_paused_and_all_after(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    desk.outbox.pause()
    async with running(desk.outbox, source):
        await desk.review.decide([item], Choice.BAN, grace=0)
        assert await desk.states() == [PENDING]
        desk.outbox.release()
        await until(lambda: _are(desk, DONE))
    assert len(source.performed) == 1


async def test_a_pause_between_the_claim_and_the_act_holds_the_act_back(desk: Desk) -> None:
    class Paused(FakeSource):
        async def look(self, key: MessageKey) -> Sighting:
            desk.outbox.pause()
            return await super().look(key)

    source = Paused(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.BAN, grace=0)
    await desk.outbox.carry_out_next(source)
    assert source.performed == []
    assert await desk.states() == [PENDING]
    # What has not left can be taken back.
    await desk.review.undo()
    assert await desk.items() == (item,)


async def test_the_flood_of_one_source_does_not_stop_another(desk: Desk) -> None:
    flooded, free = FakeSource(YARD), FakeSource(VK)
    (here,), (there,) = await posted(desk, flooded, "1"), await posted(desk, free, "1")
    flooded.answers = [TryLater("action.flood", 3600.0)]
    await desk.review.decide([here, there], Choice.BAN, grace=0)
    async with running(desk.outbox, flooded, free):
        await until(lambda: _are(desk, WAITING, DONE))
    assert await desk.states() == [WAITING, DONE]


async def test_a_source_that_hangs_does_not_stop_another(desk: Desk) -> None:
    async def never(_order: Order) -> None:
        await asyncio.Event().wait()

    hanging, free = FakeSource(YARD), FakeSource(VK)
    hanging.before_answer = never
    (here,), (there,) = await posted(desk, hanging, "1"), await posted(desk, free, "1")
    await desk.review.decide([here, there], Choice.BAN, grace=0)
    async with running(desk.outbox, hanging, free):
        await until(lambda: _are(desk, ActionState.RUNNING, DONE))


async def test_an_action_that_needs_a_sign_in_waits_and_is_tried_again(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    source.answers = [SignInNeeded("account.signed_out")]
    await desk.review.decide([item], Choice.BAN, grace=0)
    await desk.carry_out(source)
    (line,) = await desk.history.page()
    assert line.decision.actions[0].note is not None
    assert line.decision.actions[0].note.text_id == "account.signed_out"
    assert await desk.states() == [WAITING]
    desk.clock.move(minutes=2)
    await desk.carry_out(source)
    assert await desk.states() == [DONE]


async def test_a_fault_of_ours_is_logged_and_gives_the_item_back(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    source.answers = [ZeroDivisionError("in the source")]
    await desk.review.decide([item], Choice.BAN, grace=0)
    with caplog.at_level(logging.ERROR):
        await desk.carry_out(source)
    assert "in the source" in caplog.text
    assert "Traceback" in caplog.text
    assert await desk.states() == [ActionState.FAILED]
    (row,) = (await desk.queue.page()).rows
    assert row.failure is not None
    assert row.failure.text_id == "action.internal"


async def test_what_is_late_is_asked_again_and_runs_at_the_same_word(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second = await posted(desk, source, "1", "2")
    await desk.review.decide([first, second], Choice.BAN)
    desk.clock.move(minutes=11)
    await desk.carry_out(source)
    assert await desk.states() == [WAITING, WAITING]
    await desk.review.decide([second, first], Choice.BAN)
    await desk.carry_out(source)
    assert await desk.states() == [DONE, DONE]


async def test_another_word_on_what_is_late_replaces_the_first(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.BAN)
    desk.clock.move(minutes=11)
    await desk.carry_out(source)
    await desk.review.decide([item], Choice.DISMISS)
    await desk.carry_out(source)
    assert await desk.states() == [ActionState.CANCELLED]
    assert source.performed == []
    assert await desk.items() == ()


async def test_a_long_flood_makes_nothing_late(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    source.answers = [TryLater("action.flood", 3600.0)]
    await desk.review.decide([item], Choice.BAN, grace=0)
    await desk.carry_out(source)
    desk.clock.move(hours=1)
    await desk.carry_out(source)
    assert await desk.states() == [DONE]


async def test_undo_while_it_is_being_carried_out_says_so_and_changes_nothing(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await desk.review.decide([item], Choice.BAN, grace=0)
    await desk.database.write(claims.claim, {YARD: frozenset(ActionKind)}, desk.clock())
    with pytest.raises(TryLater):
        await desk.review.undo()
    assert await desk.states() == [ActionState.RUNNING]


@pytest.mark.parametrize("choice", [Choice.DELETE, Choice.WARN])
async def test_what_cannot_be_taken_back_says_why_and_stays(desk: Desk, choice: Choice) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], choice, grace=0, consent=True)
    await desk.carry_out(source)
    with pytest.raises(Refused) as caught:
        await desk.review.undo()
    assert caught.value.text_id.startswith("undo.impossible.")
    assert set(await desk.states()) == {DONE}
    assert await desk.items() == ()


async def test_a_deletion_on_vk_is_taken_back_by_restoring(desk: Desk) -> None:
    source = FakeSource(VK)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.DELETE_BAN, grace=0)
    await desk.carry_out(source)
    undone = await desk.review.undo()
    await desk.carry_out(source)
    assert undone.note is not None
    assert {order.kind for order in source.performed[2:]} == {ActionKind.RESTORE, ActionKind.UNBAN}


async def test_a_compensation_that_fails_leaves_a_newer_decision_alone(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.BAN, grace=0)
    await desk.carry_out(source)
    await desk.review.undo()
    await desk.review.decide([item], Choice.DISMISS)
    source.answers = [Refused("action.no_right")]
    await desk.carry_out(source)
    assert await desk.states() == [DONE, ActionState.FAILED]
    assert await desk.items() == ()


async def test_an_undo_only_of_what_is_pending_leaves_older_decisions(desk: Desk) -> None:
    (item,) = await desk.flagged(insult())
    await desk.review.decide([item], Choice.BAN)
    desk.clock.move(seconds=6)
    with pytest.raises(Refused):
        await desk.review.undo(pending_only=True)
    assert (await desk.review.undo()).items == (item,)


async def test_the_outbox_outlives_a_locked_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr("moderator_app.moderation.outbox.PATIENCE_SECONDS", 0.01)
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, "1")
    await desk.review.decide([item], Choice.BAN, grace=0)
    locked = _impatiently(desk)

    async def lock_before_answering(_order: Order) -> None:
        locked.execute("BEGIN IMMEDIATE")

    source.before_answer = lock_before_answering
    with closing(locked):
        async with running(desk.outbox, source):
            await until(lambda: _acted(source))
            with pytest.raises(ModeratorError):
                await desk.database.write(claims.recover)
            locked.execute("ROLLBACK")
            await until(lambda: _are(desk, DONE))
    assert len(source.performed) == 1


def _impatiently(desk: Desk) -> sqlite3.Connection:
    """Another process' connection, for which this one does not wait long."""
    with desk.database._writing.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    return sqlite3.connect(desk.database.path, isolation_level=None)


async def _acted(source: FakeSource) -> bool:
    return bool(source.performed)


async def _are(desk: Desk, *expected: ActionState) -> bool:
    return await desk.states() == list(expected)
