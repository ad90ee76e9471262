"""Judges texts: what a source delivers live in a thread, bulk in worker processes."""

import asyncio
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import Message
from moderator_app.judging.engine import Engine
from moderator_app.moderation import workers
from moderator_app.moderation.workers import Packed

# Judging holds the interpreter's lock, and a thread that does so for long makes the window stutter: a long text does,
# many short ones let go between each other. What a source delivers at once is judged here, so that a live feed does
# not wait for processes to start.
INLINE_CHARACTERS = 20_000
INLINE_CHARACTERS_TOGETHER = 100_000
INLINE_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text rules of one book found, in the order of the messages."""

    book: RuleBook
    judged: tuple[Judged, ...]


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
        self._book = book
        if self._pool is not None:
            # What was handed over is still judged, by the book of its time.
            self._pool.shutdown(wait=False)
            self._pool = None

    async def judge(self, messages: Sequence[Message], packed: Packed | None = None) -> Judgement:
        """What the text rules find, by one book from the first message to the last. `packed` are the same messages."""
        book = self._book
        if _is_short(messages):
            return Judgement(book, await asyncio.to_thread(self._judge_here, book, messages))
        try:
            return await self._hand_over(messages, packed)
        except BrokenProcessPool:
            # A worker was killed from outside. If it happens again, it is a message that kills: it stays unjudged.
            return await self._hand_over(messages, packed)

    async def _hand_over(self, messages: Sequence[Message], packed: Packed | None) -> Judgement:
        book, pool = self._book, self._started_pool()
        try:
            # Handing over the first messages starts the processes, which takes too long for the window's thread.
            future = await asyncio.to_thread(pool.submit, _judge, packed or Packed.of(tuple(messages)))
            return Judgement(book, await asyncio.wrap_future(future))
        except BrokenProcessPool:
            if self._pool is pool:
                self.close()
            raise
        except RuntimeError:
            if self._pool is pool:
                raise
            # Other rules came before the messages were handed over.
            return await self._hand_over(messages, packed)

    async def prepare(self) -> None:
        """Have the workers start: they take most of a second to load what they judge by."""
        pool = self._started_pool()
        for _ in range(self.workers):
            with suppress(RuntimeError):
                await asyncio.to_thread(pool.submit, _judge, Packed.of(()))

    def close(self) -> None:
        """Let go of the workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _judge_here(self, book: RuleBook, messages: Sequence[Message]) -> tuple[Judged, ...]:
        with self._one_at_a_time:
            if self._engine is None or self._engine.book is not book:
                self._engine = Engine(book)
            engine = self._engine
            return engine.judge_all(messages)

    def _started_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = workers.pool(self.workers, _start, self._book)
        return self._pool


def _is_short(messages: Sequence[Message]) -> bool:
    lengths = [len(each.text) for each in messages[: INLINE_MESSAGES + 1]]
    short = max(lengths, default=0) <= INLINE_CHARACTERS and sum(lengths) <= INLINE_CHARACTERS_TOGETHER
    return short and len(lengths) <= INLINE_MESSAGES


_engine: Engine | None = None


def _start(book: RuleBook) -> None:
    global _engine
    _engine = Engine(book)
    _engine.load()


def _judge(packed: Packed) -> tuple[Judged, ...]:
    assert _engine is not None
    return _engine.judge_all(packed.messages())
