"""What was read and waits to be stored: bounded, in the order it came, several together."""

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields

from moderator_app.domain.ports import Delivery
from moderator_app.sources.telegram.state import ReadState

# Who brings more waits.
MOST_WAITING = 200
# One delivery is one transaction of the storage.
MOST_TOGETHER = 200
# What comes sooner after the last delivery waits for the rest of this time for others to come along: at 20 messages a
# second that halves the processor time, and nobody sees it.
REST_SECONDS = 0.1

_PARTS = tuple(field.name for field in fields(Delivery) if field.name != "cursor")


class Outgoing:
    """`state` is how far everything was handed over that counts as read."""

    def __init__(self, state: ReadState) -> None:
        self.state = state
        self._waiting: deque[tuple[Delivery, Mapping[str, int]]] = deque()
        self._put = self._stored = 0
        # Of all that waits.
        self._messages = 0
        self._taken = -REST_SECONDS
        # How many want to go on when all is stored.
        self._hurried = 0
        self._changed = asyncio.Condition()
        self._ended: Exception | None = None

    async def put(self, delivery: Delivery, read: Mapping[str, int] | None = None) -> None:
        """Hand over, and with it how far chats are read in full once it is stored; waits while too much waits."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._waiting) < MOST_WAITING)
            self._waiting.append((delivery, read or {}))
            self._messages += len(delivery.messages)
            self._put += 1
            self._changed.notify_all()

    async def end(self, error: Exception) -> None:
        """Nothing more comes: raised by `take` once all before it was taken."""
        async with self._changed:
            self._ended = error
            self._changed.notify_all()

    async def take(self) -> Delivery:
        """All that waits, as far as it fits in one delivery; what was taken before is stored by now."""
        async with self._changed:
            self._stored = self._put - len(self._waiting)
            self._changed.notify_all()
            await self._changed.wait_for(lambda: self._waiting or self._ended)
            if not self._waiting:
                assert self._ended is not None
                raise self._ended
            await self._rest()
            self._taken = asyncio.get_running_loop().time()
            return self._together()

    async def settled(self) -> None:
        """Wait until everything that was put until now is stored."""
        last = self._put
        async with self._changed:
            self._hurried += 1
            self._changed.notify_all()
            try:
                await self._changed.wait_for(lambda: self._stored >= last)
            finally:
                self._hurried -= 1

    async def _rest(self) -> None:
        """Let others come along, unless enough are there or somebody waits for them."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._taken + REST_SECONDS):
                await self._changed.wait_for(lambda: self._hurried or self._ended or self._is_full)

    @property
    def _is_full(self) -> bool:
        return self._messages >= MOST_TOGETHER or len(self._waiting) >= MOST_WAITING

    def _together(self) -> Delivery:
        found: list[Delivery] = []
        news = False
        size = 0
        while self._waiting and (not found or size + len(self._waiting[0][0].messages) <= MOST_TOGETHER):
            delivery, read = self._waiting.popleft()
            news = self.state.advance(read) or news
            size += len(delivery.messages)
            found.append(delivery)
        self._messages -= size
        self._changed.notify_all()
        return _merged(found, self.state.dump() if news else "")


def _merged(found: list[Delivery], cursor: str) -> Delivery:
    parts = {name: tuple(each for delivery in found for each in getattr(delivery, name)) for name in _PARTS}
    return Delivery(**parts, cursor=cursor)
