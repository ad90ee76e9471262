"""Carries decisions out: claims due actions, looks at the target again, acts and keeps every outcome."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.errors import ModeratorError, SignInNeeded, TryLater
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.ports import SightingState, Source
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import actions
from moderator_app.storage.actions import Claimed
from moderator_app.storage.database import PATIENCE_SECONDS, Database

log = logging.getLogger(__name__)

# After that a moderator may have forgotten what was decided: it is asked again.
LATE = timedelta(minutes=10)
# Another process' decisions are found by looking.
POLL_SECONDS = 0.5
SIGN_IN_RETRY_SECONDS = 60.0


class _Paused(ModeratorError):
    """The outbox was stopped between the claim and the act."""


class _EditedSince(ModeratorError):
    """The message is not any more what the moderator decided on."""


class Outbox:
    """Runs in the one process that holds the profile's sources."""

    def __init__(self, database: Database, changes: Changes, clock: Clock = now) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock
        self._woken = asyncio.Event()
        self._acted = asyncio.Event()
        self._released = asyncio.Event()
        self._released.set()

    @property
    def paused(self) -> bool:
        return not self._released.is_set()

    def pause(self) -> None:
        """Nothing leaves the machine until `release`; what is being sent right now is not called back."""
        self._released.clear()

    def release(self) -> None:
        self._released.set()

    async def run(self, sources: Sequence[Source]) -> None:
        """Carry out what falls due, for ever. What a killed process left half-way is tried again first."""
        await self._database.insist(actions.recover)
        end = self._changes.subscribe(self._hear)
        try:
            async with asyncio.TaskGroup() as group:
                for source in sources:
                    group.create_task(self._serve(source))
        finally:
            end()

    def _hear(self, _change: Change) -> None:
        self._woken.set()

    async def _serve(self, source: Source) -> None:
        while True:
            await self._released.wait()
            try:
                acted = await self.carry_out_next(source)
            except ModeratorError as error:
                log.warning("the outbox cannot claim: %s", error)
                await asyncio.sleep(PATIENCE_SECONDS)
                continue
            if not acted:
                await self._wait()

    async def carry_out_now(self, sources: Sequence[Source]) -> None:
        """End every grace time and wait until nothing is left to do; what the platform puts off stays put off."""
        communities = frozenset(key for source in sources for key in source.communities)
        await self._database.write(actions.hasten, communities, self._clock())
        self._woken.set()
        self._acted.clear()
        while not self.paused and await self._unfinished(communities):
            await self._acted.wait()
            self._acted.clear()

    async def _unfinished(self, communities: frozenset[CommunityKey]) -> int:
        return await self._database.read(actions.unfinished, communities, self._clock())

    async def carry_out_next(self, source: Source) -> bool:
        """Carry out the action of this source that has been due longest. False when nothing is due."""
        at = self._clock()
        if await self._database.write(actions.park_late, source.communities, at, LATE):
            self._changes.wake()
        claimed = await self._database.write(actions.claim, source.communities, at)
        if claimed is None:
            return False
        self._changes.wake()
        try:
            await self._carry_out(source, claimed)
        finally:
            self._changes.wake()
            self._acted.set()
        return True

    async def _carry_out(self, source: Source, claimed: Claimed) -> None:
        action = claimed.order.action
        try:
            note = await self._look_and_perform(source, claimed)
        except _Paused:
            await self._database.insist(actions.put_back, action)
        except _EditedSince as error:
            await self._database.insist(actions.disarm, action, _note(error))
        except TryLater as error:
            await self._postpone(action, error, error.seconds)
        except SignInNeeded as error:
            await self._postpone(action, error, SIGN_IN_RETRY_SECONDS)
        except ModeratorError as error:
            await self._database.insist(actions.fail, action, _note(error))
        except Exception:
            log.exception("action %d failed", action)
            await self._database.insist(actions.fail, action, Note("action.internal"))
        else:
            await self._database.insist(actions.finish, action, note)

    async def _look_and_perform(self, source: Source, claimed: Claimed) -> Note | None:
        """Returns what is to be said besides "done". Raises what the source raises, and _EditedSince."""
        if claimed.stale:
            raise _EditedSince("action.edited")
        if claimed.text is not None:
            seen = await source.look(claimed.order.message)
            if seen.state is SightingState.GONE and claimed.order.kind is ActionKind.DELETE:
                return Note("action.already_gone")
            if seen.state is SightingState.PRESENT and seen.text != claimed.text:
                raise _EditedSince("action.edited")
        if self.paused:
            raise _Paused("action.paused")
        await source.perform(claimed.order)
        return None

    async def _postpone(self, action: int, error: ModeratorError, seconds: float) -> None:
        await self._database.insist(actions.postpone, action, self._until(seconds), _note(error))

    def _until(self, seconds: float) -> datetime:
        return self._clock() + timedelta(seconds=seconds)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()


def _note(error: ModeratorError) -> Note:
    return Note(error.text_id, tuple(error.parameters.items()))
