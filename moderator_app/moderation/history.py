"""The history of decisions, read a page at a time."""

from collections.abc import Collection

from moderator_app.domain.history import HistoryFilter, HistoryLine
from moderator_app.storage import history
from moderator_app.storage.database import Database

__all__ = ["History", "HistoryFilter"]

EVERYTHING = HistoryFilter()


class History:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self, filter: HistoryFilter = EVERYTHING, before: int | None = None, limit: int = 200
    ) -> tuple[HistoryLine, ...]:
        """At most `limit` decisions, newest first, made before the decision `before`."""
        return await self._database.read(history.page, filter, before, limit)

    async def lines(self, decisions: Collection[int]) -> tuple[HistoryLine, ...]:
        """The lines of decisions, as they stand now."""
        return await self._database.read(history.lines_of, decisions)
