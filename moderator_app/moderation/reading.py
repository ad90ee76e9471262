"""Reads an export for those who want its batches: a large one in a process of its own, a few batches ahead."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing
from dataclasses import replace
from itertools import islice

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.importing import Export, ImportBatch
from moderator_app.moderation import workers
from moderator_app.moderation.workers import Packed

# In bytes. Less is read sooner than a process has started, and too fast for a window to stutter.
SMALL = 1_000_000

_AHEAD = 2


# A batch and its messages again, if they came from another process: ready to be sent on.
Read = tuple[ImportBatch, Packed | None]


async def batches(export: Export) -> AsyncGenerator[Read, None]:
    """The export's batches in their order. Raises what reading it raises, after all before that place."""
    if export.size <= SMALL:
        here = export.batches()
        while (batch := await asyncio.to_thread(next, here, None)) is not None:
            yield batch, None
        return
    done = 0
    for last_try in (False, True):
        try:
            async with aclosing(_from_process(export, done)) as read:
                async for each in read:
                    done += 1
                    yield each
            return
        except BrokenProcessPool:
            # The process was killed from outside: another one goes on where it was.
            if last_try:
                raise


async def _from_process(export: Export, done: int) -> AsyncGenerator[Read, None]:
    pool = workers.pool(1, _open, export, done)
    ahead: deque[Future[_Sent]] = deque()
    try:
        while True:
            while len(ahead) < _AHEAD:
                # Handing over the first work starts the process, which takes too long for the window's thread.
                ahead.append(await asyncio.to_thread(pool.submit, _next))
            sent = await asyncio.wrap_future(ahead.popleft())
            if sent is None:
                return
            if isinstance(sent, ModeratorError):
                raise sent
            batch, packed = sent
            yield replace(batch, messages=await asyncio.to_thread(packed.messages)), packed
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


# A batch without its messages, and these; or why there are no more.
_Sent = tuple[ImportBatch, Packed] | ModeratorError | None

_batches: Iterator[ImportBatch] = iter(())


def _open(export: Export, done: int) -> None:
    global _batches
    _batches = islice(export.batches(), done, None)


def _next() -> _Sent:
    try:
        batch = next(_batches, None)
    except ModeratorError as error:
        return error
    return None if batch is None else (replace(batch, messages=()), Packed.of(batch.messages))
