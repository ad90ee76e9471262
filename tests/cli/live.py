"""`collect` as a process on a loopback Telegram, and commands beside it."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.cli.commands import ENVIRONMENT, Profile


class Live:
    """`told` are the lines it has printed."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.told: list[dict[str, Any]] = []
        self._reading = asyncio.get_running_loop().create_task(self._read())

    @property
    def states(self) -> list[str]:
        return [line["state"] for line in self.told]

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.told.append(json.loads(line))

    async def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """The exit code and what stands on stderr."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        assert self.process.stderr is not None
        errors = await self.process.stderr.read()
        await self._reading
        return await self.process.wait(), errors.decode()


@asynccontextmanager
async def collecting(profile: Path, **environment: str) -> AsyncIterator[Live]:
    command = [sys.executable, "-W", "error", "-m", "moderator_app", "--profile", str(profile), "collect"]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, env=ENVIRONMENT | environment)
    live = Live(process)
    try:
        yield live
    finally:
        await live.end(signal.SIGKILL)


async def records(profile: Profile, *arguments: str) -> list[dict[str, Any]]:
    """What another process prints, while the loop goes on."""
    return await asyncio.to_thread(profile.records, *arguments)


async def has(profile: Profile, count: int) -> list[dict[str, Any]]:
    """The queue, once it has so many rows."""
    async with asyncio.timeout(20):
        while len(found := await records(profile, "queue")) != count:
            await asyncio.sleep(0.1)
    return found
