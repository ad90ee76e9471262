"""When not to ask: a breaker for a server that fails, a pause that a server asks for, and waits that grow."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

Monotonic = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]

FAILURES = 5
FIRST_OPEN_SECONDS = 30.0
LONGEST_OPEN_SECONDS = 600.0
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 8.0


class Held(Exception):
    """Nothing may be asked for `seconds`. `asked`: because the server said so."""

    def __init__(self, seconds: float, *, asked: bool) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds
        self.asked = asked


class Breaker:
    """Opens after FAILURES failures in a row, for longer each time; then one request is let through as a probe."""

    def __init__(self, monotonic: Monotonic = time.monotonic) -> None:
        self._monotonic = monotonic
        self._failures = 0
        self._open_until = 0.0
        self._length = FIRST_OPEN_SECONDS
        self._probing = False

    @property
    def is_closed(self) -> bool:
        return self._failures < FAILURES

    def enter(self) -> None:
        """Ask to send a request, which must then be told of by `succeeded`, `failed` or `left`. Raises Held."""
        if self.is_closed:
            return
        left = self._open_until - self._monotonic()
        if left > 0 or self._probing:
            raise Held(max(left, 1.0), asked=False)
        self._probing = True

    def succeeded(self) -> None:
        self._failures, self._length, self._probing = 0, FIRST_OPEN_SECONDS, False

    def failed(self) -> None:
        was_closed, self._failures, probed = self.is_closed, self._failures + 1, self._probing
        self._probing = False
        if self.is_closed:
            return
        if was_closed or probed:
            self._open_until = self._monotonic() + self._length
            self._length = min(LONGEST_OPEN_SECONDS, self._length * 2)

    def left(self) -> None:
        """The request was given up before anything could be said of the server."""
        self._probing = False


class Pause:
    """Until when a server wants to hear nothing from anybody here."""

    def __init__(self, monotonic: Monotonic = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._until = 0.0

    def ask_for(self, seconds: float) -> None:
        self._until = max(self._until, self._monotonic() + seconds)

    async def wait(self, most: float) -> None:
        """Wait the pause out. Raises Held where that would take longer than `most` seconds."""
        while (left := self._until - self._monotonic()) > 0:
            if left > most:
                raise Held(left, asked=True)
            await self._sleep(left)


def back_off(tries: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds before the next try after so many: doubled each time, the upper half of it left to chance."""
    longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0**tries)
    return longest * (0.5 + 0.5 * chance())
