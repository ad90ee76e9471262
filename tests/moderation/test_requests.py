"""What goes to the platform in one request, how fast one follows another, and what is not sent at all."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, update

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Order
from moderator_app.domain.errors import ConsentNeeded, ModeratorError, Refused, SignInNeeded, TryLater, TryThisLater
from moderator_app.domain.message import CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.ports import BulkSource, Delivery, Sighting
from moderator_app.moderation.outbox import Outbox
from moderator_app.moderation.pace import Pace
from moderator_app.moderation.rights import RightsKeeping
from moderator_app.storage.tables import action
from tests.builders import NOON, author
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult, until

VK = CommunityKey(Platform.VK, "200")
DONE, WAITING, FAILED = ActionState.DONE, ActionState.WAITING, ActionState.FAILED
CANCELLED, PENDING, IMPOSSIBLE = ActionState.CANCELLED, ActionState.PENDING, ActionState.IMPOSSIBLE


class BulkFake(FakeSource):
    """Deletes together; `refusals` are the answers for single messages of the next request, None for the others."""

    def __init__(self, *communities: CommunityKey, messages: Sequence[Message] = ()) -> None:
        super().__init__(*communities, messages=messages)
        self.requests: list[list[str]] = []
        self.refusals: dict[str, ModeratorError] = {}
        self.bare: str | None = ""

    def goes_along(self, message: str) -> str | None:
        """Comments alone, messages of a chat together; bare numbers all of them."""
        kind, separator, _ = message.partition("_")
        return f"{kind}_" if separator else self.bare

    async def look_many(self, keys: Sequence[MessageKey]) -> list[Sighting]:
        return [await self.look(key) for key in keys]

    async def delete_many(self, orders: Sequence[Order]) -> list[ModeratorError | None]:
        self.requests.append([order.message.message for order in orders])
        if self.answers and (answer := self.answers.pop(0)) is not None:
            raise answer
        answers = [self.refusals.pop(order.message.message, None) for order in orders]
        for order, answer in zip(orders, answers, strict=True):
            if answer is None:
                await self.perform(order)
        return answers


async def posted(desk: Desk, source: FakeSource, count: int, **overrides: Any) -> tuple[int, ...]:
    """The items of insults by as many people that stand in the source's first chat."""
    place = next(iter(source.communities))
    where = {"community": place.community, "platform": place.platform}
    insults = [
        insult(str(n), **{"author": author(str(n), platform=place.platform)} | where | overrides)
        for n in range(1, count + 1)
    ]
    source.shown |= {each.key: each for each in insults}
    return await desk.flagged(*insults)


async def states_of(desk: Desk, item: int) -> list[ActionState]:
    (line,) = [line for line in await desk.history.page() if line.decision.item == item]
    return [action.state for action in line.decision.actions]


# Several messages of one author.


async def test_an_author_of_several_messages_is_warned_once(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 3, author=author("5"))
    await desk.review.decide(items, Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    (order,) = source.performed
    assert (order.author, order.text) == ("5", "Соблюдайте правила.")
    assert [await states_of(desk, item) for item in items] == [[DONE]] * 3


async def test_each_author_and_each_community_counts_by_itself(desk: Desk) -> None:
    source = FakeSource(YARD, VK)
    here = [insult("1", author=author("5")), insult("2", author=author("6")), insult("3", author=author("5"))]
    there = [insult("4", author=author("5"), community="555")]
    nobody = [insult("5", author=None), insult("6", author=None)]
    source.communities |= {CommunityKey(Platform.TELEGRAM, "555")}
    source.shown |= {each.key: each for each in (*here, *there, *nobody)}
    items = await desk.flagged(*here, *there, *nobody)
    await desk.review.decide(items, Choice.DELETE_BAN, grace=0)
    await desk.carry_out(source)
    assert len(source.effects_of(ActionKind.DELETE)) == 6
    banned = [(order.message.community, order.author) for order in source.effects_of(ActionKind.BAN)]
    assert sorted(banned) == [("100", ""), ("100", ""), ("100", "5"), ("100", "6"), ("555", "5")]


async def test_undo_lifts_a_shared_ban_once_and_brings_every_item_back(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 3, author=author("5"))
    await desk.review.decide(items, Choice.BAN, grace=0)
    await desk.carry_out(source)
    undone = await desk.review.undo()
    await desk.carry_out(source)
    assert [order.kind for order in source.performed] == [ActionKind.BAN, ActionKind.UNBAN]
    assert set(undone.items) == set(items) == set(await desk.items())
    assert await desk.states() == [DONE] * 6


async def test_a_shared_ban_that_is_refused_gives_every_item_back_with_the_reason(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 2, author=author("5"))
    source.answers = [Refused("right.restrict")]
    await desk.review.decide(items, Choice.BAN, grace=0)
    await desk.carry_out(source)
    assert len(source.performed) == 1
    rows = (await desk.queue.page()).rows
    assert {row.item for row in rows} == set(items)
    assert {row.failure and row.failure.text_id for row in rows} == {"right.restrict"}


async def test_another_message_carries_the_warning_when_one_was_edited_since(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second, third = await posted(desk, source, 3, author=author("5"))
    edited = insult("1", author=author("5"))
    source.shown[edited.key] = Message(edited.key, "Извините", edited.date, edited.author)
    await desk.review.decide([first, second, third], Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    assert [order.message.message for order in source.performed] == ["2"]
    assert [await states_of(desk, item) for item in (first, second, third)] == [[CANCELLED], [DONE], [DONE]]
    assert await desk.items() == (first,)


async def test_a_shared_warning_whose_answer_was_lost_is_sent_once_in_effect(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 2, author=author("5"))

    async def lose(_order: Order) -> None:
        source.before_answer = None
        raise TryLater("action.flood", 1)

    source.before_answer = lose
    await desk.review.decide(items, Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    assert await desk.states() == [WAITING] * 2
    desk.clock.move(seconds=1)
    await desk.carry_out(source)
    assert await desk.states() == [DONE] * 2
    assert len(source.performed) == 2
    assert len(source.effects_of(ActionKind.WARN)) == 1


# Kinds that no key asks for yet.


@pytest.mark.parametrize(
    "kind",
    [
        ActionKind.KICK,
        ActionKind.RESTRICT,
        ActionKind.DELETE_ALL,
        ActionKind.REPORT,
        ActionKind.DECLINE,
        ActionKind.CLOSE_COMMENTS,
    ],
)
async def test_every_kind_is_carried_by_its_order_and_stands_in_the_history(desk: Desk, kind: ActionKind) -> None:
    source = FakeSource(YARD)
    decided, other = await posted(desk, source, 2, author=author("5"))
    await desk.review.decide([decided], Choice.BAN, grace=0)
    await desk.database.write(_make_it, kind)
    await desk.carry_out(source)
    assert [order.kind for order in source.performed] == [kind]
    (line,) = await desk.history.page()
    assert [(action.kind, action.state) for action in line.decision.actions] == [(kind, DONE)]
    # Of everything by the author nothing is left to decide.
    assert await desk.items() == (() if kind is ActionKind.DELETE_ALL else (other,))
    if (inverse := kind.inverse(Platform.TELEGRAM)) is None:
        with pytest.raises(Refused) as caught:
            await desk.review.undo()
        assert caught.value.text_id.startswith("undo.impossible")
    else:
        await desk.review.undo()
        await desk.carry_out(source)
        assert source.performed[-1].kind is inverse


def _make_it(connection: Connection, kind: ActionKind) -> None:
    connection.execute(update(action).values(kind=kind))


# Of several tokens one may be refused.


async def test_what_waits_alone_keeps_nothing_else_waiting(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 2)
    await desk.review.decide(items, Choice.DELETE, grace=0)
    source.answers = [TryThisLater("source.internal", 60.0)]
    await desk.carry_out(source)
    assert await desk.states() == [WAITING, DONE]
    desk.clock.move(seconds=61)
    await desk.carry_out(source)
    assert await desk.states() == [DONE, DONE]


# Deletions together.


async def test_deletions_of_a_community_go_out_together_a_hundred_at_a_time(desk: Desk) -> None:
    source = BulkFake(YARD)
    assert isinstance(source, BulkSource)
    items = await posted(desk, source, 130)
    await desk.review.decide(items, Choice.DELETE_BAN, grace=0, confirmed=True)
    await desk.outbox.carry_out_next(source)
    await desk.outbox.carry_out_next(source)
    assert [len(request) for request in source.requests] == [100, 30]
    assert source.requests[0][:3] == ["1", "2", "3"]
    assert source.effects_of(ActionKind.BAN) == []
    await desk.carry_out(source)
    assert len(source.effects_of(ActionKind.BAN)) == 130
    assert set(await desk.states()) == {DONE}


async def test_only_those_go_together_of_which_the_source_says_so(desk: Desk) -> None:
    source = BulkFake(YARD)
    source.bare = None
    for number, author_id in (("chat5_1", "1"), ("chat5_2", "2"), ("chat51_3", "3")):
        insulting = insult(number, author=author(author_id))
        source.shown[insulting.key] = insulting
        await desk.flagged(insulting)
    await posted(desk, source, 2)
    await desk.review.decide(await desk.items(), Choice.DELETE, grace=0)
    await desk.carry_out(source)
    assert source.requests == [["chat5_1", "chat5_2"]]
    assert len(source.effects_of(ActionKind.DELETE)) == 5


async def test_other_communities_and_what_is_still_in_its_grace_stay_behind(desk: Desk) -> None:
    source = BulkFake(YARD)
    other = CommunityKey(Platform.TELEGRAM, "555")
    first, second, third = await posted(desk, source, 3)
    source.communities |= {other}
    elsewhere = insult("9", community="555")
    source.shown[elsewhere.key] = elsewhere
    (there,) = await desk.flagged(elsewhere)
    await desk.review.decide([first, there, second], Choice.DELETE, grace=0)
    await desk.review.decide([third], Choice.DELETE, grace=30)
    await desk.carry_out(source)
    assert source.requests == [["1", "2"]]
    assert [order.message.message for order in source.performed] == ["1", "2", "9"]
    await desk.review.undo()
    desk.clock.move(seconds=60)
    await desk.carry_out(source)
    assert len(source.effects) == 3


async def test_of_one_request_each_message_has_its_own_answer(desk: Desk) -> None:
    source = BulkFake(YARD)
    done, refused, late, gone, edited = await posted(desk, source, 5)
    source.refusals = {"2": Refused("right.delete"), "3": TryLater("action.flood", 60)}
    shown = {key.message: key for key in source.shown}
    del source.shown[shown["4"]]
    source.shown[shown["5"]] = Message(shown["5"], "Извините", NOON)
    await desk.review.decide([done, refused, late, gone, edited], Choice.DELETE, grace=0)
    await desk.outbox.carry_out_next(source)
    assert source.requests == [["1", "2", "3"]]
    states = [(await states_of(desk, item))[0] for item in (done, refused, late, gone, edited)]
    assert states == [DONE, FAILED, WAITING, DONE, CANCELLED]
    assert set(await desk.items()) == {refused, edited}
    desk.clock.move(seconds=60)
    await desk.carry_out(source)
    assert await states_of(desk, late) == [DONE]


async def test_a_fault_in_a_common_request_keeps_what_was_known_before(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    source = BulkFake(YARD)
    first, second, gone = await posted(desk, source, 3)
    shown = {key.message: key for key in source.shown}
    del source.shown[shown["3"]]
    source.answers = [ZeroDivisionError("in the source")]
    await desk.review.decide([first, second, gone], Choice.DELETE, grace=0)
    with caplog.at_level(logging.ERROR):
        await desk.carry_out(source)
    assert "in the source" in caplog.text
    assert [(await states_of(desk, item))[0] for item in (first, second, gone)] == [FAILED, FAILED, DONE]


async def test_a_common_request_whose_answer_was_lost_is_repeated_whole(desk: Desk) -> None:
    source = BulkFake(YARD)
    items = await posted(desk, source, 3)

    async def lose(order: Order) -> None:
        if order.message.message == "2":
            source.before_answer = None
            raise TryLater("action.flood", 5)

    source.before_answer = lose
    await desk.review.decide(items, Choice.DELETE, grace=0)
    await desk.carry_out(source)
    assert await desk.states() == [WAITING] * 3
    desk.clock.move(seconds=5)
    await desk.carry_out(source)
    assert await desk.states() == [DONE] * 3
    # Two of them were gone already by the first request: nobody else deleted them.
    notes = [action.note for line in await desk.history.page() for action in line.decision.actions]
    assert notes == [None] * 3


# Waiting.


async def test_a_flood_holds_back_its_kind_and_no_other(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second, third = await posted(desk, source, 3)
    source.answers = [TryLater("action.flood", 600)]
    await desk.review.decide([first], Choice.BAN, grace=0)
    await desk.review.decide([second], Choice.BAN, grace=1)
    await desk.review.decide([third], Choice.DELETE, grace=1)
    desk.clock.move(seconds=1)
    await desk.carry_out(source)
    assert len(source.performed) == 2
    assert len(source.effects_of(ActionKind.DELETE)) == 1
    actions = {line.decision.item: line.decision.actions[0] for line in await desk.history.page()}
    for held in (actions[first], actions[second]):
        assert (held.state, held.due) == (WAITING, NOON + timedelta(seconds=601))
        assert held.note is not None
        assert held.note.text_id == "action.flood"
    desk.clock.move(seconds=600)
    await desk.carry_out(source)
    assert await desk.states() == [DONE] * 3


async def test_a_hold_outlives_the_process(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second = await posted(desk, source, 2)
    source.answers = [TryLater("action.flood", 600)]
    await desk.review.decide([first], Choice.BAN, grace=0)
    await desk.carry_out(source)
    restarted = Outbox(desk.database, desk.changes, desk.clock)
    await restarted.recover()
    await desk.review.decide([second], Choice.BAN, grace=0)
    while await restarted.carry_out_next(source):
        pass
    assert len(source.performed) == 1
    desk.clock.move(seconds=601)
    while await restarted.carry_out_next(source):
        pass
    assert await desk.states() == [DONE] * 2


async def test_what_is_held_back_can_be_taken_back(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second = await posted(desk, source, 2)
    source.answers = [TryLater("action.flood", 600)]
    await desk.review.decide([first, second], Choice.BAN, grace=0)
    await desk.carry_out(source)
    await desk.review.undo()
    desk.clock.move(seconds=601)
    await desk.carry_out(source)
    assert await desk.states() == [CANCELLED] * 2
    assert len(source.performed) == 1


async def test_without_a_sign_in_one_request_is_tried_and_the_rest_waits(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 5)
    source.answers = [SignInNeeded("account.signed_out")]
    await desk.review.decide(items, Choice.DELETE_BAN, grace=0)
    await desk.carry_out(source)
    assert len(source.performed) == 1
    assert await desk.states() == [WAITING] * 10
    desk.clock.move(minutes=2)
    await desk.carry_out(source)
    assert await desk.states() == [DONE] * 10


# The pace.


def test_a_handful_goes_at_once_then_evenly_and_never_more_in_a_minute() -> None:
    pace, at = Pace(20), NOON
    sent: list[datetime] = []
    while len(sent) < 100:
        at += timedelta(seconds=pace.wait(at, sent))
        sent.append(at)
    assert sent[9] == NOON
    assert min(later - earlier for earlier, later in pairwise(sent[10:])) >= timedelta(seconds=3)
    for first in sent:
        assert sum(first <= each < first + timedelta(minutes=1) for each in sent) <= 20


def test_a_gap_is_kept_however_few_there_are() -> None:
    assert Pace(1000, gap=1.5).wait(NOON + timedelta(seconds=1), [NOON]) == 0.5
    assert Pace(1000, gap=1.5).wait(NOON, []) == 0


async def test_an_account_sends_no_more_than_its_pace_and_nothing_becomes_late_by_that(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderator_app.moderation.outbox.POLL_SECONDS", 0.005)
    source = FakeSource(YARD)
    items = await posted(desk, source, 14)
    sent: list[datetime] = []

    async def note(_order: Order) -> None:
        sent.append(desk.clock())

    source.before_answer = note
    outbox = Outbox(desk.database, desk.changes, desk.clock, {"fake": Pace(1)}.__getitem__)
    await desk.review.decide(items, Choice.BAN, grace=0)
    serving = asyncio.ensure_future(outbox.run([source]))
    try:
        async with asyncio.timeout(60):
            while len(sent) < 14:
                await asyncio.sleep(0.02)
                desk.clock.move(seconds=10)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert all(later - earlier >= timedelta(minutes=1) for earlier, later in pairwise(sent))
    assert sent[-1] - sent[0] > timedelta(minutes=12)


async def _sent(source: FakeSource, count: int) -> bool:
    return len(source.performed) >= count


async def test_what_was_sent_before_a_restart_counts_for_the_pace(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 4)
    await desk.review.decide(items, Choice.BAN, grace=0)
    await desk.carry_out(source)
    (more,) = await desk.flagged(insult("9", author=author("9")))
    source.shown |= {insult("9").key: insult("9", author=author("9"))}
    await desk.review.decide([more], Choice.BAN, grace=0)
    outbox = Outbox(desk.database, desk.changes, desk.clock, lambda _name: Pace(1))
    serving = asyncio.ensure_future(outbox.run([source]))
    try:
        await asyncio.sleep(0.3)
        assert len(source.performed) == 4
        desk.clock.move(seconds=61)
        await until(lambda: _sent(source, 5))
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


# Rights.


async def test_what_the_account_may_not_do_is_refused_before_anything_is_decided(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, 1)
    source.forbidden[YARD] = frozenset({ActionKind.BAN})
    await RightsKeeping(desk.database, desk.changes).keep([source])
    assert (await desk.queue.card(item)).obstacles[0][0] is ActionKind.BAN
    for choice in (Choice.BAN, Choice.DELETE_BAN):
        with pytest.raises(Refused) as caught:
            await desk.review.decide([item], choice)
        assert caught.value.text_id == "right.restrict"
    assert await desk.items() == (item,)
    await desk.review.decide([item], Choice.DELETE, grace=0)
    await desk.carry_out(source)
    assert await desk.states() == [DONE]


async def test_rights_that_are_given_open_the_way(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, 1)
    keeping = RightsKeeping(desk.database, desk.changes)
    source.forbidden[YARD] = frozenset(ActionKind)
    await keeping.keep([source])
    assert len((await desk.queue.card(item)).obstacles) == len(ActionKind)
    source.forbidden.clear()
    await keeping.keep([source])
    assert (await desk.queue.card(item)).obstacles == ()


async def test_a_right_that_was_taken_away_meanwhile_sends_nothing(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, 1)
    await desk.review.decide([item], Choice.DELETE, grace=0)
    source.forbidden[YARD] = frozenset({ActionKind.DELETE})
    await desk.carry_out(source)
    assert source.performed == []
    (row,) = (await desk.queue.page()).rows
    assert row.failure is not None
    assert row.failure.text_id == "right.delete"


async def test_in_a_group_what_is_impossible_elsewhere_is_only_recorded(desk: Desk) -> None:
    other = CommunityKey(Platform.TELEGRAM, "555")
    source = FakeSource(YARD, other)
    source.forbidden[other] = frozenset({ActionKind.DELETE})
    text = "Зарабатывай от {0}00$ в день, пиши в лс @easy_money{0}, жми https://t.me/joinchat/dohod{0}"
    spam = [insult(str(n), author=author(str(n)), community=where) for n, where in ((1, "100"), (2, "555"))]
    spam = [Message(each.key, text.format(n), each.date, each.author) for n, each in enumerate(spam, 1)]
    source.shown |= {each.key: each for each in spam}
    here, there = await desk.flagged(*spam)
    await RightsKeeping(desk.database, desk.changes).keep([source])
    decided = await desk.review.decide([here], Choice.DELETE, grace=0)
    assert set(decided.items) == {here, there}
    assert decided.note is not None
    assert decided.note.text_id == "right.delete"
    await desk.carry_out(source)
    assert await states_of(desk, here) == [DONE]
    assert await states_of(desk, there) == [IMPOSSIBLE]


async def test_of_two_accounts_in_a_community_the_one_that_may_does_it(desk: Desk) -> None:
    weak, strong = FakeSource(YARD), FakeSource(YARD)
    (item,) = await posted(desk, weak, 1)
    strong.shown = weak.shown
    weak.forbidden[YARD] = frozenset({ActionKind.BAN})
    await RightsKeeping(desk.database, desk.changes).keep([weak, strong])
    assert (await desk.queue.card(item)).obstacles == ()
    await desk.review.decide([item], Choice.DELETE_BAN, grace=0)
    serving = asyncio.ensure_future(desk.outbox.run([weak, strong]))
    try:
        await until(lambda: _are_done(desk))
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert [order.kind for order in weak.performed] == [ActionKind.DELETE]
    assert [order.kind for order in strong.performed] == [ActionKind.BAN]


async def _are_done(desk: Desk) -> bool:
    return set(await desk.states()) == {DONE}


# Warnings.


async def test_the_first_warning_in_a_community_needs_consent_and_the_next_does_not(desk: Desk) -> None:
    source = FakeSource(YARD)
    first, second = await posted(desk, source, 2)
    with pytest.raises(ConsentNeeded) as caught:
        await desk.review.decide([first], Choice.WARN)
    assert caught.value.parameters["communities"] == "100"
    assert set(await desk.items()) == {first, second}
    await desk.review.decide([first], Choice.WARN, consent=True)
    await desk.review.decide([second], Choice.WARN)
    assert await desk.items() == ()


async def test_a_chat_from_a_file_needs_no_consent(desk: Desk) -> None:
    judgement = await desk.judges.judge([insult("1")])
    await desk.intake.store_judged(Delivery((insult("1"),)), judgement, desk.intake.memory())
    (item,) = await desk.items()
    assert (await desk.review.decide([item], Choice.WARN)).note is not None


async def test_a_warning_speaks_the_language_of_its_community(desk: Desk) -> None:
    source = FakeSource(YARD)
    english = [insult(str(n), author=author(str(n))) for n in (1, 2)]
    texts = ("Good morning everybody, what a lovely day to meet at the park", "go fuck yourself")
    english = [Message(each.key, text, each.date, each.author) for each, text in zip(english, texts, strict=True)]
    source.shown |= {each.key: each for each in english}
    (item,) = await desk.flagged(*english)
    await desk.review.decide([item], Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    assert [order.text for order in source.performed] == ["Keep to the rules."]


async def test_a_shared_warning_that_failed_is_sent_once_though_every_line_is_tried_again(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 3, author=author("5"))
    source.answers = [Refused("telegram.write_forbidden")]
    await desk.review.decide(items, Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    assert len(await desk.items()) == 3
    lines = await desk.history.page()
    for line in lines[:2]:
        await desk.review.decide_again(line.decision.decision)
    desk.clock.move(minutes=1)
    await desk.carry_out(source)
    await desk.review.decide_again(lines[2].decision.decision)
    desk.clock.move(minutes=1)
    await desk.carry_out(source)
    # The refused one and the one that was sent.
    assert len(source.performed) == 2
    assert len(source.effects_of(ActionKind.WARN)) == 1
    assert await desk.items() == ()
    assert [line.decision.actions[0].state for line in await desk.history.page()][:3] == [DONE] * 3


async def test_what_stands_in_line_for_long_is_neither_late_nor_left_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderator_app.moderation.outbox.POLL_SECONDS", 0.005)
    source = FakeSource(YARD)
    await desk.review.decide(await posted(desk, source, 60), Choice.BAN, grace=0, confirmed=True)

    async def serve_until(count: int) -> Outbox:
        outbox = Outbox(desk.database, desk.changes, desk.clock, lambda _name: Pace(1))
        serving = asyncio.ensure_future(outbox.serve(source))
        async with asyncio.timeout(60):
            while len(source.performed) < count:
                await asyncio.sleep(0.02)
                desk.clock.move(seconds=15)
                assert (await desk.history.unanswered()).total == 0
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        return outbox

    await serve_until(14)
    # Of what waited for its turn a restart makes nothing late.
    desk.clock.move(minutes=5)
    await serve_until(17)
    # But now nobody has come by for long.
    desk.clock.move(minutes=12)
    await Outbox(desk.database, desk.changes, desk.clock).carry_out_next(source)
    assert (await desk.history.unanswered()).late == 60 - len(source.performed)


async def test_nobody_is_warned_about_a_message_that_is_gone_but_about_another_of_theirs(desk: Desk) -> None:
    source = FakeSource(YARD)
    items = await posted(desk, source, 2, author=author("5"))
    del source.shown[insult("1").key]
    await desk.review.decide(items, Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    assert [order.message.message for order in source.performed] == ["2"]
    assert [await states_of(desk, item) for item in items] == [[DONE], [DONE]]
    assert await desk.items() == ()


async def test_a_warning_that_has_nothing_to_answer_is_not_sent(desk: Desk) -> None:
    source = FakeSource(YARD)
    (item,) = await posted(desk, source, 1)
    source.shown.clear()
    await desk.review.decide([item], Choice.WARN, grace=0, consent=True)
    await desk.carry_out(source)
    assert source.performed == []
    assert await desk.items() == ()
    (action,) = (await desk.history.page())[0].decision.actions
    assert action.note is not None
    assert (action.state, action.note.text_id) == (DONE, "action.nothing_to_answer")
