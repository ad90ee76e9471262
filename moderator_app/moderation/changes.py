"""Tells screens what changed: the one way back from the database to whoever shows something."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from moderator_app.domain.errors import ModeratorError
from moderator_app.storage import revisions
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

# How often another process' changes are looked for.
INTERVAL_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of queue items and decisions whose rows are to be read again.

    An item that can no longer be read as open has left the queue. Of `campaigns` the number of open items changed, or
    the one that stands for them. `counts` says that statistics are stale, `lists`
    that the admins' lists or policies changed.
    """

    items: frozenset[int] = frozenset()
    decisions: frozenset[int] = frozenset()
    counts: bool = False
    lists: bool = False
    campaigns: frozenset[int] = frozenset()


Listener = Callable[[Change], None]


class Changes:
    """Calls every listener with every change, in the event loop's thread.

    Whoever writes calls `wake`; what changed is read from the revisions, so that this process' changes and those of
    a command beside the window arrive in the same way.
    """

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._written = asyncio.Event()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns the function that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def wake(self) -> None:
        """Say that something was written."""
        self._written.set()

    async def watch(self, database: Database) -> None:
        """Publish what changes, for ever."""
        seen = await database.read(revisions.state)
        while True:
            await self._wait()
            try:
                seen = await self._publish_since(database, seen)
            except ModeratorError as error:
                log.warning("changes cannot be read: %s", error)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(INTERVAL_SECONDS):
                await self._written.wait()
        except TimeoutError:
            return
        self._written.clear()

    async def _publish_since(self, database: Database, seen: revisions.State) -> revisions.State:
        state = await database.read(revisions.state)
        if state == seen:
            return seen
        changed = await database.read(revisions.changed_since, seen.revision)
        self.publish(
            Change(
                changed.items,
                changed.decisions,
                counts=True,
                lists=state.policy_version != seen.policy_version,
                campaigns=changed.campaigns,
            )
        )
        return state

    def publish(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(change)
            except Exception:
                # One screen's fault must not keep the others, or the outbox, from hearing.
                log.exception("a listener failed")
