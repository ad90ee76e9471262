"""The processes around the console under measurement: the server, and a client that only listens."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Place:
    """Where a console finds its chat, in plain values: it runs in another process."""

    control: int
    chat: int
    session: str
    address: str
    public_key: str

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        return cls(**values)

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    async def ask(self, do: str, **command: Any) -> Any:
        """Have the server do something, as `live_server.Talking` offers it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.control, limit=1 << 27)
        writer.write(json.dumps({"do": do} | command).encode() + b"\n")
        answer = json.loads(await reader.readline())
        writer.close()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    async def talk(self, count: int, rate: float, every: int, seed: int) -> None:
        """Begin to have people talk, as `live_server.Talking.talk` says."""
        await self.ask("talk", chat=self.chat, count=count, rate=rate, every=every, seed=seed)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the listener heard, by message id, and its processor time so far."""

    times: dict[int, float]
    cpu: float


class Listener:
    def __init__(self, session: str) -> None:
        self._process = _started("tests.benchmarks.live_listener", stdin=subprocess.PIPE)
        self._tell(session)
        self._line()

    def heard(self) -> Heard:
        """Since it was asked last."""
        self._tell("")
        answer = json.loads(self._line())
        return Heard({int(id): at for id, at in answer["heard"].items()}, answer["cpu"])

    def end(self) -> None:
        _end(self._process)

    def _tell(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@contextmanager
def world() -> Iterator[tuple[Place, str]]:
    """A server with a large group: where its owner's console finds it, and the session of a member who listens."""
    process = _started("tests.benchmarks.live_server")
    try:
        assert process.stdout
        control = json.loads(process.stdout.readline())["control"]
        yield asyncio.run(_gathered(control))
    finally:
        _end(process)


@contextmanager
def listening(session: str) -> Iterator[Listener]:
    listener = Listener(session)
    try:
        yield listener
    finally:
        listener.end()


async def _gathered(control: int) -> tuple[Place, str]:
    nowhere = Place(control, 0, "", "", "")
    there = await nowhere.ask("gather")
    found = await nowhere.ask("environment", user=there["owner"])
    place = Place(
        control,
        there["chat"],
        found["MODERATOR_TELEGRAM_SESSION"],
        found["MODERATOR_TELEGRAM_SERVER"],
        found["MODERATOR_TELEGRAM_PUBLIC_KEY"],
    )
    return place, await nowhere.ask("session", user=there["listener"])


def _started(module: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", module], stdout=subprocess.PIPE, text=True, **options)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait()
