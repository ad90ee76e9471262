"""A community in memory: messages are handed over as Telegram's own source does it, and orders are carried out."""

from collections.abc import AsyncIterator

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import CommunityKey, MessageKey
from moderator_app.domain.ports import Delivery, Sighting, SightingState
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.state import ReadState
from tests.benchmarks.console_sample import PLACE


class FloodingSource:
    """`handed` takes messages; `taken` counts those that are stored and judged; `performed` are the orders."""

    name = "telegram:1"
    kinds = frozenset(ActionKind)
    communities = frozenset({PLACE})

    def __init__(self) -> None:
        self.handed = Outgoing(ReadState())
        self.taken = 0
        self.performed: list[Order] = []

    def rights(self, _community: CommunityKey) -> frozenset[ActionKind]:
        return self.kinds

    async def messages(self, _cursor: str) -> AsyncIterator[Delivery]:
        while True:
            delivery = await self.handed.take()
            yield delivery
            self.taken += len(delivery.messages)

    async def look(self, _key: MessageKey) -> Sighting:
        return Sighting(SightingState.UNKNOWN)

    async def perform(self, order: Order) -> None:
        self.performed.append(order)
