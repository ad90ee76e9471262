"""Telegram on loopback in a process of its own, where many people talk at a given rate.

`python -m tests.benchmarks.live_server` prints `{"control": PORT}` when it listens; see `Talking` for what may be asked
besides the commands of `tests.servers.telegram.control`.
"""

import asyncio
import json
import signal
import sys
import time
from itertools import cycle
from typing import Any

from tests.benchmarks import chats
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.control import Control, controlled

# So many that nobody writes often enough to be held for a flood.
WRITERS = 3000
# History is made up in steps, between which clients are answered.
_STEP = 2000


class Talking(Control):
    """Times are of `time.perf_counter`, which all processes of a machine share."""

    def __init__(self, server: TelegramServer) -> None:
        super().__init__(server)
        self._sent: list[tuple[int, float]] = []
        self._talk: asyncio.Task[None] | None = None

    def gather(self) -> dict[str, Any]:
        """A supergroup of many; tells its id and those of its owner and of a member who only listens."""
        world = self._server.world
        owner, listener = world.add_user("Owner"), world.add_user("Listener")
        writers = [world.add_user(f"Writer {number}") for number in range(WRITERS)]
        chat = world.add_supergroup("Talk", owner, [listener, *writers])
        self._writers = cycle(writers)
        return {"chat": chat.id, "owner": owner.id, "listener": listener.id}

    def fill(self, chat: int, count: int, days: float) -> None:
        """Have a history written over the last so many days."""
        self._talk = asyncio.get_running_loop().create_task(self._fill(chat, count, days))

    def talk(self, chat: int, count: int, rate: float, every: int, seed: int) -> None:
        """Write so many messages, so many a second (0: as fast as can be), every n-th of them against the rules."""
        self._sent = []
        self._talk = asyncio.get_running_loop().create_task(self._say(chat, count, rate, every, seed))

    def is_done(self) -> bool:
        """Whether everything was written that was asked for."""
        if self._talk is None or not self._talk.done():
            return False
        self._talk.result()
        return True

    def sent(self) -> list[tuple[int, float]]:
        """The messages of the last talk: id and time, oldest first."""
        return self._sent

    async def _say(self, chat: int, count: int, rate: float, every: int, seed: int) -> None:
        place, lines = self._world.chats[chat], chats.talk(seed, every)
        began = time.perf_counter()
        for number in range(count):
            # To the loop even when late: what was written is to leave.
            due = began + number / rate - time.perf_counter() if rate else 0
            await asyncio.sleep(max(0.0, due))
            at = time.perf_counter()
            self._sent.append((self._world.post(place, next(self._writers), next(lines)).id, at))

    async def _fill(self, chat: int, count: int, days: float) -> None:
        place, lines = self._world.chats[chat], chats.talk(chat, chats.EVERY)
        first = time.time() - days * 86_400
        for number in range(count):
            date = int(first + number * days * 86_400 / count)
            self._world.post(place, next(self._writers), next(lines), date=date)
            if number % _STEP == 0:
                await asyncio.sleep(0)


async def _serve() -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with TelegramServer() as server, await controlled(server, commands=Talking) as control:
        sys.stdout.write(json.dumps({"control": control.sockets[0].getsockname()[1]}) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(_serve())
