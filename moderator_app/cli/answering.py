"""Hands over what somebody at the terminal of `collect` types, where a platform asks a human something."""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from moderator_app.app import App
from moderator_app.domain.ports import AskingSource

_MOST_BYTES = 4096
_AGAIN_SECONDS = 1.0


async def hear_answers(app: App) -> None:
    """For ever. Without a terminal nobody can answer here: the decision may be made once more."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    listening = _Listening(lines.put_nowait) if sys.stdin is not None and sys.stdin.isatty() else None
    try:
        while True:
            await _hand_over(app, (await lines.get()).strip())
    finally:
        if listening is not None:
            listening.end()


async def _hand_over(app: App, text: str) -> None:
    asking = next((each for each in app.sources if isinstance(each, AskingSource) and each.question is not None), None)
    if asking is not None:
        await app.outbox.answer(asking, text)


class _Listening:
    """Calls `heard` with each line that is typed, until `end`. A thread that reads could not be stopped."""

    def __init__(self, heard: Callable[[str], None]) -> None:
        self._heard, self._loop, self._file = heard, asyncio.get_running_loop(), sys.stdin.fileno()
        self._later: asyncio.TimerHandle | None = None
        self._begin()

    def end(self) -> None:
        if self._later is not None:
            self._later.cancel()
        with suppress(NotImplementedError):
            self._loop.remove_reader(self._file)

    def _begin(self) -> None:
        # Windows has none for a console.
        with suppress(NotImplementedError):
            self._loop.add_reader(self._file, self._read)

    def _read(self) -> None:
        if not self._is_ours():
            self._loop.remove_reader(self._file)
            self._later = self._loop.call_later(_AGAIN_SECONDS, self._begin)
            return
        typed = b""
        with suppress(OSError):
            typed = os.read(self._file, _MOST_BYTES)
        if typed:
            self._heard(typed.decode("utf-8", "replace"))
        else:
            # The terminal is gone.
            self._loop.remove_reader(self._file)

    def _is_ours(self) -> bool:
        """Whether what is typed is meant for this program: behind a shell's back it would be stopped for reading."""
        try:
            return os.tcgetpgrp(self._file) == os.getpgrp()
        except OSError:
            return True
