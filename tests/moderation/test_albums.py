"""An album, sent as several messages, is one item of the queue."""

from typing import Any

from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.message import Attachment, Message
from moderator_app.domain.ports import Delivery, Removal
from tests.builders import message
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult
from tests.storage.steps import flag

PHOTO = (Attachment("photo"),)


def part(id: str, text: str = "", **fields: Any) -> Message:
    return message(text, id=id, album="900", attachments=PHOTO, **fields)


def captioned(id: str) -> Message:
    return insult(id, album="900", attachments=PHOTO)


ALBUM = (captioned("1"), part("2"), part("3"))


async def performed(desk: Desk, source: FakeSource) -> list[tuple[ActionKind, str]]:
    await desk.carry_out(source)
    return sorted((order.kind, order.message.message) for order in source.performed)


async def test_it_is_one_row_with_the_caption_and_the_number_of_its_messages(desk: Desk) -> None:
    (item,) = await desk.flagged(*ALBUM)
    (row,) = (await desk.queue.page()).rows
    assert (row.item, row.count, row.album, row.key.message) == (item, 1, 3, "1")
    assert row.excerpt == captioned("1").text
    card = await desk.queue.card(item)
    assert [each.key.message for each in card.album] == ["2", "3"]
    assert card.message.key.message == "1"


async def test_a_decision_hits_every_message_and_the_author_once(desk: Desk) -> None:
    source = FakeSource(YARD, messages=ALBUM)
    (item,) = await desk.flagged(*ALBUM)
    await desk.review.decide([item], Choice.DELETE_BAN, grace=0)
    assert await performed(desk, source) == [
        (ActionKind.BAN, "1"),
        (ActionKind.DELETE, "1"),
        (ActionKind.DELETE, "2"),
        (ActionKind.DELETE, "3"),
    ]
    (line,) = await desk.history.page()
    told = [(each.kind, each.state, each.messages) for each in line.decision.actions]
    assert told == [(ActionKind.DELETE, ActionState.DONE, 3), (ActionKind.BAN, ActionState.DONE, 1)]


async def test_one_undo_takes_all_of_it_back(desk: Desk) -> None:
    source = FakeSource(YARD, messages=ALBUM)
    (item,) = await desk.flagged(*ALBUM)
    await desk.review.decide([item], Choice.DELETE, grace=5)
    await desk.review.undo()
    desk.clock.move(seconds=10)
    assert await performed(desk, source) == []
    assert await desk.items() == (item,)


async def test_the_captioned_one_stands_for_it_though_another_came_first(desk: Desk) -> None:
    (item,) = await flag(desk.database, part("1"))
    assert await flag(desk.database, captioned("2")) == (item,)
    (row,) = (await desk.queue.page()).rows
    assert (row.item, row.key.message, row.excerpt) == (item, "2", captioned("2").text)
    # What further parts are like does not matter any more.
    assert await flag(desk.database, part("3")) == ()


async def test_a_part_without_words_shows_the_caption_of_another(desk: Desk) -> None:
    await desk.intake.accept(Delivery((part("1", "Наш двор"),)), "fake")
    await flag(desk.database, part("2"))
    (row,) = (await desk.queue.page()).rows
    assert (row.key.message, row.excerpt) == ("2", "Наш двор")


async def test_two_flagged_messages_of_it_are_one_item(desk: Desk) -> None:
    assert len(await desk.flagged(captioned("1"), captioned("2"))) == 1
    await desk.flagged(captioned("3"))
    (row,) = (await desk.queue.page()).rows
    assert (row.key.message, row.album, row.count) == ("1", 3, 1)


async def test_a_late_part_joins_what_waits_and_what_was_decided(desk: Desk) -> None:
    source = FakeSource(YARD, messages=ALBUM)
    (item,) = await desk.flagged(ALBUM[0], ALBUM[1])
    await desk.flagged(ALBUM[2])
    (row,) = (await desk.queue.page()).rows
    assert row.album == 3
    await desk.review.decide([item], Choice.DELETE, grace=5)
    late, later = part("4"), captioned("5")
    source.shown |= {each.key: each for each in (late, later)}
    await desk.flagged(late)
    assert await performed(desk, source) == []
    desk.clock.move(seconds=6)
    assert len(await performed(desk, source)) == 4
    # After it was carried out, too; and it asks for no second decision.
    assert await desk.flagged(later) == ()
    assert (ActionKind.DELETE, "5") in await performed(desk, source)
    assert await desk.items() == ()
    assert len(await desk.history.page()) == 1


async def test_a_late_part_of_a_dismissed_album_is_let_alone(desk: Desk) -> None:
    source = FakeSource(YARD, messages=ALBUM)
    (item,) = await desk.flagged(*ALBUM[:2])
    await desk.review.decide([item], Choice.DISMISS)
    await desk.flagged(ALBUM[2])
    assert await performed(desk, source) == []
    assert await desk.items() == ()


async def test_an_edit_of_any_part_disarms_the_whole(desk: Desk) -> None:
    source = FakeSource(YARD, messages=(*ALBUM[:2], part("3", "простите")))
    (item,) = await desk.flagged(*ALBUM)
    await desk.review.decide([item], Choice.DELETE, grace=0)
    await desk.carry_out(source)
    assert await desk.items() == (item,)
    (line,) = await desk.history.page()
    assert ActionState.CANCELLED in {each.state for each in line.decision.actions}


async def test_it_leaves_the_queue_when_all_of_it_is_gone(desk: Desk) -> None:
    (item,) = await desk.flagged(*ALBUM)
    for gone, left in (("1", (item,)), ("3", (item,)), ("2", ())):
        key = message(id=gone).key
        await desk.intake.accept(Delivery(removals=(Removal(key),)), "fake")
        assert await desk.items() == left
    (closed,) = await desk.queue.closed([item])
    assert closed.note is not None
    assert closed.note.text_id == "queue.gone"


async def test_an_album_of_another_community_is_another_one(desk: Desk) -> None:
    await flag(desk.database, captioned("1"), insult("1", community="200", album="900"))
    assert [row.album for row in (await desk.queue.page()).rows] == [1, 1]
