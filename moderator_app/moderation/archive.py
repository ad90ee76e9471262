"""What sources may ask of the past."""

from datetime import datetime

from moderator_app.domain.message import CommunityKey
from moderator_app.domain.ports import Kept, Peer
from moderator_app.storage import messages, peers
from moderator_app.storage.database import Database


class StoredArchive:
    """The port `Archive` over the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, community: CommunityKey, since: datetime, most: int) -> tuple[Kept, ...]:
        return await self._database.read(messages.kept, community, since, most)

    async def peers(self, source: str) -> tuple[Peer, ...]:
        return await self._database.read(peers.read, source)
