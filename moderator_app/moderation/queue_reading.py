"""The review queue as screens and commands read it: its pages, and what there is to know about an item."""

from collections.abc import Collection

from moderator_app.domain.context import Context, Spoken
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey
from moderator_app.domain.queue import (
    AuthorRecord,
    Card,
    Closed,
    CommunityQueue,
    Conversation,
    QueueEntry,
    QueuePage,
    QueueRow,
)
from moderator_app.domain.reach import Reach
from moderator_app.domain.traits import EVERYTHING, QueueFilter
from moderator_app.storage import authors, context, queue, reach
from moderator_app.storage.database import Database


class QueueReading:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self,
        after: tuple[float, int] | None = None,
        limit: int = 200,
        revision: int | None = None,
        wanted: QueueFilter = EVERYTHING,
    ) -> QueuePage:
        """The open items behind `after` that are wanted; with a `revision`, only those that had entered by then."""
        return await self._database.read(queue.page, after, limit, revision, wanted)

    async def waiting(self) -> int:
        """The number of open items."""
        return await self._database.read(queue.waiting)

    async def entries(self, limit: int, after: tuple[float, int] | None = None) -> tuple[QueueEntry, ...]:
        """The open items behind `after` with whole texts and findings."""
        return await self._database.read(queue.entries, limit, after)

    async def rows(self, items: Collection[int]) -> tuple[QueueRow, ...]:
        """The rows of those of `items` that are still open, whether or not they stand for their campaigns."""
        return await self._database.read(queue.rows_of, items)

    async def standing_for(self, items: Collection[int] = (), campaigns: Collection[int] = ()) -> tuple[QueueRow, ...]:
        """The rows of the queue that stand for open ones of `items`, and for `campaigns` of which something is open."""
        return await self._database.read(queue.standing_for, items, campaigns)

    async def closed(self, items: Collection[int]) -> tuple[Closed, ...]:
        """Who decided what about those of `items` that have left the queue by a decision."""
        return await self._database.read(queue.closed, items)

    async def newer(self, revision: int, wanted: QueueFilter = EVERYTHING) -> int:
        """The number of wanted open items that entered after the revision."""
        return await self._database.read(queue.newer, revision, wanted)

    async def communities(self) -> tuple[CommunityQueue, ...]:
        """The communities in which something waits, the fullest first."""
        return await self._database.read(queue.by_community)

    async def card(self, item: int) -> Card:
        """Everything about an item. Raises Refused for an unknown one."""
        card = await self._database.read(queue.card, item)
        if card is None:
            raise Refused("queue.unknown_item", item=str(item))
        return card

    async def conversation(self, item: int, before: int = 5, after: int = 5) -> Conversation:
        """What was said around an item. Raises Refused for an unknown one."""
        conversation = await self._database.read(queue.conversation, item, before, after)
        if conversation is None:
            raise Refused("queue.unknown_item", item=str(item))
        return conversation

    async def reach(self, items: Collection[int]) -> Reach:
        """Whom a decision on `items` and their campaigns would reach."""
        return await self._database.read(reach.of_open, items)

    async def author(self, key: AuthorKey) -> AuthorRecord:
        return await self._database.read(authors.record_of, key)

    async def context(self, item: int, before: int = 20, after: int = 20) -> Context:
        """What was said around an item, with what became of each message. Raises Refused for an unknown one."""
        found = await self._database.read(context.around, item, before, after)
        if found is None:
            raise Refused("queue.unknown_item", item=str(item))
        return found

    async def group(self, item: int) -> tuple[Spoken, ...]:
        """The open messages of an item's campaign, those that stand apart at the end."""
        return await self._database.read(context.group, item)
