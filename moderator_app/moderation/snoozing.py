"""Putting items off: they come back by themselves, whichever process is there at the time."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from moderator_app.domain.canned import USUAL_SNOOZE
from moderator_app.domain.errors import ModeratorError
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import opinions, snoozing
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

# What another process has put off meanwhile is found by looking.
POLL_SECONDS = 5.0


class Snoozing:
    """`moderator` signs the wish for a second opinion."""

    def __init__(self, database: Database, changes: Changes, moderator: str, clock: Clock = now) -> None:
        self._database, self._changes, self._moderator, self._clock = database, changes, moderator, clock
        self._sooner = asyncio.Event()

    async def snooze(self, items: Sequence[int], seconds: float = USUAL_SNOOZE) -> tuple[tuple[int, ...], datetime]:
        """Put off items and all of their campaigns; returns them, and when they come back. Raises Refused."""
        until = self._clock() + timedelta(seconds=seconds)
        taken = await self._database.write(snoozing.snooze, items, until)
        self._changes.wake()
        self._sooner.set()
        return taken, until

    async def wake(self, items: Collection[int]) -> tuple[int, ...]:
        """Bring items back before their time."""
        woken = await self._database.write(snoozing.wake, items)
        self._changes.wake()
        return woken

    async def ask_opinion(self, items: Collection[int]) -> bool:
        """Flag items for a colleague, or take the flag away; says whether they have it now."""
        wanted = await self._database.write(opinions.ask, items, self._moderator, self._clock())
        self._changes.wake()
        return wanted

    async def wake_due(self) -> tuple[int, ...]:
        """Bring back what is due."""
        due = await self._database.read(snoozing.next_due)
        if due is None or due > self._clock():
            return ()
        woken = await self._database.write(snoozing.wake_due, self._clock())
        self._changes.wake()
        return woken

    async def watch(self) -> None:
        """Bring back what falls due, for ever."""
        while True:
            try:
                await self.wake_due()
                due = await self._database.read(snoozing.next_due)
            except ModeratorError as error:
                log.warning("snoozed items cannot be read: %s", error)
                due = None
            await self._wait(due)

    async def _wait(self, due: datetime | None) -> None:
        left = POLL_SECONDS if due is None else max(0.0, (due - self._clock()).total_seconds())
        try:
            async with asyncio.timeout(min(left, POLL_SECONDS)):
                await self._sooner.wait()
        except TimeoutError:
            return
        self._sooner.clear()
