"""Owns every task that a widget starts: keeps it alive, shows its error, ends it on close."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from moderator_app.ui.notices import Notices

Result = TypeVar("Result")
Failed = Callable[[Exception], None]


class Tasks:
    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._running: set[asyncio.Task[Any]] = set()
        self._to_finish: set[asyncio.Task[Any]] = set()
        self._closed = False

    def start(
        self, work: Coroutine[Any, Any, Result], *, failed: Failed | None = None, finish: bool = False
    ) -> asyncio.Task[Result]:
        """Run `work`, unless `close` was called. Its exception goes to `failed` if given, else to the notice bar.

        `finish`: a moderator was told that it is done, so `close` waits for it.
        """
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        if finish:
            self._to_finish.add(task)
        task.add_done_callback(lambda ended: self._end(ended, failed or self._notices.report))
        if self._closed:
            # A timer of a page may still fire when what it would read is closed.
            task.cancel()
        return task

    async def close(self) -> None:
        """Wait for what is to be finished, cancel what else runs, and wait until it has ended."""
        self._closed = True
        await asyncio.gather(*self._to_finish, return_exceptions=True)
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _end(self, task: asyncio.Task[Any], failed: Failed) -> None:
        self._running.discard(task)
        self._to_finish.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if isinstance(error, Exception):
            failed(error)
