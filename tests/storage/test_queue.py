from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderator_app.domain.decision import Choice
from moderator_app.storage import queue
from moderator_app.storage.database import Database
from tests.builders import NOON, message
from tests.storage.steps import arrive, conclude, decide, flag, profanity, waiting


async def paged(database: Database, size: int) -> list[int]:
    """The whole queue, read a page at a time."""
    found: list[int] = []
    after: tuple[float, int] | None = None
    while True:
        page = await database.read(queue.page, after, size)
        found += [row.item for row in page.rows]
        if page.after is None:
            return found
        after = page.after


async def test_newer_and_surer_items_stand_first(database: Database) -> None:
    (old,) = await flag(database, message())
    (new,) = await flag(database, message(id="2", date=NOON + timedelta(hours=1)))
    doubtful = await conclude(database, (await arrive(database, message(id="3"))).to_judge, profanity(score=0.55))
    assert await waiting(database) == (new, old, *doubtful)


async def test_pages_of_any_size_have_no_gaps_and_no_doubles(database: Database) -> None:
    # Equal ranks are told apart by the item.
    items = await flag(database, *(message(id=str(n)) for n in range(25)))
    for size in (1, 5, 7, 25, 26):
        assert sorted(await paged(database, size)) == sorted(items)


async def test_deciding_and_arriving_between_pages_neither_repeats_nor_skips_what_was_waiting(
    database: Database,
) -> None:
    items = await flag(database, *(message(id=str(n), date=NOON + timedelta(minutes=n)) for n in range(30)))
    seen: list[int] = []
    page = await database.read(queue.page, None, 7)
    revision = page.revision
    arrived = 100
    while True:
        seen += [row.item for row in page.rows]
        await decide(database, page.rows[0].item, page.rows[-1].item)
        # One arrives at the head, one at the end of the queue.
        for date in (NOON + timedelta(days=1), NOON - timedelta(days=1)):
            await flag(database, message(id=str(arrived), date=date))
            arrived += 1
        if page.after is None:
            break
        page = await database.read(queue.page, page.after, 7, revision)
    assert sorted(seen) == sorted(items)
    assert len(seen) == len(set(seen))


async def test_what_arrives_later_is_counted_as_new_and_kept_out_of_older_pages(database: Database) -> None:
    (old,) = await flag(database, message())
    page = await database.read(queue.page, None, 10)
    (new,) = await flag(database, message(id="2"))
    assert await database.read(queue.newer, page.revision) == 1
    assert [row.item for row in (await database.read(queue.page, None, 10, page.revision)).rows] == [old]
    assert set(await waiting(database)) == {old, new}


async def test_an_item_that_was_undone_or_judged_anew_does_not_count_as_new(database: Database) -> None:
    (item,) = await flag(database, message("хуй"))
    revision = (await database.read(queue.page, None, 10)).revision
    edited = await arrive(database, message("хуй!", edited=NOON))
    await conclude(database, edited.to_judge, profanity())
    assert await database.read(queue.newer, revision) == 0
    assert await waiting(database) == (item,)


async def test_entries_give_whole_texts_and_follow_each_other(database: Database) -> None:
    long = "хуй " * 1000
    items = await flag(database, *(message(long, id=str(n)) for n in range(3)))
    first = await database.read(queue.entries, 2)
    last = first[-1].row
    rest = await database.read(queue.entries, 2, (last.rank, last.item))
    assert sorted(entry.row.item for entry in (*first, *rest)) == sorted(items)
    assert {entry.text for entry in (*first, *rest)} == {long}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=400))
def test_evidence_stands_where_it_stood_in_the_text(text: str) -> None:
    spans = [(0, len(text)), (len(text) // 2, len(text))]
    line, shown = queue._one_line(text[: queue.EXCERPT_LENGTH], spans)
    assert len(line) == min(len(text), queue.EXCERPT_LENGTH)
    assert not set(line) & set("\n\r\t\x0b\x0c")
    assert all(0 <= first < last <= len(line) for first, last in shown if first < last)
    assert all(line[n] == text[n] for n in range(len(line)) if not text[n].isspace() and text[n].isprintable())


async def test_a_row_shows_the_strongest_rule_first_and_marks_the_hits(database: Database) -> None:
    stored = await arrive(database, message("раз\nдва хуй"))
    await conclude(database, stored.to_judge, profanity((8, 11), score=0.6), profanity((0, 3), score=0.9))
    (row,) = (await database.read(queue.page, None, 10)).rows
    assert row.excerpt == "раз два хуй"
    assert [row.excerpt[start:end] for start, end in row.spans] == ["раз", "хуй"]


async def test_the_conversation_is_what_was_said_around_it_and_what_it_answers(database: Database) -> None:
    others = [message(f"{n}", id=str(n), date=NOON + timedelta(minutes=n)) for n in range(9)]
    elsewhere = message("в другом чате", id="3", community="200", date=NOON + timedelta(minutes=4))
    (item,) = await flag(database, message("хуй", id="20", date=NOON + timedelta(minutes=4), reply_to="1"))
    await arrive(database, *others, elsewhere)
    found = await database.read(queue.conversation, item, 2, 2)
    assert found is not None
    assert found.replied is not None
    # Said in the same second: told apart by the order of arrival.
    assert [each.text for each in found.before] == ["2", "3"]
    assert [each.text for each in found.after] == ["4", "5"]
    assert found.replied.text == "1"


async def test_an_unknown_item_has_no_card_and_no_conversation(database: Database) -> None:
    assert await database.read(queue.card, 7) is None
    assert await database.read(queue.conversation, 7, 5, 5) is None


async def test_the_card_of_a_decided_item_can_still_be_read(database: Database) -> None:
    (item,) = await flag(database, message())
    await decide(database, item, choice=Choice.DISMISS)
    card = await database.read(queue.card, item)
    assert card is not None
    assert sum(card.contributions) == card.verdict.score
    assert await database.read(queue.rows_of, [item]) == ()
