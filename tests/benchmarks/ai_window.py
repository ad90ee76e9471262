"""The window while AI is asked about what arrives."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from moderator_app.app import App
from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import Author, AuthorKey, CommunityKey, Message, MessageKey, Platform
from moderator_app.domain.ports import Delivery, Sighting, SightingState
from moderator_app.storage import ai_candidates
from tests.benchmarks import chats
from tests.benchmarks.live_console import Caller, NotingDelegate, until
from tests.benchmarks.window import Console, Ticks, drive

PLACE = CommunityKey(Platform.TELEGRAM, "100")
RATE, ROWS = 20, 400
FLOOD_RATE, FLAGGED_EVERY = 500, 50
# So many that nobody writes often enough to be held for a flood.
WRITERS = 3000
_WARM_UP = 100
_WIDTH, _HEIGHT = 1280, 1600
_SECONDS = {"well": 0.0, "slow": 4.0, "dead": 3600.0, "2 s": 2.0}
_PLENTY = {"ai.budget.requests_per_day": "1000000", "ai.budget.requests_per_month": "30000000"}


class Taking(Protocol):
    async def put(self, delivery: Delivery, /) -> None: ...


class Hearing(Protocol):
    """What messages are handed over to."""

    @property
    def handed(self) -> Taking: ...


class Stream:
    """A source that hands over what the benchmark puts into it, and notes when that was taken in."""

    name = "telegram:1"
    kinds = frozenset(ActionKind)
    communities = frozenset({PLACE})

    def __init__(self) -> None:
        self.handed: asyncio.Queue[Delivery] = asyncio.Queue(1)
        self.taken = 0

    def rights(self, _community: CommunityKey) -> frozenset[ActionKind]:
        return self.kinds

    async def messages(self, _cursor: str) -> AsyncIterator[Delivery]:
        while True:
            delivery = await self.handed.get()
            yield delivery
            self.taken += len(delivery.messages)

    async def look(self, _key: MessageKey) -> Sighting:
        return Sighting(SightingState.UNKNOWN)

    async def perform(self, _order: Order) -> None:
        raise AssertionError


def arrival(profile: str, ai: str) -> list[float]:
    """Milliseconds from each message's arrival to the painting of its row."""

    async def driver(console: Console) -> list[float]:
        await until(lambda: running)
        rows = NotingDelegate(console.queue.view)
        console.queue.view.setItemDelegate(rows)
        console.window.resize(_WIDTH, _HEIGHT)
        stream = running[0][1]
        await talk(stream, _WARM_UP, RATE, _WARM_UP + 1, {}, first=1)
        Caller(console.queue)
        sent: dict[int, float] = {}
        await talk(stream, ROWS, RATE, 1, sent, first=_WARM_UP + 1)
        await asyncio.sleep(3.0)
        return [(rows.painted[id] - at) * 1000 for id, at in sent.items() if id in rows.painted]

    with _asking(ai) as (running, connect):
        return drive(Path(profile), driver, connect)


def flood(profile: str, ai: str, seconds: int) -> tuple[list[float], int, int]:
    """How late each tick came, how many messages were taken in, and how many wait for AI in the end."""

    async def driver(console: Console) -> tuple[list[float], int, int]:
        await until(lambda: running)
        app, stream = running[0]
        await talk(stream, _WARM_UP, FLOOD_RATE, FLAGGED_EVERY, {}, first=1)
        ticks = Ticks(console.window)
        await talk(stream, FLOOD_RATE * seconds, FLOOD_RATE, FLAGGED_EVERY, {}, first=_WARM_UP + 1)
        late = ticks.stop()
        await until(lambda: stream.handed.empty())
        waiting = await app.database.read(ai_candidates.waiting, 20_000)
        return late, stream.taken, len(waiting)

    with _asking(ai) as (running, connect):
        return drive(Path(profile), driver, connect)


@contextmanager
def _asking(ai: str) -> Iterator[tuple[list[tuple[App, Stream]], Any]]:
    """A server in a process of its own, and what connects the window to the stream and to it."""
    running: list[tuple[App, Stream]] = []

    async def connect(app: App) -> None:
        for key, value in _PLENTY.items():
            app.preferences.set(key, value)
        if ai != "off":
            await app.preferences.set_any("ai.which", "all")
            await app.preferences.set_any("ai.enabled", "on")
            await app.use_new_rules()
        stream = Stream()
        await app.use_sources([stream])
        running.append((app, stream))

    if ai == "off":
        yield running, connect
        return
    command = [sys.executable, "-m", "tests.servers.openai", "--seconds", str(_SECONDS[ai])]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        port = json.loads(server.stdout.readline())["port"]
        os.environ["OPENAI_BASE_URL"] = f"http://127.0.0.1:{port}/v1"
        try:
            yield running, connect
        finally:
            server.kill()


async def talk(stream: Hearing, count: int, rate: int, every: int, sent: dict[int, float], *, first: int) -> None:
    """Hand messages over at a rate, every n-th against the rules; `sent` gets when each was due."""
    lines = chats.talk(first, every)
    together = max(1, rate // 50)
    began = time.perf_counter()
    for start in range(0, count, together):
        due = began + start / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        numbers = range(first + start, first + min(start + together, count))
        sent |= dict.fromkeys(numbers, time.perf_counter())
        await stream.handed.put(Delivery(tuple(_message(number, next(lines)) for number in numbers)))


def _message(number: int, text: str) -> Message:
    writer = number % WRITERS
    author = Author(AuthorKey(Platform.TELEGRAM, str(1000 + writer)), f"Member {writer}")
    return Message(MessageKey(Platform.TELEGRAM, PLACE.community, str(number)), text, datetime.now(UTC), author)
