"""`moderator-app collect` in a process of its own, killed and started again at will; and what it has stored."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import create_engine, func, select

from moderator_app.app import DATABASE
from moderator_app.storage.tables import community, message

ROOT = Path(__file__).parents[2]

Shown = dict[tuple[str, str], str]


class Collecting:
    """`said` collects what it prints, a line for each change of a source."""

    def __init__(self, profile: Path, environment: dict[str, str]) -> None:
        self.environment = environment
        self._profile = profile
        self._process: asyncio.subprocess.Process | None = None

    @property
    def said(self) -> str:
        printed = self._profile / "said.jsonl"
        return printed.read_text(encoding="utf-8") if printed.exists() else ""

    async def start(self) -> None:
        command = [sys.executable, "-m", "moderator_app", "--profile", str(self._profile), "collect"]
        self._profile.mkdir(parents=True, exist_ok=True)
        with (self._profile / "said.jsonl").open("ab") as said, (self._profile / "errors.txt").open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, env=os.environ | self.environment, stdout=said, stderr=errors
            )

    async def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(by)
        await self._process.wait()


def stored(profile: Path) -> Shown:
    """The texts of the messages that are not known to be gone, by community and id."""
    if not (profile / DATABASE).exists():
        return {}
    query = select(community.c.community, message.c.message, message.c.text).join_from(message, community)
    engine = create_engine(f"sqlite:///{profile / DATABASE}")
    with engine.connect() as connection:
        found = {(row[0], row[1]): row[2] for row in connection.execute(query.where(~message.c.deleted))}
    engine.dispose()
    return found


def rows(profile: Path) -> tuple[int, int]:
    """How many messages are stored, and how many different ones."""
    engine = create_engine(f"sqlite:///{profile / DATABASE}")
    different = select(message.c.community_id, message.c.message).distinct().subquery()
    with engine.connect() as connection:
        kept = connection.execute(select(func.count()).select_from(message)).scalar_one()
        keys = connection.execute(select(func.count()).select_from(different)).scalar_one()
    engine.dispose()
    return kept, keys


async def until(condition: Callable[[], object], seconds: float) -> None:
    """Wait for what another process brings about. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)
