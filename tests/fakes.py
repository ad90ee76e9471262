"""Stand-ins at the ports: a platform in memory and a clock that is set."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from datetime import datetime, timedelta
from typing import Any

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import CommunityKey, Message, MessageKey
from moderator_app.domain.ports import Delivery, Sighting, SightingState
from tests.builders import NOON


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **passed: float) -> None:
        self.moment += timedelta(**passed)


class FakeSource:
    """A platform whose messages and effects a test can read.

    `answers` are raised by the next calls of `perform`, one each; None performs. `before_answer` is awaited after the
    effect and before the answer, where a test can lose the answer. `forbidden` kinds the account may not do in a
    community.
    """

    name = "fake"
    kinds = frozenset(ActionKind)

    def __init__(self, *communities: CommunityKey, messages: Iterable[Message] = ()) -> None:
        self.communities = frozenset(communities)
        self.shown = {message.key: message for message in messages}
        self.deliveries: asyncio.Queue[Delivery] = asyncio.Queue()
        self.answers: list[ModeratorError | Exception | None] = []
        self.performed: list[Order] = []
        self.effects: dict[int, Order] = {}
        self.before_answer: Callable[[Order], Coroutine[Any, Any, None]] | None = None
        self.cursors: list[str] = []
        self.forbidden: dict[CommunityKey, frozenset[ActionKind]] = {}

    def rights(self, community: CommunityKey) -> frozenset[ActionKind]:
        return self.kinds - self.forbidden.get(community, frozenset())

    def post(self, *messages: Message, cursor: str = "") -> None:
        """Messages appear on the platform and are delivered."""
        self.shown |= {message.key: message for message in messages}
        self.deliveries.put_nowait(Delivery(messages, cursor=cursor))

    async def messages(self, cursor: str) -> AsyncIterator[Delivery]:
        self.cursors.append(cursor)
        while True:
            yield await self.deliveries.get()

    async def look(self, key: MessageKey) -> Sighting:
        message = self.shown.get(key)
        if message is None:
            return Sighting(SightingState.GONE)
        return Sighting(SightingState.PRESENT, message.text, message.edited)

    async def perform(self, order: Order) -> None:
        self.performed.append(order)
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        # A real platform takes a repeated request with the same key for the same request.
        self.effects.setdefault(order.idempotency_key, order)
        if order.kind is ActionKind.DELETE:
            self.shown.pop(order.message, None)
        if self.before_answer is not None:
            await self.before_answer(order)

    def effects_of(self, kind: ActionKind) -> list[Order]:
        return [order for order in self.effects.values() if order.kind is kind]
