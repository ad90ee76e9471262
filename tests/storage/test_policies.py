"""Policies are kept per scope, each version of them, and read back as the rules in force."""

from sqlalchemy import select

from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.policy import Policy
from moderator_app.domain.verdict import Label
from moderator_app.storage import lists, policies
from moderator_app.storage.database import Database
from moderator_app.storage.tables import policy
from tests.builders import NOON
from tests.storage.steps import YARD

CLUB = CommunityKey(Platform.VK, "200")


async def test_without_any_change_the_defaults_hold_everywhere(database: Database) -> None:
    found = await database.read(lists.rule_book)
    assert found.policy(YARD) == Policy()
    assert found.communities == {}


async def test_a_community_goes_its_own_way_only_where_it_has_a_value_of_its_own(database: Database) -> None:
    await database.write(policies.change, {None: {"rules.flood.count": 7, "thresholds.spam": 0.7}}, NOON)
    await database.write(policies.change, {YARD: {"rules.flood.seconds": 30, "thresholds.spam": 0.9}}, NOON)
    book = await database.read(lists.rule_book)
    yard, club = book.policy(YARD), book.policy(CLUB)
    assert (yard.number("flood", "count"), yard.number("flood", "seconds")) == (7, 30)
    assert (club.number("flood", "count"), club.number("flood", "seconds")) == (7, 10)
    assert (yard.threshold(Label.SPAM), club.threshold(Label.SPAM)) == (0.9, 0.7)
    await database.write(policies.change, {None: {"rules.flood.count": 4, "thresholds.spam": 0.6}}, NOON)
    yard = (await database.read(lists.rule_book)).policy(YARD)
    assert (yard.number("flood", "count"), yard.threshold(Label.SPAM)) == (4, 0.9)


async def test_a_value_taken_back_gives_way_to_the_common_one(database: Database) -> None:
    await database.write(policies.change, {None: {"rules.flood.count": 7}, YARD: {"rules.flood.count": 9}}, NOON)
    await database.write(policies.change, {YARD: {"rules.flood.count": None}}, NOON)
    assert await database.read(policies.own) == {None: {"rules.flood.count": 7}}
    await database.write(policies.change, {None: {"rules.flood.count": None}}, NOON)
    assert (await database.read(policies.read)).of(YARD).number("flood", "count") == 5


async def test_every_change_makes_a_version_and_the_old_ones_stay(database: Database) -> None:
    for count in (7, 8, 8):
        await database.write(policies.change, {YARD: {"rules.flood.count": count}}, NOON)
    await database.write(lists.set_lines, ListKind.BOTS, ["gif"], NOON)
    book = await database.read(lists.rule_book)
    # What changes nothing makes no version; a list makes one.
    assert (book.default.version, book.policy(YARD).version) == (4, 4)
    stored = await database.read(lambda connection: connection.execute(select(policy.c.document)).scalars().all())
    assert stored == [{"rules.flood.count": 7}, {"rules.flood.count": 8}, None]
    assert book.policy(YARD).number("flood", "count") == 8


async def test_a_document_of_another_version_of_the_program_is_read_as_far_as_it_is_known(database: Database) -> None:
    document = {"rules.gone.count": 3, "rules.flood.count": 10**9, "rules.flood.seconds": 20}
    await database.write(lambda connection: policies.make_version(connection, NOON, document=document))
    assert await database.read(policies.own) == {None: {"rules.flood.seconds": 20}}
