"""Processes of our own for what would keep the window's interpreter busy, and what travels between them."""

import copyreg
import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Self

from moderator_app.domain.importing import ImportBatch, ReadError
from moderator_app.domain.likeness import Likeness
from moderator_app.domain.message import Author, Community, Join, Message

# New objects, then young and middle-aged collections, between two searches for garbage.
_BETWEEN_COLLECTIONS = (50_000, 20, 100)

# Of the worker processes, on the scale of Unix.
NICENESS = 10


def pool(processes: int, start: Callable[..., None], *arguments: Any) -> ProcessPoolExecutor:
    """Worker processes that call `start(*arguments)` first. None is started before there is work.

    Spawned, not forked: a fork would copy the window's threads half-way through their work.
    """
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, context, initializer=_start, initargs=(start, arguments))


def _start(start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    # Ctrl+C on the terminal reaches the whole group; the parent decides when the workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        # The window goes first.
        os.nice(NICENESS)
    start(*arguments)
    collect_rarely()


def collect_rarely() -> None:
    """Let Python look for cyclic garbage once in some batches: messages leave none behind, and looking takes time."""
    # What is made by now stays for ever: no collection need look at it.
    gc.freeze()
    gc.set_threshold(*_BETWEEN_COLLECTIONS)


def _end_with_parent() -> None:
    """A parent that was killed could not say that no more work will come."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Packed:
    """Messages made ready for another process once, however many they are handed to."""

    content: bytes

    @classmethod
    def of(cls, messages: tuple[Message, ...]) -> Self:
        return cls(pickle.dumps(messages, pickle.HIGHEST_PROTOCOL))

    def messages(self) -> tuple[Message, ...]:
        unpacked: tuple[Message, ...] = pickle.loads(self.content)
        return unpacked


def _send_as_arguments(kind: type[Any]) -> None:
    """Have values of a dataclass pickled as a call: its own way takes three times as long, in the window's process."""
    values = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda value: (kind, values(value)))


for _kind in (
    Message, Author, Community, Join, ImportBatch, ReadError, Likeness,
):  # fmt: skip
    _send_as_arguments(_kind)
