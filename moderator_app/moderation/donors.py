"""Keeps out who runs donor communities: they are read once a day and on request, and banned when an admin says so."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from moderator_app.domain.donors import Candidates, donors_of
from moderator_app.domain.errors import ModeratorError, TryLater
from moderator_app.domain.message import AuthorKey, CommunityKey
from moderator_app.domain.ports import DonorSource, Source
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.review import Decided
from moderator_app.storage import donors
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

DAILY = timedelta(days=1)
# Another process may have listed one more, or asked for a new reading.
INTERVAL_SECONDS = 2.0
AFTER_TROUBLE = timedelta(minutes=10)


class DonorKeeping:
    """`watch` and `read_due` are for the process that holds the profile's sources; `grace` is as for any decision."""

    def __init__(
        self,
        database: Database,
        changes: Changes,
        grace: Callable[[], float],
        moderator: str,
        clock: Clock = now,
    ) -> None:
        self._database = database
        self._changes = changes
        self._grace = grace
        self._moderator = moderator
        self._clock = clock
        self._not_before: dict[CommunityKey, datetime] = {}

    async def candidates(self) -> Candidates:
        """All who are named in donor communities, and when these were read."""
        return await self._database.read(donors.candidates)

    async def ask(self) -> None:
        """Have whoever holds the sources read all donors again."""
        await self._database.write(donors.forget_readings)
        self._not_before.clear()
        self._changes.wake()

    async def ban(self, community: CommunityKey, authors: Collection[AuthorKey], reason: str = "") -> Decided:
        """Ban people for ever, as one case, after the grace time. Raises Refused where the account may not."""
        at = self._clock()
        due = at + timedelta(seconds=self._grace())
        given = (community, authors, reason, self._moderator, at, due)
        stored = await self._database.write(donors.ban, *given)
        self._changes.wake()
        return Decided(stored.case, stored.taken, due, stored.note)

    async def watch(self, sources: Callable[[], Sequence[Source]]) -> None:
        """Read what is due, for ever."""
        while True:
            try:
                await self.read_due(sources())
            except ModeratorError as error:
                log.warning("donors not read: %s", error)
            await asyncio.sleep(INTERVAL_SECONDS)

    async def read_due(self, sources: Sequence[Source]) -> None:
        """Read the donors of each community whose last reading is a day old, or was of other ones."""
        able = [source for source in sources if isinstance(source, DonorSource)]
        entries = await self._database.read(donors.listed) if able else ()
        for source in able:
            for community in source.communities:
                wanted = donors_of(entries, community)
                if await self._is_due(community, wanted):
                    await self._read(source, community, wanted)

    async def _is_due(self, community: CommunityKey, wanted: tuple[str, ...]) -> bool:
        at = self._clock()
        if at < self._not_before.get(community, at):
            return False
        last = await self._database.read(donors.last_reading, community)
        if last is None:
            return bool(wanted)
        read_at, read = last
        return wanted != read or (bool(wanted) and at - read_at >= DAILY)

    async def _read(self, source: DonorSource, community: CommunityKey, wanted: tuple[str, ...]) -> None:
        try:
            reading = await source.donor_contacts(community, wanted)
        except ModeratorError as error:
            log.warning("donors of %s not read: %s", community, error)
            seconds = error.seconds if isinstance(error, TryLater) else 0.0
            self._not_before[community] = self._clock() + max(timedelta(seconds=seconds), AFTER_TROUBLE)
            return
        await self._database.write(donors.keep, community, wanted, reading, self._clock())
        self._changes.wake()
