"""Keeps a source running: what ends its stream becomes its state, and it is started again when that may help."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from moderator_app.domain.errors import ModeratorError, SignInNeeded, TryLater
from moderator_app.domain.ports import Source, SourceState, SourceStatus
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.intake import Intake
from moderator_app.moderation.source_states import SourceStates

log = logging.getLogger(__name__)

# Between a fault of the program and the next start: doubled each time.
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
# A stream that lasted so long was well: the next fault is a first one.
WELL = timedelta(minutes=5)

INTERNAL = "source.internal"


class Watching:
    """Watches each source in a task of its own, so that one never keeps another from going on."""

    def __init__(
        self,
        intake: Intake,
        states: SourceStates,
        clock: Clock = now,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._intake = intake
        self._states = states
        self._clock = clock
        self._sleep = sleep
        self._wanted: dict[str, asyncio.Event] = {}

    def start_again(self, source: str) -> None:
        """Start a source that was signed out or stopped: somebody has seen to it."""
        if source in self._wanted:
            self._wanted[source].set()

    async def watch(self, source: Source) -> None:
        """Take in what a source delivers, for ever."""
        wanted = self._wanted.setdefault(source.name, asyncio.Event())
        faults = 0
        while True:
            wanted.clear()
            started = self._clock()
            self._report(source, SourceState.CONNECTING)
            try:
                await self._intake.watch(source, lambda: self._heard(source))
                log.warning("the stream of %s has ended", source.name)
            except TryLater as error:
                await self._wait(source, error.seconds, error)
                continue
            except ModeratorError as error:
                signed_out = isinstance(error, SignInNeeded)
                self._report(source, SourceState.SIGNED_OUT if signed_out else SourceState.STOPPED, error)
                await wanted.wait()
                continue
            except Exception:
                log.exception("the source %s failed", source.name)
            faults = 0 if self._clock() - started > WELL else faults
            faults += 1
            pause = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (faults - 1))
            await self._wait(source, pause, ModeratorError(INTERNAL))

    def _heard(self, source: Source) -> None:
        """A source that says nothing of itself is connected when it delivers."""
        if self._states.current[source.name] == SourceStatus(source.name, SourceState.CONNECTING):
            self._report(source, SourceState.CONNECTED)

    async def _wait(self, source: Source, seconds: float, error: ModeratorError) -> None:
        self._report(source, SourceState.WAITING, error, seconds)
        await self._sleep(seconds)

    def _report(
        self, source: Source, state: SourceState, error: ModeratorError | None = None, seconds: float | None = None
    ) -> None:
        detail = "" if error is None else error.text_id
        parameters = () if error is None else tuple(error.parameters.items())
        until = None if seconds is None else self._clock() + timedelta(seconds=seconds)
        self._states.report(SourceStatus(source.name, state, detail, 0, until, parameters))
