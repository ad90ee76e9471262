"""The sample source: live messages over time, and actions that have their effect."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.message import Message
from moderator_app.domain.ports import Delivery, SightingState, Source
from moderator_app.sources.sample_chat import SampleChat, history
from moderator_app.sources.sample_lines import read
from tests.sources.sample import FOLDER, NOW, Time, order, rest, sample_chat

LAST = str(len(read(FOLDER / "live.jsonl")))
RAIDER = "7230012310"


def played(chat: SampleChat, cursor: str = "") -> list[Delivery]:
    return asyncio.run(rest(chat.messages(cursor), LAST))


def written(deliveries: list[Delivery]) -> list[Message]:
    return [message for delivery in deliveries for message in delivery.messages]


def first(deliveries: list[Delivery], author: str) -> Message:
    return next(found for found in written(deliveries) if found.author and found.author.key.author == author)


def authors(deliveries: list[Delivery]) -> set[str]:
    return {message.author.key.author for message in written(deliveries) if message.author}


async def act(chat: SampleChat, kind: ActionKind, on: Message, length: int | None = None) -> None:
    assert on.author is not None
    await chat.perform(order(kind, on.key, on.author.key, length))


def test_it_is_a_source_that_can_do_everything_everywhere() -> None:
    source: Source = sample_chat(Time())
    assert source.name == "sample"
    assert source.kinds == set(ActionKind)
    assert len(source.communities) == 2
    assert all(source.rights(community) == source.kinds for community in source.communities)


def test_live_messages_carry_the_time_of_their_delivery() -> None:
    time = Time()
    for delivery in played(sample_chat(time)):
        for message in delivery.messages:
            assert message.date is not None
            assert NOW <= message.date <= time.now
    assert time.now - NOW < timedelta(minutes=10)


def test_messages_come_one_by_one_about_every_four_seconds_with_a_burst_between() -> None:
    time = Time()
    deliveries = played(sample_chat(time))
    assert all(len(delivery.messages) + len(delivery.joins) == 1 for delivery in deliveries)
    usual = sorted(time.naps)[len(time.naps) // 2]
    assert 2.0 < usual < 6.0
    assert sum(nap < 1.9 for nap in time.naps) > 25


def test_the_interval_stretches_the_time_between_messages() -> None:
    usual, quick = Time(), Time()
    played(sample_chat(usual))
    played(sample_chat(quick, interval=0.4))
    assert (quick.now - NOW).total_seconds() == pytest.approx((usual.now - NOW).total_seconds() / 10, rel=0.01)


def test_the_cursor_goes_on_where_it_was_left() -> None:
    deliveries = played(sample_chat(Time()))
    later = played(sample_chat(Time()), cursor=deliveries[9].cursor)
    assert [delivery.cursor for delivery in later] == [delivery.cursor for delivery in deliveries[10:]]


def test_a_stream_opened_again_catches_up_what_it_missed() -> None:
    time = Time()
    chat = sample_chat(time)

    async def interrupted() -> list[float]:
        stream = chat.messages("")
        cursor = (await anext(stream)).cursor
        time.now += timedelta(minutes=1)
        time.naps.clear()
        again = chat.messages(cursor)
        for _ in range(10):
            await anext(again)
        return time.naps

    assert asyncio.run(interrupted()) == []


def test_an_edit_arrives_later_with_the_same_key_and_date() -> None:
    messages = written(played(sample_chat(Time())))
    twice = [key for key, times in Counter(message.key for message in messages).items() if times > 1]
    assert twice
    for key in twice:
        original, *edits = (message for message in messages if message.key == key)
        assert original.edited is None
        assert all(edit.date == original.date and edit.text != original.text for edit in edits)
        assert all(edit.edited and edit.date and edit.edited > edit.date for edit in edits)


def test_after_the_last_line_the_source_stays_alive() -> None:
    async def waiting() -> bool:
        stream = sample_chat(Time()).messages(LAST)
        task = asyncio.create_task(_next(stream))
        for _ in range(5):
            await asyncio.sleep(0)
        alive = not task.done()
        task.cancel()
        return alive

    assert asyncio.run(waiting())


def test_a_deleted_message_is_gone_and_deleting_it_again_is_done() -> None:
    async def deleted() -> SightingState:
        chat = sample_chat(Time())
        message = (await anext(chat.messages(""))).messages[0]
        assert (await chat.look(message.key)).text == message.text
        await act(chat, ActionKind.DELETE, message)
        await act(chat, ActionKind.DELETE, message)
        return (await chat.look(message.key)).state

    assert asyncio.run(deleted()) is SightingState.GONE


def test_messages_of_the_past_can_be_looked_at_and_unknown_ones_are_gone() -> None:
    known = history(FOLDER, NOW)[0].messages[0].key
    unknown = known._replace(message="1")

    async def states() -> list[SightingState]:
        chat = sample_chat(Time())
        return [(await chat.look(key)).state for key in (known, unknown)]

    assert asyncio.run(states()) == [SightingState.PRESENT, SightingState.GONE]


def test_a_deleted_message_is_not_edited_any_more() -> None:
    edited = next(message for message in written(played(sample_chat(Time()))) if message.edited)

    async def after_deleting() -> list[Message]:
        chat = sample_chat(Time())
        stream = chat.messages("")
        async for delivery in stream:
            if any(message.key == edited.key for message in delivery.messages):
                await act(chat, ActionKind.DELETE, edited)
                return written(await rest(stream, LAST))
        raise AssertionError("the message was not delivered")

    assert edited.key not in {message.key for message in asyncio.run(after_deleting())}


@pytest.mark.parametrize("kind", [ActionKind.BAN, ActionKind.MUTE])
def test_a_silenced_author_writes_no_more(kind: ActionKind) -> None:
    spam = first(played(sample_chat(Time())), RAIDER)

    async def silenced() -> list[Delivery]:
        chat = sample_chat(Time())
        await act(chat, kind, spam)
        return await rest(chat.messages(""), LAST)

    deliveries = asyncio.run(silenced())
    assert RAIDER not in authors(deliveries)
    assert RAIDER not in {join.author.key.author for delivery in deliveries for join in delivery.joins}
    assert len(authors(deliveries)) > 40


@pytest.mark.parametrize(
    ("kind", "inverse"), [(ActionKind.BAN, ActionKind.UNBAN), (ActionKind.MUTE, ActionKind.UNMUTE)]
)
def test_the_inverse_lets_the_author_write_again(kind: ActionKind, inverse: ActionKind) -> None:
    spam = first(played(sample_chat(Time())), RAIDER)

    async def forgiven() -> list[Delivery]:
        chat = sample_chat(Time())
        await act(chat, kind, spam)
        await act(chat, inverse, spam)
        return await rest(chat.messages(""), LAST)

    assert RAIDER in authors(asyncio.run(forgiven()))


def test_everything_by_an_author_is_deleted_where_it_was_decided() -> None:
    deliveries = played(sample_chat(Time()))
    spam = first(deliveries, RAIDER)
    theirs = [each for each in written(deliveries) if each.author == spam.author]
    others = [each for each in written(deliveries) if each.author != spam.author]

    async def left() -> list[SightingState]:
        chat = sample_chat(Time())
        await rest(chat.messages(""), LAST)
        await act(chat, ActionKind.DELETE_ALL, spam)
        return [(await chat.look(each.key)).state for each in (*theirs, others[0])]

    states = asyncio.run(left())
    assert set(states[:-1]) == {SightingState.GONE}
    assert states[-1] is SightingState.PRESENT


def test_a_mute_with_a_length_ends() -> None:
    spam = first(played(sample_chat(Time())), RAIDER)

    async def muted() -> list[Delivery]:
        chat = sample_chat(Time())
        await act(chat, ActionKind.MUTE, spam, length=20)
        return await rest(chat.messages(""), LAST)

    assert RAIDER in authors(asyncio.run(muted()))


def test_an_order_has_its_effect_once() -> None:
    async def repeated() -> SightingState:
        chat = sample_chat(Time())
        message = (await anext(chat.messages(""))).messages[0]
        assert message.author is not None
        delete = order(ActionKind.DELETE, message.key, message.author.key)
        await chat.perform(delete)
        await act(chat, ActionKind.RESTORE, message)
        await chat.perform(delete)
        return (await chat.look(message.key)).state

    assert asyncio.run(repeated()) is SightingState.PRESENT


def test_an_answer_takes_a_moment() -> None:
    async def asked() -> list[float]:
        time = Time()
        chat = sample_chat(time, delay=0.3)
        message = (await anext(chat.messages(""))).messages[0]
        await act(chat, ActionKind.WARN, message)
        await chat.look(message.key)
        return time.naps

    assert asyncio.run(asked())[-2:] == [0.3, 0.3]


async def _next(stream: AsyncIterator[Delivery]) -> Delivery:
    return await anext(stream)
