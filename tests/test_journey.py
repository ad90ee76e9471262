"""The whole way of a message, from its arrival to the decision carried out."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.decision import ActionKind, ActionState, Choice, Order
from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.lists import ListKind, StopWord
from moderator_app.domain.message import Author, AuthorKey, CommunityKey, Message, Platform
from moderator_app.domain.ports import Delivery, Penalty, Removal
from moderator_app.domain.statistics import Period
from moderator_app.language import explain_finding, explain_note
from tests.builders import NOON, author, message, messages
from tests.fakes import FakeSource

YARD = CommunityKey(Platform.TELEGRAM, "100")


@asynccontextmanager
async def running(profile: Path, *sources: FakeSource) -> AsyncIterator[App]:
    app = await App.open(paths.profile(profile), explain_finding, explain_note)
    app.start(sources)
    try:
        yield app
    finally:
        await app.stop()


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def queue_of(app: App, size: int) -> tuple[int, ...]:
    """The items of the queue once it has `size` of them."""
    async with asyncio.timeout(10):
        while True:
            if await app.queue.waiting() == size:
                return tuple(row.item for row in (await app.queue.page()).rows)
            await asyncio.sleep(0.01)


async def states(app: App) -> list[ActionState]:
    """The states of all actions, oldest decision first."""
    lines = await app.history.page()
    return [action.state for line in reversed(lines) for action in line.decision.actions]


async def ended(app: App, *expected: ActionState) -> None:
    async with asyncio.timeout(10):
        while await states(app) != list(expected):
            await asyncio.sleep(0.01)


def insult(id: str = "1") -> Message:
    return message("да пошёл ты нахуй", id=id)


async def test_a_message_is_stored_judged_queued_decided_and_carried_out(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(*messages("Всем доброе утро", "да пошёл ты нахуй", "Кто потерял ключи?"), cursor="3")
        (item,) = await queue_of(app, 1)
        card = await app.queue.card(item)
        assert card.message.text == "да пошёл ты нахуй"
        assert [card.message.text[start:end] for start, end in card.verdict.findings[0].spans] == ["нахуй"]

        await app.review.decide([item], Choice.DELETE, grace=0)
        await ended(app, ActionState.DONE)

        assert [order.message for order in source.effects_of(ActionKind.DELETE)] == [card.message.key]
        assert await queue_of(app, 0) == ()
        overview = await app.statistics.overview(Period.ALL)
        assert (overview.messages, overview.flagged, overview.decided, overview.profanity) == (3, 1, 1, 1)


async def test_undo_inside_the_grace_returns_the_item_undecided_and_nothing_leaves(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        await app.review.decide([item], Choice.DELETE_BAN, grace=30)
        assert await queue_of(app, 0) == ()

        await app.review.undo()

        assert await queue_of(app, 1) == (item,)
        assert await states(app) == [ActionState.CANCELLED, ActionState.CANCELLED]
        assert source.performed == []
        assert (await app.statistics.overview(Period.ALL)).decided == 0


async def test_a_ban_that_was_carried_out_is_lifted_by_undo(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        await app.review.decide([item], Choice.BAN, grace=0)
        await ended(app, ActionState.DONE)

        undone = await app.review.undo()
        await ended(app, ActionState.DONE, ActionState.DONE)

        assert undone.note is not None
        assert [order.kind for order in source.effects.values()] == [ActionKind.BAN, ActionKind.UNBAN]
        assert await queue_of(app, 1) == (item,)


async def test_a_refused_action_returns_the_item_with_the_reason(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        source.answers = [Refused("action.no_right")]
        await app.review.decide([item], Choice.DELETE, grace=0)
        await ended(app, ActionState.FAILED)

        (row,) = (await app.queue.page()).rows
        assert row.failure is not None
        assert row.failure.text_id == "action.no_right"


async def test_a_platform_that_asks_to_wait_is_asked_again_by_itself(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        source.answers = [TryLater("action.flood", 0.3)]
        await app.review.decide([item], Choice.DELETE, grace=0)
        await ended(app, ActionState.WAITING)
        await ended(app, ActionState.DONE)
        assert len(source.performed) == 2
        assert len({order.idempotency_key for order in source.performed}) == 1


async def test_a_message_edited_since_it_was_decided_disarms_the_action(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        edited = message("Извините, погорячился", id="1")
        source.shown[edited.key] = edited
        await app.review.decide([item], Choice.DELETE_BAN, grace=0)
        await ended(app, ActionState.CANCELLED, ActionState.CANCELLED)
        assert source.performed == []
        assert await queue_of(app, 1) == (item,)


async def test_what_others_see_to_in_the_chat_leaves_the_queue_and_says_so(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    moderator = Author(AuthorKey(Platform.TELEGRAM, "7"), "Борис")
    async with running(tmp_path, source) as app:
        gone, banned = insult("1"), replace(insult("2"), author=author("43"))
        source.post(gone, banned)
        items = await queue_of(app, 2)
        penalty = Penalty(YARD, AuthorKey(Platform.TELEGRAM, "43"), ActionKind.BAN, moderator, NOON)
        source.deliveries.put_nowait(Delivery(removals=(Removal(gone.key, moderator, NOON),), penalties=(penalty,)))
        assert await queue_of(app, 0) == ()
        closed = {each.note and explain_note(each.note).split(" on ")[0] for each in await app.queue.closed(items)}
        assert closed == {"Борис deleted the message", "Борис banned the author"}
        overview = await app.statistics.overview(Period.ALL)
        assert (overview.messages, overview.flagged, overview.decided) == (2, 2, 0)
        with pytest.raises(Refused):
            await app.review.decide(items, Choice.DELETE)


async def test_a_deletion_of_what_is_already_gone_counts_as_done(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        source.shown.clear()
        await app.review.decide([item], Choice.DELETE, grace=0)
        await ended(app, ActionState.DONE)
        (line,) = await app.history.page()
        assert line.decision.actions[0].note is not None
        assert source.performed == []


async def test_a_kill_between_storing_and_judging_loses_nothing(tmp_path: Path) -> None:
    app = await App.open(tmp_path, explain_finding, explain_note)
    await app.intake.store(Delivery((insult(),), cursor="1"), "fake")
    # Killed here: nothing was judged, nothing is closed in order.
    app.database.close()

    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        assert len(await queue_of(app, 1)) == 1
        await until(lambda: source.cursors)
        assert source.cursors == ["1"]


async def test_a_kill_between_claim_and_confirmation_acts_once_in_effect(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    acted = asyncio.Event()

    async def never_answer(_order: Order) -> None:
        acted.set()
        await asyncio.Event().wait()

    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        source.before_answer = never_answer
        await app.review.decide([item], Choice.WARN, grace=0, consent=True)
        await acted.wait()
        assert await states(app) == [ActionState.RUNNING]

    source.before_answer = None
    async with running(tmp_path, source) as app:
        await ended(app, ActionState.DONE)
        assert len(source.performed) == 2
        assert len(source.effects_of(ActionKind.WARN)) == 1


async def test_a_decision_on_an_imported_chat_is_recorded_and_cannot_be_carried_out(tmp_path: Path) -> None:
    file = tmp_path / "chat.jsonl"
    file.write_text(json.dumps({"id": 7, "text": "иди нахуй", "author": 5, "date": 1_700_000_000}), "utf-8")
    async with running(tmp_path / "profile") as app:
        summary = await app.import_file(file)
        assert (summary.messages, summary.new, summary.flagged) == (1, 1, 1)
        (item,) = await queue_of(app, 1)
        decided = await app.review.decide([item], Choice.DELETE)
        assert decided.note is not None
        assert await states(app) == [ActionState.IMPOSSIBLE]
        await app.review.undo()
        assert await states(app) == [ActionState.CANCELLED]
        assert await queue_of(app, 1) == (item,)


async def test_at_quitting_what_is_in_its_grace_can_be_carried_out_now(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        await app.review.decide([item], Choice.DELETE, grace=30)
        await app.outbox.carry_out_now([source])
        assert await states(app) == [ActionState.DONE]


async def test_new_rules_judge_what_is_stored_and_leave_decided_items_alone(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult("1"), message("Казино вулкан, заходи", id="2"))
        (dismissed,) = await queue_of(app, 1)
        await app.review.decide([dismissed], Choice.DISMISS, grace=0)
        await app.lists.set_stop_words([StopWord("казино")])
        (flagged,) = await queue_of(app, 1)
        assert (await app.queue.card(flagged)).message.key.message == "2"

        await app.lists.set_authors(ListKind.WHITELIST, [message().author.key])  # type: ignore[union-attr]
        assert await queue_of(app, 0) == ()
        assert (await app.statistics.overview(Period.ALL)).flagged == 0


async def test_what_a_sequence_showed_stays_when_the_rules_change(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        advert = "Отдам котят в добрые руки, звоните вечером"
        source.post(message(advert, id="1"), message(advert, id="2"))
        (item,) = await queue_of(app, 1)
        await app.lists.set_stop_words([StopWord("котята")])
        await queue_of(app, 2)
        rules = {finding.rule for finding in (await app.queue.card(item)).verdict.findings}
        assert rules == {"repeated_text", "stop_words"}


async def test_a_dismissed_message_comes_back_when_it_is_edited(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        await app.review.decide([item], Choice.DISMISS, grace=0)
        await queue_of(app, 0)
        source.post(replace(insult(), text="да пошёл ты нахуй, и дом твой тоже", edited=NOON))
        assert await queue_of(app, 1) == (item,)
        assert (await app.queue.card(item)).reopened is not None


async def test_walking_back_says_once_what_cannot_be_undone_and_goes_on_behind_it(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult("1"), insult("2"))
        first, second = await queue_of(app, 2)
        await app.review.decide([first], Choice.DISMISS, grace=0)
        await app.review.decide([second], Choice.DELETE, grace=0)
        await ended(app, ActionState.DONE)
        with pytest.raises(Refused):
            await app.review.undo()
        assert (await app.review.undo()).items == (first,)


async def test_undoing_delete_and_ban_lifts_the_ban_although_the_deletion_stays(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        await app.review.decide([item], Choice.DELETE_BAN, grace=0)
        await ended(app, ActionState.DONE, ActionState.DONE)
        undone = await app.review.undo()
        await ended(app, ActionState.DONE, ActionState.DONE, ActionState.DONE)
        assert len(source.effects_of(ActionKind.UNBAN)) == 1
        assert undone.note is not None
        assert explain_note(undone.note).endswith("The deleted message stays deleted.")


async def test_undoing_while_only_the_deletion_was_carried_out_says_that_it_stays(tmp_path: Path) -> None:
    source = FakeSource(YARD)
    async with running(tmp_path, source) as app:
        source.post(insult())
        (item,) = await queue_of(app, 1)
        source.answers = [None, TryLater("action.flood", 30)]
        await app.review.decide([item], Choice.DELETE_BAN, grace=0)
        await ended(app, ActionState.DONE, ActionState.WAITING)
        undone = await app.review.undo()
        assert undone.note is not None
        assert explain_note(undone.note).endswith("the message was deleted already and stays so.")


async def test_settings_that_a_command_sets_are_seen_and_never_overwritten(tmp_path: Path) -> None:
    async with running(tmp_path) as app, running(tmp_path) as command:
        command.preferences.set("review.grace_seconds", "20")
        app.preferences.set("appearance.theme", "dark")
        assert app.preferences.current.review.grace_seconds == 20
        await until(lambda: command.preferences.current.appearance.theme == "dark")
