"""Judges texts: one live message in a thread, bulk in worker processes."""

import asyncio
import copyreg
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields
from operator import attrgetter
from typing import Any

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import Author, AuthorKey, Message, MessageKey
from moderator_app.domain.verdict import Finding
from moderator_app.judging.engine import Engine

# Judging holds the interpreter's lock, and a thread that does so for long makes the window stutter. Up to this many
# characters cost about a millisecond.
INLINE_CHARACTERS = 20_000
INLINE_MESSAGES = 20

# Of the worker processes, on the scale of Unix.
NICENESS = 10


def _send_as_arguments(kind: type[Any]) -> None:
    """Have values of a dataclass pickled as a call: its own way takes three times as long, in the window's process."""
    names = tuple(field.name for field in fields(kind))
    values = attrgetter(*names)
    copyreg.pickle(kind, lambda value: (kind, values(value)))


for _kind in (Message, MessageKey, Author, AuthorKey, Judged, Finding):
    _send_as_arguments(_kind)


class Judges:
    """Applies the text rules of one rule book. Made in the event loop's thread; starts no process before bulk comes."""

    def __init__(self, book: RuleBook, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._book = book
        self._engine: Engine | None = None
        self._one_at_a_time = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    @property
    def book(self) -> RuleBook:
        return self._book

    def use(self, book: RuleBook) -> None:
        """Judge by another book from the next call on."""
        self._book, self._engine = book, None
        if self._pool is not None:
            # What was handed over is still judged, by the book of its time.
            self._pool.shutdown(wait=False)
            self._pool = None

    async def judge(self, messages: Sequence[Message]) -> tuple[Judged, ...]:
        """What the text rules find, in the order given."""
        if len(messages) <= INLINE_MESSAGES and sum(len(each.text) for each in messages) <= INLINE_CHARACTERS:
            return await asyncio.to_thread(self._judge_here, messages)
        return await self.judge_in_bulk(messages)

    async def judge_in_bulk(self, messages: Sequence[Message]) -> tuple[Judged, ...]:
        """The same in a worker process, whatever the size."""
        try:
            return await self._hand_over(messages)
        except BrokenProcessPool:
            # A worker was killed from outside. If it happens again, it is a message that kills: it stays unjudged.
            return await self._hand_over(messages)

    async def _hand_over(self, messages: Sequence[Message]) -> tuple[Judged, ...]:
        pool = self._started_pool()
        try:
            # Handing over the first messages starts the processes, which takes too long for the window's thread.
            future = await asyncio.to_thread(pool.submit, _judge, tuple(messages))
            return await asyncio.wrap_future(future)
        except BrokenProcessPool:
            if self._pool is pool:
                self.close()
            raise

    def close(self) -> None:
        """Let go of the workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _judge_here(self, messages: Sequence[Message]) -> tuple[Judged, ...]:
        with self._one_at_a_time:
            if self._engine is None:
                self._engine = Engine(self._book)
            engine = self._engine
            return tuple(engine.judge(message) for message in messages)

    def _started_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: a fork would copy the window's threads half-way through their work.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.workers, context, initializer=_start, initargs=(self._book,))
        return self._pool


_engine: Engine | None = None


def _start(book: RuleBook) -> None:
    global _engine
    # Ctrl+C on the terminal reaches the whole group; the parent decides when the workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        # The window goes first.
        os.nice(NICENESS)
    _engine = Engine(book)
    # The engine stays as it is: looking through it for garbage is time lost.
    gc.freeze()


def _end_with_parent() -> None:
    """A parent that was killed could not say that no more work will come."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge(messages: tuple[Message, ...]) -> tuple[Judged, ...]:
    assert _engine is not None
    return tuple(_engine.judge(message) for message in messages)
