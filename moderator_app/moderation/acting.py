"""Lets rules that act by themselves decide about what enters the queue."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from moderator_app.domain.acting import MOST_ACTS, acts_anywhere
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.judges import Judges
from moderator_app.storage import acting
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)


class Acting:
    """Works in the one process that holds the profile's sources; `grace` and `warnings` as for a human's decision."""

    def __init__(
        self,
        database: Database,
        judges: Judges,
        changes: Changes,
        grace: Callable[[], float],
        warnings: Callable[[], Mapping[str, str]],
        clock: Clock = now,
    ) -> None:
        self._database = database
        self._judges = judges
        self._changes = changes
        self._grace = grace
        self._warnings = warnings
        self._clock = clock

    async def consider(self, items: Collection[int]) -> tuple[int, ...]:
        """Decide those of the items about which a rule may act; returns them. The others are left to humans."""
        book = self._judges.book
        if not items or not acts_anywhere(book):
            return ()
        at = self._clock()
        due = at + timedelta(seconds=self._grace())
        acted = await self._database.write(acting.decide, items, book, at, due, self._warnings())
        if acted.left:
            log.warning("rules have acted %d times within an hour: %d items wait for a human", MOST_ACTS, acted.left)
        if acted.items:
            self._changes.wake()
        return acted.items
