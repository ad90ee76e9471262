"""Donor communities: read when due, listed, banned once after one confirmation, taken back."""

from collections.abc import Sequence

import pytest

from moderator_app.domain.decision import ActionKind, ActionState
from moderator_app.domain.donors import Candidate, Contact, DonorReading, DonorRole, Standing
from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.ports import Delivery
from moderator_app.moderation.donors import AFTER_TROUBLE, DAILY, DonorKeeping
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.rights import RightsKeeping
from moderator_app.storage import messages
from tests.builders import NOON
from tests.fakes import FakeSource
from tests.moderation.desk import Desk

COOKING = CommunityKey(Platform.VK, "45")
IVAN, OLGA, PETR = (AuthorKey(Platform.VK, id) for id in ("7", "8", "9"))


def contact(key: AuthorKey, donor: str = "soups", **fields: object) -> Contact:
    given = {"role": DonorRole.CONTACT, "note": "Реклама"} | fields
    return Contact(Author(key, f"Person {key.author}"), f"topic0_{key.author}", donor, donor.title(), **given)  # type: ignore[arg-type]


class DonorPlatform(FakeSource):
    """Tells `told` of whoever is named by the donors asked for."""

    def __init__(self, *told: Contact) -> None:
        super().__init__(COOKING)
        self.told = list(told)
        self.asked: list[tuple[str, ...]] = []
        self.trouble: TryLater | None = None

    async def donor_contacts(self, community: CommunityKey, donors: Sequence[str]) -> DonorReading:
        self.asked.append(tuple(donors))
        if self.trouble is not None:
            raise self.trouble
        named = tuple(each for each in self.told if each.donor in donors)
        return DonorReading(named, tuple(name for name in donors if name == "nobody"))


class Kept:
    def __init__(self, desk: Desk, *told: Contact) -> None:
        self.desk, self.source = desk, DonorPlatform(*told)
        self.donors = DonorKeeping(desk.database, desk.changes, lambda: 5.0, "anna", desk.clock)
        self._lists = ListKeeping(desk.database, desk.changes, desk.clock)

    async def begin(self, *listed: str) -> None:
        """The community is watched, donors are listed and read."""
        await self.desk.intake.accept(Delivery(communities=(Community(COOKING, "Cooking"),)), "fake")
        await self.list(*listed)
        await self.read()

    async def list(self, *listed: str) -> None:
        await self._lists.set_lines(ListKind.DONORS, listed)

    async def read(self) -> None:
        await self.donors.read_due([self.source])

    async def people(self) -> dict[AuthorKey, Candidate]:
        return {each.author.key: each for each in (await self.donors.candidates()).listed}

    async def ban(self, *authors: AuthorKey) -> int:
        return (await self.donors.ban(COOKING, authors, "Donor")).case

    async def carry_out(self) -> None:
        self.desk.clock.move(seconds=6)
        await self.desk.carry_out(self.source)


async def test_contacts_are_listed_with_all_their_donors(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN), contact(IVAN, "bread", role=DonorRole.CREATOR), contact(OLGA))
    await kept.begin("soups", "bread", "nobody")
    people = await kept.people()
    assert [(each.donor_name, each.role) for each in people[IVAN].contacts] == [
        ("Bread", DonorRole.CREATOR), ("Soups", DonorRole.CONTACT),
    ]  # fmt: skip
    assert (people[OLGA].author.name, people[OLGA].contacts[0].note) == ("Person 8", "Реклама")
    (read,) = (await kept.donors.candidates()).read
    assert (read.community.name, read.at, read.unread) == ("Cooking", NOON, ("nobody",))


async def test_donors_are_read_once_a_day_and_when_they_change_or_somebody_asks(desk: Desk) -> None:
    kept = Kept(desk)
    await kept.begin("soups")
    await kept.read()
    assert len(kept.source.asked) == 1
    desk.clock.move(seconds=DAILY.total_seconds())
    await kept.read()
    assert len(kept.source.asked) == 2
    await kept.list("soups", "bread=45", "cakes=46")
    await kept.read()
    assert kept.source.asked[2:] == [("bread", "soups")]
    await kept.donors.ask()
    await kept.read()
    assert len(kept.source.asked) == 4


async def test_without_donors_nothing_is_asked(desk: Desk) -> None:
    kept = Kept(desk)
    await kept.begin()
    assert kept.source.asked == []


async def test_trouble_is_waited_out(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN))
    kept.source.trouble = TryLater("vk.trouble", 10)
    await kept.begin("soups")
    await kept.read()
    assert len(kept.source.asked) == 1
    kept.source.trouble = None
    desk.clock.move(seconds=AFTER_TROUBLE.total_seconds())
    await kept.read()
    assert set(await kept.people()) == {IVAN}


async def test_who_is_not_named_any_more_stays_as_long_as_the_donor_is_listed(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN), contact(OLGA, "bread"))
    await kept.begin("soups", "bread")
    kept.source.told.clear()
    await kept.donors.ask()
    await kept.read()
    assert set(await kept.people()) == {IVAN, OLGA}
    await kept.list("bread")
    await kept.read()
    assert set(await kept.people()) == {OLGA}
    await kept.list()
    await kept.read()
    assert await kept.people() == {}


async def test_a_ban_for_ever_goes_through_the_outbox_and_the_history(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN), contact(OLGA))
    await kept.begin("soups")
    await kept.ban(IVAN, OLGA)
    assert await desk.items() == ()
    assert (await kept.people())[IVAN].action is ActionState.PENDING
    await kept.carry_out()
    performed = [(order.kind, order.author, order.length, order.reason) for order in kept.source.performed]
    assert performed == [(ActionKind.BAN, "7", None, "Donor"), (ActionKind.BAN, "8", None, "Donor")]
    lines = await desk.history.page()
    assert [(line.author_name, line.together) for line in lines] == [("Person 8", 2), ("Person 7", 2)]
    assert (await kept.people())[IVAN].action is ActionState.DONE


async def test_nobody_is_banned_twice_nor_who_is_exempt(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN), contact(OLGA, standing=Standing.OWN), contact(PETR, standing=Standing.BANNED))
    await kept.begin("soups")
    await kept.ban(IVAN, OLGA, PETR)
    with pytest.raises(Refused):
        await kept.ban(IVAN, OLGA, PETR)
    await kept.carry_out()
    assert [order.author for order in kept.source.performed] == ["7"]


async def test_a_ban_is_taken_back_and_may_be_asked_for_again(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN))
    await kept.begin("soups")
    await desk.review.undo(await kept.ban(IVAN))
    assert (await kept.people())[IVAN].can_be_banned
    case = await kept.ban(IVAN)
    await kept.carry_out()
    await desk.review.undo(case)
    await kept.carry_out()
    assert [order.kind for order in kept.source.performed] == [ActionKind.BAN, ActionKind.UNBAN]
    assert await desk.items() == ()
    assert (await kept.people())[IVAN].can_be_banned


async def test_whom_somebody_else_has_let_in_again_can_be_banned_again(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN))
    await kept.begin("soups")
    await kept.ban(IVAN)
    await kept.carry_out()
    assert not (await kept.people())[IVAN].can_be_banned
    desk.clock.move(seconds=DAILY.total_seconds())
    await kept.read()
    assert (await kept.people())[IVAN].can_be_banned
    kept.source.told = [contact(IVAN, standing=Standing.BANNED)]
    await kept.donors.ask()
    await kept.read()
    assert not (await kept.people())[IVAN].can_be_banned


async def test_a_refused_ban_says_why_and_may_be_tried_again(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN))
    await kept.begin("soups")
    kept.source.answers = [Refused("vk.no_right", code=15, reason="Access denied")]
    await kept.ban(IVAN)
    await kept.carry_out()
    refused = (await kept.people())[IVAN]
    assert refused.why is not None
    assert (refused.action, refused.why.text_id, refused.can_be_banned) == (ActionState.FAILED, "vk.no_right", True)
    await kept.ban(IVAN)
    await kept.carry_out()
    assert (await kept.people())[IVAN].action is ActionState.DONE


async def test_where_the_account_may_not_ban_nothing_is_decided(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN))
    kept.source.forbidden = {COOKING: frozenset({ActionKind.BAN})}
    await kept.begin("soups")
    await RightsKeeping(desk.database, desk.changes).keep([kept.source])
    with pytest.raises(Refused) as told:
        await kept.ban(IVAN)
    assert told.value.text_id == "right.restrict"
    assert (await kept.people())[IVAN].action is None


async def test_who_stands_for_no_message_is_neither_judged_nor_exported(desk: Desk) -> None:
    kept = Kept(desk, contact(IVAN))
    await kept.begin("soups")
    await desk.review.undo(await kept.ban(IVAN))
    await desk.intake.rules_changed()
    await desk.intake.judge_waiting()
    assert await desk.items() == ()
    assert await desk.counted_as_flagged() == 0
    assert await desk.database.read(messages.exported, 0, 10) == ()
