"""What sources may ask of the past."""

from datetime import datetime

from moderator_app.domain.message import AuthorKey, CommunityKey, MessageKey
from moderator_app.domain.ports import Kept, Peer
from moderator_app.storage import messages, numbers, peers, tracing
from moderator_app.storage.database import Database


class StoredArchive:
    """The port `Archive` over the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, community: CommunityKey, since: datetime, most: int) -> tuple[Kept, ...]:
        return await self._database.read(messages.kept, community, since, most)

    async def peers(self, source: str) -> tuple[Peer, ...]:
        return await self._database.read(peers.read, source)

    async def numbered_by(self, community: CommunityKey) -> str:
        return await self._database.read(numbers.numbered_by, community)

    async def take_over(self, community: CommunityKey, source: str, former: str) -> bool:
        return await self._database.write(numbers.take_over, community, source, former)

    async def read_by_others(self, community: CommunityKey) -> datetime | None:
        return await self._database.read(numbers.read_by_others, community)

    async def thread(self, key: MessageKey) -> str:
        return await self._database.read(tracing.thread, key)

    async def by_author(
        self, community: CommunityKey, author: AuthorKey, since: datetime | None
    ) -> tuple[MessageKey, ...]:
        return await self._database.read(tracing.by_author, community, author, since)
