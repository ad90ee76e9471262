"""Imports a file: read, stored, judged and queued in a pipeline that holds a few batches at a time."""

import asyncio
import gc
import sys
import time
from asyncio import Queue
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.importing import Export, ImportBatch, ReadError
from moderator_app.domain.judgement import Judged
from moderator_app.domain.ports import Delivery
from moderator_app.judging.engine import SequenceEngine
from moderator_app.moderation.clock import now
from moderator_app.moderation.intake import Intake
from moderator_app.moderation.judges import Judges
from moderator_app.storage.messages import Stored, StoredMessage

# More would only be memory: a bad line is one line of the summary, a bad file a million.
LISTED_ERRORS = 1000

# In searches for garbage of the second generation.
_NEVER = 1_000_000

# Python's own choice is 5 ms.
_TURN_SECONDS = 0.0005


@dataclass(frozen=True, slots=True)
class ImportProgress:
    bytes_read: int
    size: int
    messages: int
    flagged: int


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """`broken` is why the import ended early: the file breaks off, the disk is full. What came before is kept.

    `errors` lists the first thousand of `failed` lines or messages that could not be read.
    """

    messages: int = 0
    new: int = 0
    flagged: int = 0
    joins: int = 0
    unsupported: int = 0
    failed: int = 0
    errors: tuple[ReadError, ...] = ()
    seconds: float = 0.0
    broken: ModeratorError | None = None


Progress = Callable[[ImportProgress], None]
InJudgement = tuple[tuple[StoredMessage, ...], Awaitable[tuple[Judged, ...]]]


class Importing:
    """Imports one file at a time. Without judging, messages wait for the next start to be judged."""

    def __init__(self, intake: Intake, judges: Judges) -> None:
        self._intake = intake
        self._judges = judges

    async def run(self, export: Export, progress: Progress | None = None, *, judging: bool = True) -> ImportSummary:
        """Import a file. Cancelling, like a full disk, keeps what was stored so far."""
        with _young_garbage(), _short_turns():
            return await _Run(self._intake, self._judges, export, progress, judging).run()


@contextmanager
def _young_garbage() -> Iterator[None]:
    """Keep the search for garbage to what is young.

    An import sets off full searches again and again: they cost a sixth of its time, and a window stands still for a
    twentieth of a second each time. What exists already stays out of later ones, too.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*often[:2], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*often)


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let threads take turns at the interpreter fast: reading and storing keep it busy, the window waits for it."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@dataclass(slots=True)
class _Run:
    intake: Intake
    judges: Judges
    export: Export
    progress: Progress | None
    judging: bool
    messages: int = 0
    new: int = 0
    flagged: int = 0
    joins: int = 0
    unsupported: int = 0
    failed: int = 0
    bytes_read: int = 0
    errors: list[ReadError] = field(default_factory=list)
    broken: ModeratorError | None = None
    sequences: SequenceEngine | None = None
    # One step in a thread at a time: they need the same interpreter, and at once they would wait for each other and
    # keep a window waiting for all of them.
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> ImportSummary:
        started = time.monotonic()
        read: Queue[ImportBatch | None] = Queue(2)
        stored: Queue[InJudgement | None] = Queue(self.judges.workers + 1)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(read))
                group.create_task(self._store(read, stored))
                group.create_task(self._conclude(stored))
        except* ModeratorError as failed:
            self.broken = _first(failed)
        return self._summary(time.monotonic() - started)

    async def _read(self, read: "Queue[ImportBatch | None]") -> None:
        batches = self.export.batches()
        while (batch := await self._next(batches)) is not None:
            await read.put(batch)
        await read.put(None)

    async def _next(self, batches: Iterator[ImportBatch]) -> ImportBatch | None:
        async with self.turn:
            return await asyncio.to_thread(self._next_here, batches)

    def _next_here(self, batches: Iterator[ImportBatch]) -> ImportBatch | None:
        try:
            return next(batches, None)
        except ModeratorError as error:
            self.broken = error
            return None

    async def _store(self, read: "Queue[ImportBatch | None]", stored: "Queue[InJudgement | None]") -> None:
        while (batch := await read.get()) is not None:
            async with self.turn:
                done = await self._store_and_count(batch)
            if done.to_judge and self.judging:
                texts = [each.message for each in done.to_judge]
                judged = asyncio.ensure_future(self.judges.judge(texts))
                await stored.put((done.to_judge, judged))
            self._report()
        await stored.put(None)

    async def _store_and_count(self, batch: ImportBatch) -> Stored:
        """Both or neither: an import that is ended meanwhile still tells what it has stored."""
        storing = asyncio.ensure_future(self.intake.store(Delivery(batch.messages, batch.joins, batch.communities)))
        try:
            done = await asyncio.shield(storing)
        except asyncio.CancelledError:
            with suppress(ModeratorError):
                self._count(batch, (await storing).new)
            raise
        self._count(batch, done.new)
        return done

    async def _conclude(self, stored: "Queue[InJudgement | None]") -> None:
        while (waiting := await stored.get()) is not None:
            messages, judged = waiting
            if self.sequences is None:
                self.sequences = await self.intake.remembering(messages[0].message.date or now())
            found = await judged
            async with self.turn:
                recorded = await self.intake.conclude(messages, found, self.sequences)
            self.flagged += recorded.flagged
            self._report()

    def _count(self, batch: ImportBatch, new: int) -> None:
        self.messages += len(batch.messages)
        self.new += new
        self.joins += len(batch.joins)
        self.unsupported += batch.unsupported
        self.failed += len(batch.errors)
        self.errors += batch.errors[: max(0, LISTED_ERRORS - len(self.errors))]
        self.bytes_read = batch.bytes_read

    def _report(self) -> None:
        if self.progress is not None:
            self.progress(ImportProgress(self.bytes_read, self.export.size, self.messages, self.flagged))

    def _summary(self, seconds: float) -> ImportSummary:
        return ImportSummary(
            self.messages,
            self.new,
            self.flagged,
            self.joins,
            self.unsupported,
            self.failed,
            tuple(self.errors),
            seconds,
            self.broken,
        )


def _first(group: BaseExceptionGroup[ModeratorError]) -> ModeratorError:
    """The first error of possibly nested groups."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
