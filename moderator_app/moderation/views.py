"""The views of the queue: what each is called, shows and counts."""

from collections.abc import Sequence

from moderator_app.domain.errors import Refused
from moderator_app.domain.traits import EVERYTHING, QueueCounts, QueueFilter, View
from moderator_app.storage import views
from moderator_app.storage.database import Database

LONGEST_NAME = 60
MOST_VIEWS = 100


class Views:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def counts(self, wanted: QueueFilter = EVERYTHING) -> tuple[tuple[View, ...], QueueCounts]:
        """The views in their order, and what a filter and each of them show now."""
        return await self._database.read(views.counts, wanted)

    async def save(self, name: str, wanted: QueueFilter) -> int:
        """Keep a filter under a name, behind all others. Raises Refused for a name that says nothing."""
        listed = await self._database.read(views.read)
        if len(listed) >= MOST_VIEWS:
            raise Refused("view.too_many", most=MOST_VIEWS)
        return await self._database.write(views.add, _checked(name), wanted)

    async def rename(self, view: int, name: str) -> None:
        """Raises Refused for a name that says nothing."""
        await self._database.write(views.rename, view, _checked(name))

    async def replace(self, view: int, wanted: QueueFilter) -> None:
        """Have a view show something else."""
        await self._database.write(views.replace, view, wanted)

    async def remove(self, view: int) -> None:
        await self._database.write(views.remove, view)

    async def order(self, listed: Sequence[int]) -> None:
        """Put views in this order."""
        await self._database.write(views.order, tuple(listed))


def _checked(name: str) -> str:
    line = " ".join(name.split())[:LONGEST_NAME]
    if not any(each.isalnum() for each in line):
        raise Refused("view.no_name")
    return line
