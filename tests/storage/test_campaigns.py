"""Near-equal messages are one row of the queue."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Attachment, Message, Platform
from moderator_app.domain.queue import Card, QueueEntry, QueueRow
from moderator_app.storage import campaigns, queue
from moderator_app.storage.database import Database
from moderator_app.storage.tables import campaign, founder, founder_key, item
from tests.builders import NOON, author, message
from tests.storage.spam import CREDIT, FOUND, SLOTS, SWEARING, WORK, later, spread, variant
from tests.storage.steps import decide, flag, undo, waiting

LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


async def rows(database: Database) -> tuple[QueueRow, ...]:
    return (await database.read(queue.page, None, 1000)).rows


async def counts(database: Database) -> list[int]:
    return [row.count for row in await rows(database)]


async def entries(database: Database) -> tuple[QueueEntry, ...]:
    return await database.read(queue.entries, 100)


async def card(database: Database, item_id: int) -> Card:
    found = await database.read(queue.card, item_id)
    assert found is not None
    return found


async def test_variants_of_authors_communities_and_platforms_are_one_row(database: Database) -> None:
    vk = variant(number=3, platform=Platform.VK, community="7", author=author("-5", platform=Platform.VK))
    items = await spread(database, variant(number=1), variant(number=2, community="200"), vk)
    (entry,) = await entries(database)
    # The newest comes first in the queue, and stands for all.
    assert (entry.row.item, entry.row.count, entry.items) == (items[2], 3, items[::-1])
    assert (entry.communities, entry.authors) == (3, 3)
    assert await database.read(queue.waiting) == 3


async def test_other_messages_are_rows_of_their_own(database: Database) -> None:
    await spread(database, variant(WORK), variant(CREDIT, 2), variant(SLOTS, 3), variant(WORK, 4))
    assert await counts(database) == [2, 1, 1]
    assert [(len(entry.items), entry.authors) for entry in await entries(database)] == [(2, 2), (1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (variant("Смотри https://t.me/+AbCdEf"), variant("Жми скорее https://t.me/+AbCdEf", 2)),
        (
            variant("Ого", attachments=(Attachment("photo", "17"),)),
            variant("", 2, attachments=(Attachment("photo", "17"),)),
        ),
        (variant("Продам гараж недорого"), variant("ПРОДАМ гараж, недорого!!!", 2)),
    ],
    ids=["link", "medium", "text"],
)
async def test_an_equal_link_medium_or_text_folds(database: Database, one: Message, other: Message) -> None:
    await spread(database, one)
    await spread(database, other)
    assert await counts(database) == [2]


async def test_few_words_of_swearing_are_said_by_many(database: Database) -> None:
    await spread(database, *(variant("да пошёл ты нахуй", n) for n in (1, 2)), findings=(SWEARING,))
    assert await counts(database) == [1, 1]


async def test_a_message_is_compared_with_the_founder_alone(database: Database) -> None:
    words = [f"{letter}слово" for letter in LETTERS[:12]]
    # Each has eleven of its twelve words in common with the one before; the last none with the first.
    others = [f"{letter}речь" for letter in LETTERS[:12]]
    chain = [" ".join((*others[:n], *words[n:])) for n in range(13)]
    for number, text in enumerate(chain):
        await spread(database, variant(text, number))
    first = await card(database, 1)
    assert first.campaign is not None
    assert 2 <= first.campaign.messages < 10
    assert len(await counts(database)) > 1


async def test_a_campaign_takes_in_what_was_written_within_a_week_before_or_after(database: Database) -> None:
    (first,) = await spread(database, variant(number=1, date=NOON))
    await spread(database, variant(number=2, date=later(6.9)), variant(number=3, date=later(-6.9)))
    await spread(database, variant(number=4, date=later(7.1)), variant(number=5, date=later(-7.1)))
    found = (await card(database, first)).campaign
    assert found is not None
    assert found.messages == 3
    assert sorted(await counts(database)) == [1, 1, 3]


async def test_the_newest_founders_are_kept_with_twelve_rows_each(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaigns, "FOUNDERS", 10)
    monkeypatch.setattr(campaigns, "_PRUNED_TOGETHER", 1)
    links = " ".join(f"https://example.org/{n}" for n in range(20))
    for number in range(30):
        words = " ".join(f"{LETTERS[number]}{LETTERS[place]}слово" for place in range(8))
        await spread(database, variant(f"{words} {links if number == 29 else ''}", number))
    founders, keys = await database.read(_kept)
    assert 9 <= founders <= 10
    assert keys == 12
    # What has entered the queue stays there.
    assert await database.read(queue.waiting) == 30


def _kept(connection: Connection) -> tuple[int, int]:
    founders = connection.execute(select(func.count()).select_from(founder)).scalar_one()
    keys = select(func.count().label("held")).select_from(founder_key).group_by(founder_key.c.campaign_id).subquery()
    return founders, connection.execute(select(func.max(keys.c.held))).scalar_one()


async def test_a_phrase_of_everybodys_is_no_key(database: Database) -> None:
    """Founders that share a key without being near would all be compared with every newcomer."""
    others = ((first, second) for first in LETTERS for second in LETTERS)
    texts = (f"эти три слова {' '.join(f'{first}{second}{third}т' for third in 'абвгд')}" for first, second in others)
    await spread(database, *(variant(text, n) for n, text in enumerate(texts)))
    assert await database.read(_most_shared) <= campaigns._SHARED


def _most_shared(connection: Connection) -> int:
    shared = select(func.count().label("n")).select_from(founder_key).group_by(founder_key.c.key).subquery()
    return int(connection.execute(select(func.max(shared.c.n))).scalar_one())


async def test_an_edited_message_leaves_and_joins_by_its_new_text(database: Database) -> None:
    await spread(database, variant(number=1), variant(number=2), variant(CREDIT, 3))
    await spread(database, variant(CREDIT, 2, edited=later(1)))
    assert sorted(await counts(database)) == [1, 2]
    (credit,) = (entry for entry in await entries(database) if entry.row.count == 2)
    assert "займы" in credit.text
    await spread(database, variant(WORK, 2, edited=later(2)), variant(WORK, 3, edited=later(2)))
    assert await counts(database) == [3]


async def test_an_edit_that_leaves_nothing_to_find_leaves_the_count(database: Database) -> None:
    await spread(database, variant(number=1), variant(number=2))
    await spread(database, variant("Всем привет, как дела у вас сегодня?", 2, edited=later(1)), findings=())
    assert await counts(database) == [1]
    await spread(database, variant("Теперь здесь совсем другие слова, и их много", 2, edited=later(2)))
    assert await counts(database) == [1, 1]


async def test_the_campaign_outlives_the_process_and_is_shared_by_two(database: Database) -> None:
    await spread(database, variant(number=1))
    other = Database.open(database.path)
    try:
        await asyncio.gather(spread(other, variant(number=2)), spread(database, variant(number=3)))
    finally:
        other.close()
    assert await counts(database) == [3]


async def test_where_a_link_joins_two_campaigns_the_older_one_takes_new_messages(database: Database) -> None:
    link = "https://t.me/+AbCdEf"
    (old,) = await spread(database, variant(f"{WORK} {link}", 1))
    await spread(database, variant(CREDIT, 2))
    (other,) = await spread(database, variant(f"{CREDIT} {link}", 3))
    # It says something else: it belongs there, but is not decided together with it.
    assert sorted(await counts(database)) == [1, 1]
    await database.write(campaigns.tick, [other], True)
    assert sorted(await counts(database)) == [1, 2]
    assert (await card(database, old)).campaign is not None


async def test_deciding_the_group_is_one_case_and_undo_brings_all_back(database: Database) -> None:
    first, second, third = await spread(database, *(variant(number=n) for n in (1, 2, 3)))
    stored = await decide(database, first, whole_group=True)
    assert stored.taken == (first, third, second)
    assert stored.decisions == tuple(range(stored.case, stored.case + 3))
    assert await rows(database) == ()
    undone = await undo(database, stored.case)
    assert undone is not None
    assert set(undone.items) == {first, second, third}
    assert await counts(database) == [3]


async def test_one_of_a_group_can_be_decided_alone(database: Database) -> None:
    first, second = await spread(database, variant(number=1), variant(number=2))
    assert await waiting(database) == (second,)
    await decide(database, second)
    assert await waiting(database) == (first,)
    assert await counts(database) == [1]


async def test_what_comes_after_the_decision_is_new_and_says_how_the_others_were_decided(database: Database) -> None:
    first, *_ = await spread(database, *(variant(number=n) for n in range(1, 4)))
    await decide(database, first, choice=Choice.DELETE_BAN, whole_group=True)
    (again,) = await spread(database, variant(number=9))
    assert await waiting(database) == (again,)
    assert await counts(database) == [1]
    found = (await card(database, again)).campaign
    assert found is not None
    assert (found.messages, found.others, found.decided) == (1, (), ((Choice.DELETE_BAN, 3),))


async def test_the_card_names_the_first_few_others(database: Database) -> None:
    items = await spread(database, *(variant(number=n, community=str(100 + n % 2)) for n in range(1, 13)))
    found = (await card(database, items[-1])).campaign
    assert found is not None
    assert (found.messages, found.authors, found.communities) == (12, 12, 2)
    assert [other.item for other in found.others] == list(items[-2:-7:-1])
    assert found.others[0].excerpt.startswith("Ищу людей")


async def test_a_message_that_is_like_no_other_has_no_campaign(database: Database) -> None:
    (alone,) = await flag(database, message())
    (single,) = await spread(database, variant(number=2))
    assert (await card(database, alone)).campaign is None
    assert (await card(database, single)).campaign is None


async def test_the_rows_that_stand_for_items_are_found_from_any_of_them(database: Database) -> None:
    first, second = await spread(database, variant(number=1), variant(number=2))
    (alone,) = await flag(database, message(id="50"))
    standing = await database.read(queue.standing_for, [first, alone, 999])
    assert {(row.item, row.count) for row in standing} == {(second, 2), (alone, 1)}
    both = await database.read(queue.rows_of, [first, second])
    assert [row.count for row in both] == [2, 2]


# What a moderator and the chats do, in any order.
@dataclass
class World:
    database: Database
    cases: list[int] = field(default_factory=list)
    number: int = 0
    edits: int = 0

    async def write(self, template: str, day: int) -> None:
        self.number += 1
        await spread(self.database, variant(template, self.number, date=NOON + timedelta(days=day)))

    async def edit(self, which: int, template: str | None) -> None:
        if self.number:
            self.edits += 1
            edited = NOON + timedelta(days=30, seconds=self.edits)
            text = template or "Всем привет, как дела у вас сегодня?"
            changed = variant(text, 1 + which % self.number, edited=edited)
            await spread(self.database, changed, findings=() if template is None else (FOUND,))

    async def decide(self, which: int, choice: Choice, whole_group: bool) -> None:
        open_items = await waiting(self.database)
        if open_items:
            chosen = open_items[which % len(open_items)]
            self.cases.append((await decide(self.database, chosen, choice=choice, whole_group=whole_group)).case)

    async def undo(self, which: int) -> None:
        if self.cases:
            await undo(self.database, self.cases.pop(which % len(self.cases)))


NUMBER = st.integers(0, 20)
TEMPLATE = st.sampled_from([WORK, CREDIT, SLOTS])
STEP = st.one_of(
    st.tuples(st.just("write"), TEMPLATE, st.integers(0, 12)),
    st.tuples(st.just("edit"), NUMBER, st.one_of(TEMPLATE, st.none())),
    st.tuples(st.just("decide"), NUMBER, st.sampled_from([Choice.DISMISS, Choice.DELETE]), st.booleans()),
    st.tuples(st.just("undo"), NUMBER),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(STEP, min_size=5, max_size=25))
def test_heads_and_counts_are_what_a_look_at_all_items_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    async def work() -> None:
        database = Database.open(tmp_path_factory.mktemp("world") / "console.sqlite3")
        try:
            world = World(database)
            for name, *arguments in steps:
                await getattr(world, name)(*arguments)
                assert await database.read(_kept_counts) == await database.read(_looked_up)
        finally:
            database.close()

    asyncio.run(work())


def _kept_counts(connection: Connection) -> object:
    heads = connection.execute(select(item.c.id).where(item.c.head)).scalars()
    standing = connection.execute(select(campaign.c.id, campaign.c.waiting, campaign.c.head_id))
    return sorted(heads), {row.id: (row.waiting, row.head_id) for row in standing}


def _looked_up(connection: Connection) -> object:
    """The same without any of what is kept beside the items."""
    opened = connection.execute(select(item).where(item.c.state == "open")).all()
    members: dict[int, Sequence[Any]] = {
        number: sorted((each for each in opened if each.campaign_id == number), key=lambda each: (each.rank, each.id))
        for number in connection.execute(select(campaign.c.id)).scalars()
    }
    alone = [each.id for each in opened if each.campaign_id is None]
    standing = {number: (len(listed), listed[0].id if listed else None) for number, listed in members.items()}
    return sorted([*alone, *(head for _count, head in standing.values() if head is not None)]), standing
