"""Plays the bundled sample chats, for trying the console without an account."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.lists import Lists, StopWord
from moderator_app.domain.message import AuthorKey, CommunityKey, Join, Message, MessageKey
from moderator_app.domain.ports import Delivery, Sighting, SightingState
from moderator_app.sources.sample_lines import Event, due, event, read
from moderator_app.sources.sample_platform import SamplePlatform

# Delivered at once at most: a delivery is one transaction of the storage.
BATCH = 200

# Seconds from one message to the next outside the bursts, as live.jsonl is written.
_WRITTEN_INTERVAL = 4.0


def history(folder: Path, now: datetime) -> tuple[Delivery, ...]:
    """What already happened at `now`, oldest first."""
    lines = sorted(read(folder / "history.jsonl"), key=due, reverse=True)
    events = [event(line, lambda ago: now - timedelta(seconds=ago)) for line in lines]
    return tuple(_delivery(events[first : first + BATCH]) for first in range(0, len(events), BATCH))


def lists(folder: Path) -> Lists:
    """The trusted and banned authors and the stop words of the sample communities."""
    found = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    return Lists(
        whitelist=frozenset(map(AuthorKey.parse, found["whitelist"])),
        blacklist=frozenset(map(AuthorKey.parse, found["blacklist"])),
        stop_words=tuple(map(StopWord, found["stop_words"])),
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SampleChat:
    """A source that is never out of reach.

    `past` is what `history` returned and the console stored. `interval` is in seconds between two messages outside
    the bursts; `delay` is how long an answer takes, as it would from a network.
    """

    name = "sample"
    kinds = frozenset(ActionKind)

    def __init__(
        self,
        folder: Path,
        past: Sequence[Delivery],
        *,
        clock: Callable[[], datetime] = _utc_now,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        interval: float = _WRITTEN_INTERVAL,
        delay: float = 0.2,
    ) -> None:
        self.communities = frozenset(community.key for delivery in past for community in delivery.communities)
        self._platform = SamplePlatform({message.key: message for delivery in past for message in delivery.messages})
        self._lines = sorted(read(folder / "live.jsonl"), key=due)
        self._start: datetime | None = None
        self._clock = clock
        self._sleep = sleep
        self._pace = interval / _WRITTEN_INTERVAL
        self._delay = delay

    def rights(self, community: CommunityKey) -> frozenset[ActionKind]:
        return self.kinds

    async def messages(self, cursor: str) -> AsyncIterator[Delivery]:
        """Deliver the live lines after `cursor`, which counts them, each when it is due."""
        done = int(cursor or 0)
        start = self._started(done)
        for number, line in enumerate(self._lines[done:], done + 1):
            await self._wait(start + self._after(due(line)))
            happened = event(line, lambda after: start + self._after(after))
            if self._platform.admit(happened, self._clock()):
                yield _delivery([happened], cursor=str(number))
        await asyncio.Event().wait()

    async def look(self, key: MessageKey) -> Sighting:
        await self._sleep(self._delay)
        message = self._platform.find(key)
        if message is None:
            return Sighting(SightingState.GONE)
        return Sighting(SightingState.PRESENT, message.text, message.edited)

    async def perform(self, order: Order) -> None:
        await self._sleep(self._delay)
        self._platform.perform(order, self._clock())

    def _started(self, done: int) -> datetime:
        """When the first line was due. A stream opened again gets at once what it missed."""
        if self._start is None:
            self._start = self._clock() - self._after(due(self._lines[done - 1]) if done else 0.0)
        return self._start

    def _after(self, seconds: float) -> timedelta:
        return timedelta(seconds=seconds * self._pace)

    async def _wait(self, until: datetime) -> None:
        seconds = (until - self._clock()).total_seconds()
        if seconds > 0:
            await self._sleep(seconds)


def _delivery(events: Sequence[Event], cursor: str = "") -> Delivery:
    return Delivery(
        messages=tuple(happened.what for happened in events if isinstance(happened.what, Message)),
        joins=tuple(happened.what for happened in events if isinstance(happened.what, Join)),
        communities=tuple(dict.fromkeys(happened.community for happened in events)),
        cursor=cursor,
    )
