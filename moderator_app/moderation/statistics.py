"""What owners of communities read: totals, tops and days."""

from moderator_app.domain.message import Community, CommunityKey
from moderator_app.domain.statistics import Overview, Period
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import people, statistics
from moderator_app.storage.database import Database


class Statistics:
    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    async def overview(self, period: Period, community: CommunityKey | None = None) -> Overview:
        """The period that ends today, in the machine's time zone, of one community or of all."""
        today = self._clock().astimezone().date()
        return await self._database.read(statistics.overview, period, today, community)

    async def communities(self) -> tuple[Community, ...]:
        """All communities, by name."""
        return await self._database.read(people.known_communities)
