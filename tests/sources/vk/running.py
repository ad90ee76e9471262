"""A VK source at work against the loopback server: what it delivers, what it reports, what it does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import AuthorKey, CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.ports import Delivery, Kept, Peer, SourceStatus
from moderator_app.sources.vk.bans import Bans
from moderator_app.sources.vk.source import Bounds, VkSource
from moderator_app.sources.vk.transport import Route
from tests.servers.vk import Community, User, VkServer

PATIENCE = 20.0


class Shelf:
    """What storage would know of what was delivered."""

    def __init__(self) -> None:
        self.messages: dict[MessageKey, Message] = {}
        self.gone: set[MessageKey] = set()

    async def kept(self, community: CommunityKey, since: datetime, most: int) -> tuple[Kept, ...]:
        there = [one for one in self.messages.values() if one.key not in self.gone and one.date and one.date > since]
        return tuple(Kept(one.key.message, one.edited, one.text, one.thread) for one in there[-most:])

    async def peers(self, source: str) -> tuple[Peer, ...]:
        raise NotImplementedError

    async def numbered_by(self, community: CommunityKey) -> str:
        raise NotImplementedError

    async def take_over(self, community: CommunityKey, source: str, former: str) -> bool:
        raise NotImplementedError

    async def read_by_others(self, community: CommunityKey) -> datetime | None:
        raise NotImplementedError

    async def thread(self, key: MessageKey) -> str:
        return self.messages[key].thread if key in self.messages else ""

    async def by_author(
        self, community: CommunityKey, author: AuthorKey, since: datetime | None
    ) -> tuple[MessageKey, ...]:
        listed = [one for one in self.messages.values() if one.author is not None and one.author.key == author]
        dated = [one for one in listed if since is None or (one.date is not None and one.date > since)]
        return tuple(one.key for one in dated if one.key not in self.gone)


@dataclass
class Seen:
    """What has come in so far; `cursor` is what storage would hand over at the next start."""

    shelf: Shelf = field(default_factory=Shelf)
    deliveries: list[Delivery] = field(default_factory=list)
    statuses: list[SourceStatus] = field(default_factory=list)
    managers: set[AuthorKey] = field(default_factory=set)
    cursor: str = ""
    error: BaseException | None = None

    @property
    def messages(self) -> list[Message]:
        return [one for delivery in self.deliveries for one in delivery.messages]

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.messages]

    def take(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)
        self.cursor = delivery.cursor or self.cursor
        self.shelf.messages |= {one.key: one for one in delivery.messages}
        self.shelf.gone |= {one.key for one in delivery.removals}

    def states(self) -> list[str]:
        return [f"{one.state} {one.detail}".strip() for one in self.statuses]

    async def until(self, condition: Callable[[], object]) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not condition():
            assert self.error is None, self.error
            assert loop.time() < end, (self.states(), self.texts)
            await asyncio.sleep(0.01)

    async def connected(self) -> None:
        await self.until(lambda: self.statuses and self.statuses[-1].state == "connected" and self.cursor)


def make_source(
    server: VkServer,
    community: Community,
    folder: Path,
    seen: Seen,
    moderator: User | None = None,
    *,
    tokens: tuple[str, str] | None = None,
    answer_seconds: float = 2.0,
    bans_per_day: int = 200,
    name: str = "vk:1",
    read_only: bool = False,
    proxy: str = "",
) -> VkSource:
    world = server.world
    made = world.community_token(community), world.user_token(moderator) if moderator is not None else ""

    async def exempt(managers: Collection[AuthorKey]) -> None:
        seen.managers |= set(managers)

    route = Route(server.address, proxy, answer_seconds=answer_seconds)
    return VkSource(
        name, tokens or made, route, seen.shelf, seen.statuses.append,
        bans=Bans(folder / "bans.json", lambda: bans_per_day), gap=lambda: 0.0, bounds=lambda: Bounds(7, 2000),
        managers=exempt, read_only=read_only, wait_seconds=2,
    )  # fmt: skip


@asynccontextmanager
async def running(source: VkSource, seen: Seen) -> AsyncIterator[VkSource]:
    """The source delivers what comes after `seen.cursor`, until the block is left."""

    async def take() -> None:
        try:
            async for delivery in source.messages(seen.cursor):
                seen.take(delivery)
        except Exception as error:
            seen.error = error

    task = asyncio.create_task(take())
    try:
        yield source
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def order(kind: ActionKind, message: Message, action: int = 1, **more: object) -> Order:
    author = message.author.key.author if message.author is not None else ""
    return Order(action, kind, message.key, author, **{"idempotency_key": 4_000_000_000_000 + action, **more})  # type: ignore[arg-type]


def key_of(community: Community, message: str) -> MessageKey:
    return MessageKey(Platform.VK, str(community.id), message)
