"""The history of decisions, read a page at a time."""

from collections.abc import Collection

from moderator_app.domain.history import HistoryFilter, HistoryLine, Unanswered
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.outbox import LATE
from moderator_app.storage import history, unanswered
from moderator_app.storage.database import Database

__all__ = ["History", "HistoryFilter"]

EVERYTHING = HistoryFilter()


class History:
    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    async def page(
        self, filter: HistoryFilter = EVERYTHING, before: int | None = None, limit: int = 200
    ) -> tuple[HistoryLine, ...]:
        """At most `limit` decisions, newest first, made before the decision `before`."""
        return await self._database.read(history.page, filter, before, limit, self._clock() - LATE)

    async def unanswered(self) -> Unanswered:
        """How many decisions wait for a human's word."""
        at = self._clock()
        return await self._database.read(unanswered.count, at, at - LATE)

    async def lines(self, decisions: Collection[int]) -> tuple[HistoryLine, ...]:
        """The lines of decisions, as they stand now."""
        return await self._database.read(history.lines_of, decisions)
