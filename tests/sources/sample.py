"""The bundled sample chats and a time that passes only when somebody sleeps."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import AuthorKey, MessageKey
from moderator_app.domain.ports import Delivery
from moderator_app.paths import resources
from moderator_app.sources.sample_chat import SampleChat, history

FOLDER = resources() / "demo"
NOW = datetime(2025, 5, 17, 12, 0, tzinfo=UTC)

_idempotency_keys = count(1)


class Time:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.naps: list[float] = []

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += timedelta(seconds=seconds)


def sample_chat(time: Time, interval: float = 4.0, delay: float = 0.2) -> SampleChat:
    past = history(FOLDER, time.now)
    return SampleChat(FOLDER, past, clock=time.clock, sleep=time.sleep, interval=interval, delay=delay)


async def rest(stream: AsyncIterator[Delivery], last: str) -> list[Delivery]:
    """What the stream yields up to the delivery whose cursor is `last`."""
    deliveries = []
    async for delivery in stream:
        deliveries.append(delivery)
        if delivery.cursor == last:
            break
    return deliveries


def order(kind: ActionKind, message: MessageKey, author: AuthorKey, length: int | None = None) -> Order:
    return Order(
        action=1,
        kind=kind,
        message=message,
        author=author.author,
        idempotency_key=next(_idempotency_keys),
        length=length,
    )
