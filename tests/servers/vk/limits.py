"""How many requests a second VK lets a token make."""

from __future__ import annotations

import time
from collections import defaultdict, deque

from tests.servers.vk.entities import Holder, Token
from tests.servers.vk.errors import VkError

SECOND = 1.0


class Limits:
    """`on` switches them; `most` may be changed. `refused` counts the errors 6."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.most = {Holder.USER: 3, Holder.COMMUNITY: 20, Holder.SERVICE: 3}
        self.refused = 0
        self._times: dict[str, deque[float]] = defaultdict(deque)

    def check(self, token: Token) -> None:
        """Raises VkError(6)."""
        now, times = time.monotonic(), self._times[token.value]
        while times and now - times[0] >= SECOND:
            times.popleft()
        if self.on and len(times) >= self.most[token.kind]:
            self.refused += 1
            raise VkError(6)
        times.append(now)
