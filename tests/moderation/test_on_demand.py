"""What is fetched only when somebody looks: from the source that holds the community, at its pace."""

import asyncio
from collections.abc import Callable

import pytest

from moderator_app.domain.errors import ModeratorError, Refused, TryLater
from moderator_app.domain.message import Author, AuthorKey, CommunityKey, MessageKey, Platform
from moderator_app.domain.profile import Profile
from moderator_app.moderation.on_demand import AT_ONCE, OnDemand
from moderator_app.moderation.pictures import Pictures
from moderator_app.moderation.profiles import FRESH_SECONDS, MOST_KEPT, Profiles
from tests.fakes import FakeSource

YARD, SQUARE = CommunityKey(Platform.TELEGRAM, "100"), CommunityKey(Platform.VK, "200")
ANYA = AuthorKey(Platform.TELEGRAM, "7")


class Watch:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Showing(FakeSource):
    """Answers what it is asked, or raises the next of `faults`; `asked` counts."""

    def __init__(self, *communities: CommunityKey) -> None:
        super().__init__(*communities)
        self.name = f"{communities[0].platform}:1"
        self.asked = self.at_once = self.most_at_once = 0
        self.faults: list[ModeratorError] = []

    async def thumbnail(self, key: MessageKey, index: int) -> bytes | None:
        await self._answer()
        return f"{key.community}/{key.message}/{index}".encode()

    async def profile(self, key: MessageKey, author: AuthorKey) -> Profile:
        await self._answer()
        return Profile(Author(author, f"asked {self.asked}"))

    async def _answer(self) -> None:
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if self.faults:
            raise self.faults.pop(0)


def key(community: CommunityKey = YARD, message: int = 1) -> MessageKey:
    return MessageKey(*community, str(message))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sources() -> list[FakeSource]:
    return [Showing(SQUARE), Showing(YARD)]


@pytest.fixture
def pictures(sources: list[FakeSource], watch: Callable[[], float]) -> Pictures:
    return Pictures(OnDemand(lambda: sources, watch))


@pytest.fixture
def profiles(sources: list[FakeSource], watch: Callable[[], float]) -> Profiles:
    return Profiles(OnDemand(lambda: sources, watch), watch)


def yard(sources: list[FakeSource]) -> Showing:
    found = sources[1]
    assert isinstance(found, Showing)
    return found


async def test_a_picture_comes_from_the_account_in_the_community(pictures: Pictures) -> None:
    assert await pictures.thumbnail(key(YARD, 5), 2) == b"100/5/2"
    assert await pictures.thumbnail(key(SQUARE, 5), 0) == b"200/5/0"


async def test_a_source_that_shows_no_pictures_has_none(sources: list[FakeSource], pictures: Pictures) -> None:
    sources[:] = [FakeSource(YARD)]
    assert await pictures.thumbnail(key(), 0) is None


async def test_while_no_account_is_connected_it_is_told_to_ask_again(
    sources: list[FakeSource], pictures: Pictures
) -> None:
    sources.clear()
    with pytest.raises(TryLater, match=r"on_demand\.no_source"):
        await pictures.thumbnail(key(), 0)


async def test_after_a_request_to_wait_nothing_is_asked_before_its_time(
    sources: list[FakeSource], pictures: Pictures, watch: Watch
) -> None:
    source = yard(sources)
    source.faults = [TryLater("telegram.flood", 30.0)]
    with pytest.raises(TryLater):
        await pictures.thumbnail(key(), 0)
    watch.now += 10
    with pytest.raises(TryLater) as held:
        await pictures.thumbnail(key(message=2), 0)
    assert (held.value.text_id, held.value.seconds, source.asked) == ("telegram.flood", 20.0, 1)
    assert await pictures.thumbnail(key(SQUARE), 0) is not None
    watch.now += 20
    assert await pictures.thumbnail(key(), 0) is not None


async def test_a_refusal_holds_nothing_up(sources: list[FakeSource], pictures: Pictures) -> None:
    yard(sources).faults = [Refused("telegram.chat_closed", code="")]
    with pytest.raises(Refused):
        await pictures.thumbnail(key(), 0)
    assert await pictures.thumbnail(key(), 0) is not None


async def test_few_are_asked_for_at_once(sources: list[FakeSource], pictures: Pictures) -> None:
    await asyncio.gather(*(pictures.thumbnail(key(message=number), 0) for number in range(20)))
    assert (yard(sources).asked, yard(sources).most_at_once) == (20, AT_ONCE)


async def test_a_profile_is_asked_for_once_in_a_while(
    sources: list[FakeSource], profiles: Profiles, watch: Watch
) -> None:
    first = await profiles.profile(key(message=1), ANYA)
    assert await profiles.profile(key(message=2), ANYA) == first == profiles.kept(YARD, ANYA)
    watch.now += FRESH_SECONDS
    assert profiles.kept(YARD, ANYA) is None
    again = await profiles.profile(key(), ANYA)
    assert again is not None
    assert (again.author.name, yard(sources).asked) == ("asked 2", 2)


async def test_profiles_are_kept_within_a_bound(sources: list[FakeSource], profiles: Profiles) -> None:
    for number in range(MOST_KEPT + 1):
        await profiles.profile(key(), AuthorKey(Platform.TELEGRAM, str(number)))
    assert profiles.kept(YARD, AuthorKey(Platform.TELEGRAM, "0")) is None
    assert profiles.kept(YARD, AuthorKey(Platform.TELEGRAM, "1")) is not None


async def test_what_failed_is_not_kept(sources: list[FakeSource], profiles: Profiles) -> None:
    yard(sources).faults = [Refused("telegram.unknown_peer", code="")]
    with pytest.raises(Refused):
        await profiles.profile(key(), ANYA)
    assert await profiles.profile(key(), ANYA) is not None
