"""Decisions on many messages at once, each previewed in numbers before and taken back by one undo."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import AuthorKey
from moderator_app.domain.sweeps import BANDS, PERIODS, BanPlace, Purge
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.review import Decided
from moderator_app.storage import sweeps
from moderator_app.storage.database import Database
from moderator_app.storage.decisions import NewDecision, StoredDecision


class Sweeping:
    """`grace`, `moderator` and `warnings` as for other decisions. Whoever sweeps has seen the numbers: nothing is asked
    again.
    """

    def __init__(
        self,
        database: Database,
        changes: Changes,
        grace: Callable[[], float],
        moderator: str,
        clock: Clock = now,
        warnings: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._database, self._changes, self._grace = database, changes, grace
        self._moderator, self._clock, self._warnings = moderator, clock, warnings

    async def purges(self, author: AuthorKey) -> tuple[Purge, ...]:
        """What an author wrote within each period, as far as it is still there."""
        return tuple([await self._purge(author, seconds) for seconds in PERIODS])

    async def purge(self, author: AuthorKey, seconds: int | None, choice: Choice, reason: str = "") -> Decided:
        """Decide about all of it, as one case. Raises Refused where nothing is left, or it cannot be done."""
        wanted = self._wanted(choice, reason)
        return self._told(wanted, await self._database.write(sweeps.decide_purge, author, self._since(seconds), wanted))

    async def bands(self) -> tuple[int, ...]:
        """How many open items have a score in each tenth, the lowest first."""
        return await self._database.read(sweeps.bands)

    async def dismiss_below(self, band: int, reason: str = "") -> Decided:
        """Dismiss what stands in the lowest `band` tenths of the scores, as one case. Raises Refused for nothing."""
        wanted = self._wanted(Choice.DISMISS, reason)
        return self._told(wanted, await self._database.write(sweeps.decide_below, band / BANDS, wanted))

    async def ban_places(self, author: AuthorKey) -> tuple[BanPlace, ...]:
        """Where a ban of an author is possible, and where not."""
        return await self._database.read(sweeps.ban_places, author)

    async def ban_everywhere(self, author: AuthorKey, reason: str = "") -> Decided:
        """Ban an author wherever that is possible, as one case. Raises Refused where it is nowhere."""
        wanted = self._wanted(Choice.BAN, reason)
        return self._told(wanted, await self._database.write(sweeps.ban_everywhere, author, wanted))

    async def _purge(self, author: AuthorKey, seconds: int | None) -> Purge:
        return await self._database.read(sweeps.purge, author, seconds, self._since(seconds))

    def _since(self, seconds: int | None) -> datetime | None:
        return None if seconds is None else self._clock() - timedelta(seconds=seconds)

    def _wanted(self, choice: Choice, reason: str) -> NewDecision:
        at = self._clock()
        due = at + timedelta(seconds=self._grace())
        return NewDecision(
            (), choice, reason, self._moderator, at, due, None, warnings=self._warnings(), consent=True, partly=True
        )

    def _told(self, wanted: NewDecision, stored: StoredDecision) -> Decided:
        self._changes.wake()
        return Decided(stored.case, stored.taken, wanted.due, stored.note, stored.left)
