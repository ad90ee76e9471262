"""One database file: a single writer thread and read-only connections for everything else."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, Engine

from moderator_app.domain.errors import Refused, TryLater
from moderator_app.storage import schema, sqlite

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

READERS = 2
# Between two tries to write what must be written.
PATIENCE_SECONDS = 2.0


class Database:
    """Runs functions in transactions: `await database.write(work, *args)` calls `work(connection, *args)`.

    Each call is one transaction: it is committed when `work` returns and rolled back when it raises. Raises
    Refused (disk full, read-only), TryLater (locked by another process for long) and Unreadable (damaged).
    """

    def __init__(self, path: Path, until_closed: ExitStack | None = None) -> None:
        """`until_closed` is left after the file was closed."""
        self.path = path
        self._until_closed = until_closed or ExitStack()
        self._writing = sqlite.writing_engine(path)
        self._reading = sqlite.reading_engine(path)
        self._writer = ThreadPoolExecutor(1, "database-writer")
        self._readers = ThreadPoolExecutor(READERS, "database-reader")

    @classmethod
    def open(cls, path: Path) -> Self:
        """Make or migrate the file, then open it. Raises Unreadable (damaged, newer) and Refused (read-only)."""
        with sqlite.translated(path):
            schema.prepare(path)
        return cls(path)

    @classmethod
    def open_to_read(cls, path: Path) -> Self:
        """The same for a run that writes nothing: a file that is read-only is read as it is. Raises Unreadable too."""
        if not schema.is_read_only(path):
            return cls.open(path)
        with ExitStack() as stack, sqlite.translated(path):
            where = stack.enter_context(sqlite.readable(path))
            schema.prepare_to_read(where)
            return cls(where, stack.pop_all())

    async def write(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        future = self._writer.submit(lambda: _transact(self._writing, self.path, work, *args, **kwargs))
        written = asyncio.wrap_future(future)
        written.add_done_callback(_heard)
        # What was asked for is written even when the one who asked has been cancelled meanwhile.
        return await asyncio.shield(written)

    async def insist(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write what cannot be asked for again, however long the file is locked or the disk full."""
        while True:
            try:
                return await self.write(work, *args, **kwargs)
            except (TryLater, Refused) as error:
                log.warning("waiting to write: %s", error)
                await asyncio.sleep(PATIENCE_SECONDS)

    async def read(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        future = self._readers.submit(lambda: _transact(self._reading, self.path, work, *args, **kwargs))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Finish what was begun and close the file."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._reading.dispose()
        self._writing.dispose()
        self._until_closed.close()


def _heard(written: asyncio.Future[T]) -> None:
    """Take notice of a failure, which the one who asked may not be there any more to do."""
    if not written.cancelled():
        written.exception()


def _transact(
    engine: Engine, path: Path, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    with sqlite.translated(path), engine.begin() as connection:
        return work(connection, *args, **kwargs)
