from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Attachment, Forward, HiddenLink, Join, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.domain.verdict import Finding, Label
from moderator_app.storage import authors, cursors, intake, messages, queue
from moderator_app.storage.database import Database
from moderator_app.storage.tables import joining
from moderator_app.storage.tables import message as message_table
from tests.builders import NOON, author, message
from tests.storage.steps import YARD, arrive, conclude, counted, decide, flag, profanity, waiting

LATER = NOON + timedelta(minutes=5)


async def texts(database: Database) -> list[str]:
    return [exported.text for exported in await database.read(messages.exported, 0, 1000)]


async def test_a_message_is_read_back_as_it_was_written(database: Database) -> None:
    written = message(
        "🏠 дом",
        id="9223372036854775807",
        joined=NOON - timedelta(days=1),
        reply_to="7",
        thread="3",
        sender_chat="-100",
        via_bot="5",
        forward=Forward("12", "Канал"),
        links=(HiddenLink("https://example.org", (2, 5)), HiddenLink("https://example.net")),
        attachments=(Attachment("photo", "1", "https://example.org/1.jpg", "Дом"),),
        album="9",
    )
    (item,) = await flag(database, written)
    card = await database.read(queue.card, item)
    assert card is not None
    assert card.message == written


async def test_the_same_message_twice_adds_nothing(database: Database) -> None:
    first = await arrive(database, message("раз"), message("два", id="2"))
    second = await arrive(database, message("раз"), message("другое", id="2"), message("три", id="3"))
    assert (first.new, first.known) == (2, 0)
    assert (second.new, second.edited, second.known) == (1, 0, 2)
    assert await texts(database) == ["раз", "два", "три"]
    assert (await counted(database)).messages == 3


async def test_of_several_versions_in_one_batch_the_newest_is_kept(database: Database) -> None:
    newest = message("три", edited=LATER)
    stored = await arrive(database, message("раз"), newest, message("два", edited=NOON))
    assert (stored.new, stored.known) == (1, 2)
    assert await texts(database) == ["три"]


@pytest.mark.parametrize(("edited", "source"), [(None, "fake"), (NOON, "fake"), (NOON + timedelta(minutes=1), "")])
async def test_an_edit_that_is_not_newer_changes_nothing(
    database: Database, edited: datetime | None, source: str
) -> None:
    await arrive(database, message("как есть", edited=NOON + timedelta(minutes=1)))
    stored = await arrive(database, message("иначе", edited=edited), source=source)
    assert (stored.edited, stored.to_judge) == (0, ())
    assert await texts(database) == ["как есть"]


async def test_of_two_live_edits_within_a_second_the_later_is_kept(database: Database) -> None:
    await arrive(database, message("раз"))
    first, second, third = (message(text, edited=LATER) for text in ("два", "три", "четыре"))
    assert (await arrive(database, first, second)).edited == 1
    assert await texts(database) == ["три"]
    assert (await arrive(database, third)).edited == 1
    assert (await arrive(database, third)).known == 1
    assert await texts(database) == ["четыре"]


async def test_a_newer_edit_is_taken_over_and_judged_anew(database: Database) -> None:
    await flag(database, message("хуй"))
    stored = await arrive(database, message("ой", edited=LATER))
    assert [each.message.text for each in stored.to_judge] == ["ой"]
    before = await counted(database)
    await conclude(database, stored.to_judge)
    after = await counted(database)
    assert (before.messages, before.flagged, before.profanity) == (1, 1, 1)
    assert (after.messages, after.flagged, after.profanity, after.top_words) == (1, 0, 0, ())
    assert await waiting(database) == ()


async def test_a_newer_date_of_edit_alone_needs_no_new_verdict(database: Database) -> None:
    (item,) = await flag(database, message("хуй"))
    stored = await arrive(database, message("хуй", edited=LATER))
    assert stored.to_judge == ()
    assert await waiting(database) == (item,)
    # It is the newest edit known from now on.
    assert (await arrive(database, message("старое", edited=NOON))).edited == 0


async def test_a_verdict_about_an_older_version_comes_too_late(database: Database) -> None:
    first = await arrive(database, message("хуй"))
    second = await arrive(database, message("ой", edited=LATER))
    assert await conclude(database, first.to_judge, profanity()) == ()
    await conclude(database, second.to_judge)
    assert (await counted(database)).flagged == 0


async def test_a_message_judged_twice_counts_once(database: Database) -> None:
    stored = await arrive(database, message("хуй"))
    await conclude(database, stored.to_judge, profanity())
    await conclude(database, stored.to_judge, profanity())
    assert ((await counted(database)).flagged, (await counted(database)).profanity) == (1, 1)


async def test_communities_of_two_platforms_with_the_same_ids_stay_apart(database: Database) -> None:
    stored = await arrive(database, message("телега"), message("контакт", platform=Platform.VK))
    assert stored.new == 2
    await arrive(database, message("правка", platform=Platform.VK, edited=LATER))
    assert await texts(database) == ["телега", "правка"]


async def test_a_message_without_a_date_has_the_time_of_its_arrival(database: Database) -> None:
    await arrive(database, message(date=None, author=None))
    (stored,) = await database.read(messages.exported, 0, 1)
    assert (stored.date, stored.author) == (NOON, "")


@pytest.mark.parametrize("date", [datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)])
async def test_a_message_of_any_time_is_stored_and_counted(database: Database, date: datetime) -> None:
    (item,) = await flag(database, message(date=date))
    assert (await counted(database)).messages == 1
    assert await waiting(database) == (item,)


async def test_unjudged_messages_come_oldest_first_up_to_the_one_asked_for(database: Database) -> None:
    await arrive(database, *(message(str(n), id=str(n)) for n in range(1, 6)))
    last = await database.read(messages.newest_id)
    await arrive(database, message("позже", id="9"))
    found = await database.read(messages.unjudged, last, 3)
    assert [each.message.text for each in found] == ["1", "2", "3"]
    await conclude(database, found)
    assert [each.message.text for each in await database.read(messages.unjudged, last, 3)] == ["4", "5"]


async def test_an_authors_first_appearance_is_the_earliest_whatever_the_name(database: Database) -> None:
    early, late = author("7", "Иван"), author("7", "Иван Петров")
    await arrive(
        database, message(author=early), message(id="2", author=late, date=LATER), message(id="3", author=late)
    )
    record = await database.read(authors.record_of, early.key)
    assert (record.author.name, record.first_seen, record.messages) == ("Иван Петров", NOON, 3)


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_name_that_is_missing_later_is_not_forgotten(database: Database, at_once: bool) -> None:
    named, nameless = message(author=author("7", "Иван")), message(id="2", author=author("7", ""))
    for batch in [(named, nameless)] if at_once else [(named,), (nameless,)]:
        await arrive(database, *batch)
    assert (await database.read(authors.record_of, author("7").key)).author.name == "Иван"


async def test_a_join_is_kept_once(database: Database) -> None:
    join = Join(YARD, author(), NOON, "link")
    for _ in range(2):
        await database.write(intake.store, Delivery(joins=(join, join)), NOON, "fake")
    assert await database.read(_joins) == 1
    assert (await database.read(authors.record_of, author().key)).joined == NOON


def _joins(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(joining)).scalar_one())


async def test_a_delivery_is_stored_together_with_its_cursor_or_not_at_all(database: Database) -> None:
    await database.write(intake.store, Delivery((message(),), cursor="7"), NOON, "fake")
    with pytest.raises(UnicodeEncodeError):
        await database.write(intake.store, Delivery((message("\ud800", id="2"),), cursor="8"), NOON, "fake")
    assert await database.read(cursors.read, "fake") == "7"
    assert len(await texts(database)) == 1


async def test_a_chat_of_a_file_becomes_one_to_act_in_once_a_source_watches_it(database: Database) -> None:
    (item,) = await flag(database, message(), source="")
    assert (await _card_can_act(database, item)) is False
    await arrive(database, message(id="2"))
    await arrive(database, message(id="3"), source="")
    assert (await _card_can_act(database, item)) is True


async def _card_can_act(database: Database, item: int) -> bool:
    card = await database.read(queue.card, item)
    assert card is not None
    return card.can_act


async def test_counts_outlive_the_messages(database: Database) -> None:
    await flag(database, message("хуй"), message("хуй", id="2"))
    before = await counted(database)
    await database.write(lambda connection: connection.execute(delete(message_table)).rowcount)
    assert await texts(database) == []
    assert await counted(database) == before
    assert (before.messages, before.flagged, before.profanity) == (2, 2, 2)


async def test_profanity_counts_every_hit_and_for_its_author(database: Database) -> None:
    stored = await arrive(database, message("хуй хуй блядь", author=author("7", "Иван")))
    await conclude(database, stored.to_judge, profanity((0, 3), (4, 7)), profanity((8, 13), word="блядь"))
    overview = await counted(database)
    assert overview.profanity == 3
    assert [(top.word, top.count) for top in overview.top_words] == [("х**", 2), ("б****", 1)]
    assert [(top.author, top.name, top.count) for top in overview.top_users] == [("7", "Иван", 3)]


async def test_a_decided_message_edited_for_the_worse_comes_back_only_when_it_was_dismissed(database: Database) -> None:
    dismissed, deleted = await flag(database, message("так себе"), message("хуй", id="2"))
    await decide(database, dismissed, choice=Choice.DISMISS)
    await decide(database, deleted, choice=Choice.DELETE)
    for edit in (message("хуже", edited=LATER), message("хуже", id="2", edited=LATER)):
        await conclude(database, (await arrive(database, edit)).to_judge, profanity())
    assert await waiting(database) == (dismissed,)
    card = await database.read(queue.card, dismissed)
    assert card is not None
    assert card.reopened is not None
    assert card.reopened.choice is Choice.DISMISS


async def test_an_item_edited_clean_leaves_the_queue_and_edited_dirty_returns(database: Database) -> None:
    (item,) = await flag(database, message("хуй"))
    await conclude(database, (await arrive(database, message("ой", edited=LATER))).to_judge)
    assert await waiting(database) == ()
    again = await arrive(database, message("хуй", edited=LATER + timedelta(minutes=1)))
    await conclude(database, again.to_judge, profanity())
    assert await waiting(database) == (item,)


async def test_labels_of_toxicity_are_counted_by_name(database: Database) -> None:
    threat = Finding("ai", Label.TOXICITY, 0.9, "finding.ai", base_form="threat")
    await conclude(database, (await arrive(database, message())).to_judge, threat)
    assert (await counted(database)).toxicity == (("threat", 1),)
