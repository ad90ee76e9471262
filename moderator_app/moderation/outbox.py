"""Carries decisions out: claims due actions, has them done one request at a time, and keeps every outcome."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.errors import AnswerNeeded, ModeratorError, SignInNeeded, TryLater, TryThisLater
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.ports import AskingSource, BulkSource, Source
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.errand import EditedSince, Errand, Outcome, Paused
from moderator_app.moderation.pace import MINUTE, UNPACED, Pace
from moderator_app.storage import actions, claims, parking
from moderator_app.storage.claims import EVERY_KIND, Reach
from moderator_app.storage.database import PATIENCE_SECONDS, Database

log = logging.getLogger(__name__)

# After that a moderator may have forgotten what was decided: it is asked again.
LATE = timedelta(minutes=10)
# Another process' decisions are found by looking.
POLL_SECONDS = 0.5
SIGN_IN_RETRY_SECONDS = 60.0

ALL_KINDS = frozenset(ActionKind)


@dataclass(slots=True)
class _Service:
    """How a source has been served: without a break `since` then, last looked after at `seen`; requests it was `sent`
    within the last minute. What stands in line was told so at `told`."""

    since: datetime
    seen: datetime
    told: datetime
    sent: list[datetime] = field(default_factory=list)


class Outbox:
    """Runs in the one process that holds the profile's sources.

    `pace` says how fast the actions of the source of a name may follow one another.
    """

    def __init__(
        self,
        database: Database,
        changes: Changes,
        clock: Clock = now,
        pace: Callable[[str], Pace] = lambda _source: UNPACED,
    ) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock
        self._pace = pace
        self._sources: tuple[Source, ...] = ()
        self._services: dict[str, _Service] = {}
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
        """Carry out what falls due at these sources, for ever."""
        await self.recover()
        async with asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(self.serve(source))

    async def recover(self) -> None:
        """Have what a killed process left half-way tried again; before any source is served."""
        await self._database.insist(claims.recover)

    async def serve(self, source: Source) -> None:
        """Carry out what falls due at one source, for ever."""
        self._sources = (*self._sources, source)
        end = self._changes.subscribe(self._hear)
        try:
            await self._serve(source)
        finally:
            end()
            self._sources = tuple(each for each in self._sources if each is not source)

    def _hear(self, _change: Change) -> None:
        self._woken.set()

    async def _serve(self, source: Source) -> None:
        while True:
            await self._released.wait()
            if not source.communities:
                await self._wait(POLL_SECONDS)
                continue
            try:
                await self._remember_sent(source)
                await self._keep_line(source)
                seconds = self._pause_before(source)
                acted = seconds <= 0 and await self.carry_out_next(source)
            except ModeratorError as error:
                log.warning("the outbox cannot claim: %s", error)
                await asyncio.sleep(PATIENCE_SECONDS)
                continue
            if not acted:
                await self._wait(min(POLL_SECONDS, seconds) if seconds > 0 else POLL_SECONDS)

    async def carry_out_now(self, sources: Sequence[Source]) -> None:
        """End every grace time and wait until nothing is left to do; what the platform puts off stays put off."""
        communities = frozenset(key for source in sources for key in source.communities)
        await self._database.write(claims.hasten, communities, self._clock())
        self._woken.set()
        self._acted.clear()
        while not self.paused and await self._unfinished(communities):
            await self._acted.wait()
            self._acted.clear()

    async def answer(self, source: AskingSource, text: str) -> None:
        """Hand a human's answer to the platform's question over, and have what waited for it tried again."""
        asked = source.question
        source.answer(text)
        if asked is not None:
            at = self._clock()
            await self._database.insist(parking.resume, source.communities, (asked.text_id,), at)
            self._changes.wake()
            self._woken.set()

    async def _unfinished(self, communities: frozenset[CommunityKey]) -> int:
        return await self._database.read(claims.unfinished, communities, self._clock())

    async def carry_out_next(self, source: Source) -> bool:
        """Carry out what has been due longest at this source, in one request. False when nothing is due."""
        at = self._clock()
        service, reach = self._service(source, at), self._reach(source)
        if not await self._database.read(claims.is_due, reach, at):
            return False
        along = source.goes_along if isinstance(source, BulkSource) else claims.alone
        late_before = service.since - LATE
        claimed = await self._database.write(claims.next_errand, source.name, reach, at, late_before, along)
        self._changes.wake()
        if not claimed:
            self._acted.set()
            return False
        try:
            for outcome in await Errand(source, claimed, lambda: self.paused).run():
                await self._keep(source, claimed[0].order.kind, outcome)
        finally:
            # By now it has reached the platform, however long the look before took.
            service.sent.append(self._clock())
            self._changes.wake()
            self._acted.set()
        return True

    async def _keep(self, source: Source, kind: ActionKind, outcome: Outcome) -> None:
        insist, concerned = self._database.insist, outcome.actions
        match outcome.error:
            case None:
                await insist(actions.finish, concerned, outcome.note)
            case Paused():
                await insist(actions.put_back, concerned)
            case EditedSince() as error:
                await insist(actions.disarm, concerned, _note(error))
            case TryThisLater() as error:
                await insist(actions.wait, concerned, self._until(error.seconds), _note(error))
            case TryLater() as error:
                await insist(actions.postpone, concerned, self._until(error.seconds), _note(error), source.name, kind)
            case AnswerNeeded() as error:
                await insist(parking.park, concerned, _asked(error))
            case SignInNeeded() as error:
                until = self._until(SIGN_IN_RETRY_SECONDS)
                await insist(actions.postpone, concerned, until, _note(error), source.name, EVERY_KIND)
            case error:
                await insist(actions.fail, concerned, _note(error))

    def _until(self, seconds: float) -> datetime:
        return self._clock() + timedelta(seconds=seconds)

    def _service(self, source: Source, at: datetime) -> _Service:
        """Nobody carried anything out while this process did not come by for long: paused, or with a sleeping machine.

        What merely stands in line is not late.
        """
        service = self._services.setdefault(source.name, _Service(at, at, at))
        if at - service.seen > LATE:
            service.since = at
        service.seen = at
        return service

    async def _remember_sent(self, source: Source) -> None:
        """What was sent before a restart counts for the pace too."""
        if source.name not in self._services:
            at = self._clock()
            sent = await self._database.read(claims.claimed_since, self._reach(source), at - MINUTE)
            self._service(source, at).sent.extend(sent)

    async def _keep_line(self, source: Source) -> None:
        """What has to wait for its turn, at the pace that the platform is given, is not late by that."""
        at = self._clock()
        service = self._service(source, at)
        if at - service.told >= MINUTE:
            service.told = at
            await self._database.write(claims.stay_in_line, self._reach(source), at, service.since - LATE)

    def _pause_before(self, source: Source) -> float:
        """Seconds until the source may be asked for the next thing."""
        at = self._clock()
        service = self._service(source, at)
        service.sent = [each for each in service.sent if each > at - MINUTE]
        return self._pace(source.name).wait(at, service.sent)

    def _reach(self, source: Source) -> Reach:
        """What is for this source: where several accounts are in a community, the first that may do it does it."""
        reach = {}
        for place in source.communities:
            here = [each for each in self._sources if place in each.communities] or [source]
            alone = len(here) == 1
            reach[place] = ALL_KINDS if alone else frozenset(k for k in ALL_KINDS if _first(here, place, k) is source)
        return reach

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()


def _first(here: Sequence[Source], place: CommunityKey, kind: ActionKind) -> Source:
    return next((each for each in here if kind in each.rights(place)), here[0])


def _asked(error: AnswerNeeded) -> Note:
    """With the way to the question: without a window nobody else tells it."""
    where = (("address", error.address),) if error.address else ()
    return Note(error.text_id, (*error.parameters.items(), *where))


def _note(error: ModeratorError) -> Note:
    return Note(error.text_id, tuple(error.parameters.items()))
