"""Imports a file: read, judged and stored in a pipeline that holds a few batches at a time."""

import asyncio
import gc
import sys
import time
from asyncio import Queue
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, field

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.importing import Export, ImportBatch, ReadError
from moderator_app.domain.ports import Delivery
from moderator_app.moderation.intake import Intake, Memory
from moderator_app.moderation.judges import Judgement, Judges
from moderator_app.moderation.reading import SMALL, batches

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


class ImportCancelled(asyncio.CancelledError):
    """The import was cancelled; `summary` tells what it had stored by then."""

    def __init__(self, summary: ImportSummary) -> None:
        super().__init__()
        self.summary = summary


Progress = Callable[[ImportProgress], None]
# A batch and, unless judging is off, what the text rules find in it.
Read = tuple[ImportBatch, asyncio.Task[Judgement] | None]


class Importing:
    """Imports one file at a time. Without judging, messages wait for the next start to be judged."""

    def __init__(self, intake: Intake, judges: Judges) -> None:
        self._intake = intake
        self._judges = judges

    async def run(self, export: Export, progress: Progress | None = None, *, judging: bool = True) -> ImportSummary:
        """Import a file. Cancelling, like a full disk, keeps what was stored so far and raises ImportCancelled."""
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

    async def run(self) -> ImportSummary:
        started = time.monotonic()
        try:
            await self._run()
        except asyncio.CancelledError:
            raise ImportCancelled(self._summary(time.monotonic() - started)) from None
        return self._summary(time.monotonic() - started)

    async def _run(self) -> None:
        if self.judging and self.export.size > SMALL:
            await self.judges.prepare()
        read: Queue[Read | None] = Queue(self.judges.workers + 1)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(read, group))
                group.create_task(self._store(read))
        except* ModeratorError as failed:
            self.broken = _first(failed)

    async def _read(self, read: "Queue[Read | None]", group: asyncio.TaskGroup) -> None:
        async with aclosing(batches(self.export)) as found:
            try:
                async for batch, packed in found:
                    judging = group.create_task(self.judges.judge(batch.messages, packed)) if self.judging else None
                    await read.put((batch, judging))
            except ModeratorError as error:
                self.broken = error
        await read.put(None)

    async def _store(self, read: "Queue[Read | None]") -> None:
        async with aclosing(self.intake.memory()) as memory:
            while (waiting := await read.get()) is not None:
                batch, judging = waiting
                judgement = await judging if judging is not None else None
                await self._store_and_count(batch, judgement, memory)
                self._report()

    async def _store_and_count(self, batch: ImportBatch, judgement: Judgement | None, memory: Memory) -> None:
        """Both or neither: an import that is ended meanwhile still tells what it has stored."""
        storing = asyncio.ensure_future(self._stored(batch, judgement, memory))
        try:
            await asyncio.shield(storing)
        except asyncio.CancelledError:
            with suppress(ModeratorError):
                self._count(batch, *await storing)
            raise
        self._count(batch, *storing.result())

    async def _stored(self, batch: ImportBatch, judgement: Judgement | None, memory: Memory) -> tuple[int, int]:
        """How many messages were new, and how many are flagged."""
        delivery = Delivery(batch.messages, batch.joins, batch.communities)
        if judgement is None:
            return (await self.intake.store(delivery)).new, 0
        stored, recorded = await self.intake.store_judged(delivery, judgement, memory)
        return stored.new, recorded.flagged

    def _count(self, batch: ImportBatch, new: int, flagged: int) -> None:
        self.messages += len(batch.messages)
        self.new += new
        self.flagged += flagged
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
