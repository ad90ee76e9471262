"""Rows are filtered and counted by their traits, and views keep such filters."""

from datetime import timedelta
from typing import Any

import pytest

from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Attachment, Join, Message, Platform
from moderator_app.domain.traits import (
    BUILTIN_VIEWS,
    BY_AI,
    EDITED,
    EVERYTHING,
    GROUPED,
    MEDIA,
    NEWCOMER,
    VIOLATOR,
    WHITELISTED,
    QueueCounts,
    QueueFilter,
    Wish,
    counted,
)
from moderator_app.domain.verdict import Finding, Label
from moderator_app.storage import lists, people, queue, views
from moderator_app.storage.database import Database
from tests.builders import NOON, author, message
from tests.storage.spam import FOUND, spread, variant
from tests.storage.steps import YARD, arrive, conclude, decide, flag, profanity, undo, waiting

TG, VK = "source:telegram", "source:vk"


def requiring(*traits: str) -> QueueFilter:
    return QueueFilter(require=frozenset(traits))


def excluding(*traits: str) -> QueueFilter:
    return QueueFilter(exclude=frozenset(traits))


async def shown(database: Database, wanted: QueueFilter) -> set[int]:
    return {row.item for row in (await database.read(queue.page, None, 1000, None, wanted)).rows}


async def counts(database: Database, wanted: QueueFilter = EVERYTHING) -> QueueCounts:
    return (await database.read(views.counts, wanted))[1]


async def with_traits(database: Database, trait: str) -> set[int]:
    """The rows with a trait; its count says the same."""
    found = await shown(database, requiring(trait))
    assert (await counts(database)).traits.get(trait, 0) == len(found)
    return found


def on_vk(**overrides: Any) -> Message:
    return message("хуй", platform=Platform.VK, community="7", author=author("9", platform=Platform.VK), **overrides)


async def test_rows_are_found_by_source_community_rule_and_label(database: Database) -> None:
    (telegram,) = await flag(database, message("хуй"))
    (vk,) = await flag(database, on_vk())
    spam = Finding("links", Label.SPAM, 0.9, "finding.profanity")
    (linked,) = await conclude(database, (await arrive(database, message("жми", id="2"))).to_judge, spam)
    assert await with_traits(database, TG) == {telegram, linked}
    assert await with_traits(database, "community:vk:7") == {vk}
    assert await with_traits(database, "rule:links") == {linked}
    assert await with_traits(database, "label:profanity") == {telegram, vk}


async def test_what_is_excluded_is_left_out_and_still_counted(database: Database) -> None:
    (telegram,) = await flag(database, message("хуй"))
    (vk,) = await flag(database, on_vk())
    assert await shown(database, excluding(VK)) == {telegram}
    found = await counts(database, excluding(VK))
    assert (found.rows, found.everything, found.traits[VK]) == (1, 2, 1)
    assert await shown(database, excluding(TG, VK)) == set()
    assert await shown(database, EVERYTHING) == {telegram, vk}


async def test_of_one_attribute_any_of_those_required_will_do_of_several_all_must_hold(database: Database) -> None:
    (telegram,) = await flag(database, message("хуй"))
    (vk,) = await flag(database, on_vk(edited=NOON))
    assert await shown(database, requiring(TG, VK)) == {telegram, vk}
    assert await shown(database, requiring(TG, VK, EDITED)) == {vk}
    # How many there would be, were the other source required too.
    assert (await counts(database, requiring(TG))).traits[VK] == 1


async def test_media_edits_joining_and_answers_of_ai_are_traits(database: Database) -> None:
    photo = message("хуй", id="1", attachments=(Attachment("photo"),))
    link = message("хуй", id="2", attachments=(Attachment("link", url="https://a.example"),))
    new = message("хуй", id="3", joined=NOON - timedelta(hours=3))
    old = message("хуй", id="4", joined=NOON - timedelta(days=3))
    items = [item for each in (photo, link, new, old) for item in await flag(database, each)]
    asked = Finding("spam_text", Label.SPAM, 0.9, "finding.profanity")
    (by_ai,) = await conclude(database, (await arrive(database, message("жми", id="5"))).to_judge, asked)
    assert await with_traits(database, MEDIA) == {items[0]}
    assert await with_traits(database, "has:link") == {items[1]}
    assert await with_traits(database, NEWCOMER) == {items[2]}
    assert await with_traits(database, BY_AI) == {by_ai}


async def test_who_has_just_come_in_is_a_newcomer_where_the_join_is_known(database: Database) -> None:
    joined = Join(YARD, author(), NOON - timedelta(hours=2), "link")
    await database.write(people.store_joins, [joined])
    (here,) = await flag(database, message("хуй"))
    await flag(database, message("хуй", community="200"), message("хуй", id="2", date=NOON - timedelta(hours=5)))
    assert await with_traits(database, NEWCOMER) == {here}


async def test_an_author_is_a_violator_from_the_decision_to_its_undo(database: Database) -> None:
    (first,) = await flag(database, message("хуй"))
    (second,) = await flag(database, message("хуй", id="2"))
    other = message("хуй", id="3", author=author("7"))
    await flag(database, other)
    decided = await decide(database, first, choice=Choice.DELETE)
    assert await with_traits(database, VIOLATOR) == {second}
    (third,) = await flag(database, message("хуй", id="4"))
    assert await with_traits(database, VIOLATOR) == {second, third}
    await undo(database, decided.case)
    assert await with_traits(database, VIOLATOR) == set()


async def test_a_dismissal_makes_nobody_a_violator(database: Database) -> None:
    (first,) = await flag(database, message("хуй"))
    await flag(database, message("хуй", id="2"))
    await decide(database, first, choice=Choice.DISMISS)
    assert await with_traits(database, VIOLATOR) == set()


async def test_who_is_on_a_list_is_known_by_it(database: Database) -> None:
    await database.write(lists.set_lines, ListKind.WHITELIST, ["telegram:42"], NOON)
    (item,) = await flag(database, message("хуй"))
    await flag(database, message("хуй", id="2", author=author("7")))
    assert await with_traits(database, WHITELISTED) == {item}


async def test_a_group_has_the_traits_of_all_its_messages_as_long_as_they_wait(database: Database) -> None:
    vk = variant(number=3, platform=Platform.VK, community="7", author=author("5", platform=Platform.VK))
    first, second, third = await spread(database, variant(number=1), variant(number=2), vk)
    assert await with_traits(database, TG) == await with_traits(database, VK) == {third}
    assert await with_traits(database, GROUPED) == {third}
    decided = await decide(database, third)
    assert await with_traits(database, VK) == set()
    assert await with_traits(database, GROUPED) == {second}
    await decide(database, first)
    assert await with_traits(database, GROUPED) == set()
    assert await with_traits(database, TG) == {second}
    await undo(database, decided.case)
    assert await with_traits(database, VK) == await with_traits(database, GROUPED) == {third}


async def test_a_group_whose_author_turns_out_a_violator_is_found_by_it(database: Database) -> None:
    await spread(database, variant(number=1), variant(number=2))
    (alone,) = await flag(database, message("хуй", id="99", author=author("1001")))
    await decide(database, alone)
    assert await with_traits(database, VIOLATOR) == await with_traits(database, GROUPED) != set()


async def test_new_evidence_shows_in_the_traits(database: Database) -> None:
    (item,) = await flag(database, message("хуй"))
    edited = await arrive(database, message("хуй жми", edited=NOON))
    await conclude(database, edited.to_judge, profanity(), FOUND)
    assert await with_traits(database, "rule:stop_words") == {item}
    assert await with_traits(database, EDITED) == {item}


async def test_what_is_new_is_counted_under_the_filter(database: Database) -> None:
    await flag(database, message("хуй"))
    revision = (await database.read(queue.page, None, 10)).revision
    await flag(database, on_vk())
    assert await database.read(queue.newer, revision, requiring(VK)) == 1
    assert await database.read(queue.newer, revision, requiring(TG)) == 0


async def test_pages_of_a_filtered_queue_have_no_gaps(database: Database) -> None:
    wanted = []
    for number in range(20):
        made = on_vk(id=str(number)) if number % 3 else message("хуй", id=str(number))
        (item,) = await flag(database, made)
        wanted += [item] if number % 3 else []
    page = await database.read(queue.page, None, 4, None, requiring(VK))
    found = [row.item for row in page.rows]
    while page.after is not None:
        page = await database.read(queue.page, page.after, 4, page.revision, requiring(VK))
        found += [row.item for row in page.rows]
    assert sorted(found) == sorted(wanted)


async def test_counts_hold_for_what_is_decided_since(database: Database) -> None:
    items = await flag(database, *(message("хуй", id=str(n)) for n in range(5)))
    await decide(database, *items[:2], choice=Choice.DISMISS)
    assert (await counts(database)).traits[TG] == len(await waiting(database)) == 3


async def test_views_come_with_the_program_and_are_added_renamed_ordered_and_removed(database: Database) -> None:
    listed = await database.read(views.read)
    assert {view.builtin: view.filter for view in listed} == BUILTIN_VIEWS
    mine = await database.write(views.add, "Мои", QueueFilter(frozenset({TG}), frozenset({VK})))
    await database.write(views.rename, listed[0].view, "Новые люди")
    await database.write(views.remove, listed[1].view)
    await database.write(views.order, [mine, listed[2].view])
    after = await database.read(views.read)
    kept = [listed[0].view, *(each.view for each in listed[3:])]
    assert [each.view for each in after] == [mine, listed[2].view, *kept]
    assert (after[0].name, after[0].filter) == ("Мои", QueueFilter(frozenset({TG}), frozenset({VK})))
    assert after[2].name == "Новые люди"
    await database.write(views.replace, mine, requiring(VK))
    assert (await database.read(views.read))[0].filter == requiring(VK)


async def test_each_view_counts_what_it_shows(database: Database) -> None:
    await flag(database, message("хуй"))
    await flag(database, on_vk())
    number = await database.write(views.add, "ВК", requiring(VK))
    listed, found = await database.read(views.counts, requiring(TG))
    assert found.views[number] == 1
    assert {each.view for each in listed} == set(found.views)


def test_a_wish_goes_round() -> None:
    wanted = EVERYTHING
    seen = []
    for _ in range(3):
        wanted = wanted.wishing(VK, wanted.wish(VK).following)
        seen.append(wanted.wish(VK))
    assert seen == [Wish.REQUIRE, Wish.EXCLUDE, Wish.IGNORE]
    assert wanted == EVERYTHING


@pytest.mark.parametrize(("wanted", "rows"), [(EVERYTHING, 10), (requiring(TG), 7), (excluding(EDITED), 8)])
def test_counting_adds_up_sets(wanted: QueueFilter, rows: int) -> None:
    sets = [(frozenset({TG}), 5), (frozenset({TG, EDITED}), 2), (frozenset({VK}), 3)]
    found = counted(sets, wanted, ())
    assert (found.rows, found.everything) == (rows, 10)
