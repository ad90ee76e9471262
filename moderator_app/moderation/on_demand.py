"""Asks the source that holds a community for what is fetched only when somebody looks."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from moderator_app.domain.errors import TryLater
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.ports import Source

Answer = TypeVar("Answer")

# What is looked at must not crowd out what is moderated.
AT_ONCE = 2
# When to ask again whether a source has come back.
SOON_SECONDS = 5.0


class OnDemand:
    """`sources` are those that run now.

    When a source asks to wait, it is asked for nothing of this kind before that time is over.
    """

    def __init__(self, sources: Callable[[], Iterable[Source]], clock: Callable[[], float] = time.monotonic) -> None:
        self._sources, self._clock = sources, clock
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        self._held: dict[str, tuple[float, TryLater]] = {}

    async def ask(self, community: CommunityKey, asking: Callable[[Source], Awaitable[Answer] | None]) -> Answer | None:
        """What the source that holds the community answers; None where it is of a kind that cannot be asked for it.

        Raises what is raised there, and TryLater while none of the running sources knows the community yet.
        """
        for source in self._sources():
            if community in source.communities:
                async with self._turns[source.name]:
                    self._wait_for(source.name)
                    answer = asking(source)
                    return None if answer is None else await self._asked(source.name, answer)
        raise TryLater("on_demand.no_source", SOON_SECONDS)

    async def _asked(self, name: str, answer: Awaitable[Answer]) -> Answer:
        try:
            return await answer
        except TryLater as later:
            self._held[name] = self._clock() + later.seconds, later
            raise

    def _wait_for(self, name: str) -> None:
        until, asked = self._held.get(name, (0.0, None))
        left = until - self._clock()
        if asked is not None and left > 0:
            rest = {key: value for key, value in asked.parameters.items() if key != "seconds"}
            raise TryLater(asked.text_id, left, **rest)
