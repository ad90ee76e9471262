"""A VK community as a source of messages, and its tokens as a hand that acts."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from moderator_app.domain.decision import ActionKind, Note, Order
from moderator_app.domain.donors import DonorReading
from moderator_app.domain.errors import ModeratorError, Refused, TryLater, TryThisLater
from moderator_app.domain.message import AuthorKey, CommunityKey, MessageKey, Platform
from moderator_app.domain.ports import Archive, Delivery, Question, Report, Sighting, SourceState, SourceStatus
from moderator_app.domain.profile import Profile
from moderator_app.domain.rights import Obstacles
from moderator_app.sources.vk.actions import Actions
from moderator_app.sources.vk.api import Api, Token
from moderator_app.sources.vk.bans import Bans
from moderator_app.sources.vk.connecting import Standing, connect
from moderator_app.sources.vk.donors import Donors
from moderator_app.sources.vk.fields import number, record, records
from moderator_app.sources.vk.long_poll import WAIT_SECONDS, Batch, LongPoll, in_daemon
from moderator_app.sources.vk.means import KINDS, Means
from moderator_app.sources.vk.parcel import OFFICERS, Parcel, people_of, tells
from moderator_app.sources.vk.people import People
from moderator_app.sources.vk.places import Kind, community_key, place_of
from moderator_app.sources.vk.questions import Questions
from moderator_app.sources.vk.reading import Reading
from moderator_app.sources.vk.rereading import Rereading
from moderator_app.sources.vk.state import Progress
from moderator_app.sources.vk.transport import Route, fetched

log = logging.getLogger(__name__)

UNREACHABLE = "vk.unreachable"
_SOON_SECONDS = 5.0
# Events may come this much later than what they tell of happened.
_SLACK = timedelta(minutes=10)

# Takes over who manages a community, and is not judged there.
Managers = Callable[[Collection[AuthorKey]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far the first reading goes back, and how much is read of a time without events."""

    days: float = 7
    messages: int = 2000


async def _nobody(_managers: Collection[AuthorKey]) -> None:
    return


class VkSource:
    """See `domain.ports.Source`. One stream of messages at a time; looking and acting need it to run.

    `tokens` are the community's and, or empty, that of a moderator's page. `read_only`: nothing is changed at VK.
    """

    kinds = KINDS
    places = tuple(kind.value for kind in Kind)

    def __init__(
        self,
        name: str,
        tokens: tuple[str, str],
        route: Route,
        archive: Archive,
        report: Report,
        *,
        bans: Bans,
        gap: Callable[[], float] = lambda: 1.0,
        bounds: Callable[[], Bounds] = Bounds,
        managers: Managers = _nobody,
        read_only: bool = False,
        wait_seconds: int = WAIT_SECONDS,
    ) -> None:
        self.name = name
        self._tokens, self._route, self._archive, self._report = tokens, route, archive, report
        self._bounds, self._managers = bounds, managers
        self._read_only, self._wait_seconds = read_only, wait_seconds
        self._bans, self._gap = bans, gap
        self._questions = Questions(self._tell_again)
        self._state = SourceState.CONNECTING
        self._standing: Standing | None = None
        self._means: Means | None = None
        self._actions: Actions | None = None
        self._donors: Donors | None = None
        self._people: People | None = None
        self._lost: SourceStatus | None = None

    @property
    def communities(self) -> frozenset[CommunityKey]:
        return frozenset() if self._standing is None else frozenset({community_key(self._standing.group)})

    def rights(self, community: CommunityKey) -> frozenset[ActionKind]:
        """Of comments under posts."""
        here = community in self.communities and not self._read_only
        return self._means.kinds(Kind.WALL) if here and self._means is not None else frozenset()

    def obstacles_at(self, community: CommunityKey, place: str) -> Obstacles:
        """See `domain.ports.PlacedSource`."""
        if community not in self.communities or self._means is None:
            return tuple((kind, Note("right.not_here")) for kind in ActionKind)
        if self._read_only:
            return tuple((kind, Note("vk.read_only")) for kind in ActionKind)
        return self._means.obstacles(Kind(place) if place in self.places else Kind.WALL)

    def is_of(self, tokens: tuple[str, str], route: Route, *, read_only: bool) -> bool:
        """Whether another source made with these would be no different."""
        return (self._tokens, self._route, self._read_only) == (tokens, route, read_only)

    async def messages(self, cursor: str) -> AsyncGenerator[Delivery, None]:
        progress = Progress.load(cursor)
        self._tell(SourceState.CONNECTING)
        apis = [Api(kind, token, self._route) for kind, token in zip(Token, self._tokens, strict=True) if token]
        try:
            stream = self._connected(progress, *apis)
            try:
                async for delivery in stream:
                    yield delivery
            finally:
                await stream.aclose()
        finally:
            for api in apis:
                api.close()

    async def look(self, key: MessageKey) -> Sighting:
        return await self._acting().look(key)

    def goes_along(self, message: str) -> str | None:
        """See `domain.ports.BulkSource`: those of one chat go together, comments alone."""
        place = place_of(message)
        return f"{place.thread}_" if place is not None and place.kind is Kind.CHAT else None

    async def look_many(self, keys: Sequence[MessageKey]) -> Sequence[Sighting]:
        return await self._acting().look_many(keys)

    async def delete_many(self, orders: Sequence[Order]) -> Sequence[ModeratorError | None]:
        if self._read_only:
            raise Refused("vk.read_only")
        return await self._acting().delete_many(orders)

    async def perform(self, order: Order) -> None:
        if self._read_only:
            raise Refused("vk.read_only")
        await self._acting().perform(order)

    async def donor_contacts(self, community: CommunityKey, donors: Sequence[str]) -> DonorReading:
        """See `domain.ports.DonorSource`."""
        if self._donors is None or community not in self.communities:
            raise TryLater(UNREACHABLE, _SOON_SECONDS, fault="")
        return await self._donors.read(donors)

    async def thumbnail(self, key: MessageKey, index: int) -> bytes | None:
        """See `domain.ports.MediaSource`."""
        address = await self._acting().picture(key, index)
        return await self._fetched(address) if address else None

    async def profile(self, _key: MessageKey, author: AuthorKey) -> Profile:
        """See `domain.ports.ProfileSource`."""
        if self._people is None:
            raise TryLater(UNREACHABLE, _SOON_SECONDS, fault="")
        return await self._people.profile(author)

    @property
    def question(self) -> Question | None:
        return self._questions.open

    async def picture(self) -> bytes | None:
        """See `domain.ports.AskingSource`."""
        asked = self._questions.open
        if asked is None or not asked.picture:
            return None
        return await self._fetched(asked.picture)

    def answer(self, text: str) -> None:
        self._questions.answer(text)

    async def _fetched(self, address: str) -> bytes:
        found: bytes = await in_daemon(lambda: fetched(self._route, address))
        return found

    def _acting(self) -> Actions:
        if self._actions is None:
            raise TryLater(UNREACHABLE, _SOON_SECONDS, fault="")
        return self._actions

    async def _connected(
        self, progress: Progress, community: Api, user: Api | None = None
    ) -> AsyncGenerator[Delivery, None]:
        standing = await connect(community, user)
        means = standing.means(community, user)
        means.changed = self._tell_again
        progress = progress.of(standing.group)
        people = self._people = People(community)
        self._standing, self._means = standing, means
        self._actions = Actions(means, standing.group, self._archive, self._bans, self._questions, self._gap)
        self._donors = Donors(standing.group, community, user)
        await self._exempt_managers()
        if progress.gap is None and progress.at is None and means.can("wall.getComments"):
            progress.at = datetime.now(UTC) - timedelta(days=self._bounds().days)
            progress.lose(datetime.now(UTC))
        poll = LongPoll(community, standing.group, self._route, self._trouble, self._wait_seconds)
        batches, named = poll.listen(progress.ts), False
        try:
            async for batch in batches:
                async for delivery in self._taken(batch, progress, people):
                    # Whoever hears of a delivery says that the source is connected: not before events are kept.
                    yield delivery if named else replace(delivery, communities=(standing.community,))
                    named = True
        finally:
            await batches.aclose()

    async def _taken(self, batch: Batch, progress: Progress, people: People) -> AsyncGenerator[Delivery, None]:
        assert self._standing is not None
        now = datetime.now(UTC)
        if batch.lost:
            progress.lose(now)
        known = await people.known(people_of(batch.updates))
        parcel = Parcel(self._standing.group, known, now, progress)
        for update in batch.updates:
            parcel.add(update)
        progress.ts, progress.at = batch.ts, now
        yield parcel.delivery(progress.dump())
        if tells(batch.updates, (OFFICERS,)):
            await self._exempt_managers()
        if progress.gap is not None:
            async for delivery in self._caught_up(progress, people):
                yield delivery

    async def _caught_up(self, progress: Progress, people: People) -> AsyncGenerator[Delivery, None]:
        """What can be read of the time whose events are missing; the end of the gap is stored with the last of it."""
        assert self._standing is not None
        assert self._means is not None
        assert progress.gap is not None
        self._tell(SourceState.CATCHING_UP)
        gap, group = progress.gap, self._standing.group
        since = gap.since - _SLACK
        reading = Reading(self._means, group, since, progress.threads.all(), self._bounds().messages)
        async for found, answer in reading.pages():
            people.learn(answer)
            known = await people.known(id for _, shown in found if (id := number(shown.get("from_id"))))
            parcel = Parcel(group, known, datetime.now(UTC), progress)
            for place, shown in found:
                parcel.show(place, shown)
            yield parcel.delivery("")
        async for delivery in self._reread(reading, people, progress):
            yield delivery
        progress.gap = None
        if Kind.WALL in reading.unread:
            self._lost = self._loss(gap.since, gap.until, progress.threads.all())
        yield Delivery(cursor=progress.dump())
        self._trouble(None)

    async def _reread(self, reading: Reading, people: People, progress: Progress) -> AsyncGenerator[Delivery, None]:
        """What became meanwhile of messages that are stored."""
        assert self._standing is not None
        assert self._means is not None
        group, now, bounds = self._standing.group, datetime.now(UTC), self._bounds()
        since = now - timedelta(days=bounds.days)
        kept = await self._archive.kept(self._standing.community.key, since, bounds.messages)
        texts = {place: each.text for each in kept if (place := place_of(each.message, each.thread)) is not None}
        async for changes in Rereading(self._means, group, reading, texts).changes():
            for answer in changes.answers:
                people.learn(answer)
            known = await people.known(id for _, shown in changes.edited if (id := number(shown.get("from_id"))))
            parcel = Parcel(group, known, now, progress)
            for place, shown in changes.edited:
                parcel.show(place, shown, edited=True)
            for place in changes.gone:
                parcel.miss(place)
            yield parcel.delivery("")

    def _loss(self, since: datetime, until: datetime, threads: Collection[str]) -> SourceStatus:
        assert self._standing is not None
        posts = [place.thing for each in threads if each.isdecimal() and (place := place_of("1", each)) is not None]
        links = [f"https://vk.com/wall-{self._standing.group}_{post}" for post in reversed(posts)]
        where = " ".join(links[:_MOST_LINKS]) or f"https://vk.com/club{self._standing.group}"
        parameters = (("at", since.timestamp()), ("until", until.timestamp()), ("links", where))
        return SourceStatus(self.name, SourceState.CONNECTED, "vk.period_lost", parameters=parameters)

    async def _exempt_managers(self) -> None:
        assert self._standing is not None
        assert self._means is not None
        with suppress(Refused, TryThisLater):
            answer = await self._means.ask("groups.getMembers", group_id=self._standing.group, filter="managers")
            ids = [number(each.get("id")) for each in records(record(answer).get("items"))]
            await self._managers([AuthorKey(Platform.VK, str(id)) for id in ids if id])

    def _trouble(self, error: TryLater | None) -> None:
        if error is not None:
            until = datetime.now(UTC) + timedelta(seconds=error.seconds)
            parameters = tuple(error.parameters.items())
            self._tell(SourceState.WAITING, detail=error.text_id, until=until, parameters=parameters)
        elif (asked := self._questions.open) is not None:
            where = (("address", asked.address or asked.picture),) if asked.address or asked.picture else ()
            self._tell(SourceState.CONNECTED, detail=asked.text_id, parameters=(*asked.parameters, *where))
        elif self._lost is not None and (self._means is None or self._means.refusal is None):
            self._report(self._lost)
        else:
            self._tell(SourceState.CONNECTED, **self._remark())

    def _tell_again(self) -> None:
        """What is asked or refused is told along with the state; what keeps events away is graver."""
        if self._state is SourceState.CONNECTED:
            self._trouble(None)

    def _remark(self) -> dict[str, Any]:
        assert self._standing is not None
        refusal = self._means.refusal if self._means is not None else None
        error = refusal or next(self._standing.remarks(), None)
        return {} if error is None else {"detail": error.text_id, "parameters": tuple(error.parameters.items())}

    def _tell(self, state: SourceState, **details: Any) -> None:
        self._state = state
        self._report(replace(SourceStatus(self.name, state), **details))


_MOST_LINKS = 5
