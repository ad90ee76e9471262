"""Keeps the cards of the current item and the next few in memory, so that the next one is painted at once."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.message import AuthorKey, Message
from moderator_app.domain.queue import AuthorRecord, Card, Conversation
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.ui.tasks import Tasks

KEPT = 64


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything the card shows of one item."""

    card: Card
    conversation: Conversation
    author: AuthorRecord | None

    @property
    def parts(self) -> tuple[Message, ...]:
        """The messages that were sent as one, in their order."""
        parts = (self.card.message, *self.card.album)
        return tuple(sorted(parts, key=lambda part: (len(part.key.message), part.key.message)))


class Cards(QObject):
    """`ready` carries an item whose card is in memory now; `failed` an item and the error."""

    ready = Signal(int)
    failed = Signal(int, object)

    def __init__(self, queue: QueueReading, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._tasks = tasks
        self._kept: OrderedDict[int, Sight] = OrderedDict()
        self._wanted: list[int] = []
        self._loading = False

    def get(self, item: int) -> Sight | None:
        return self._kept.get(item)

    def want(self, items: Sequence[int]) -> None:
        """Load `items` in their order, as far as they are not in memory; what was wanted before no longer is."""
        self._wanted = [item for item in items if item not in self._kept]
        if self._wanted and not self._loading:
            self._loading = True
            self._tasks.start(self._load())

    def forget(self, items: Collection[int]) -> None:
        for item in items:
            self._kept.pop(item, None)

    def forget_author(self, author: AuthorKey) -> None:
        """Drop the cards that show an author's record: a decision has changed it."""
        self._forget_where(lambda sight: sight.author is not None and sight.author.author.key == author)

    def forget_all(self) -> None:
        self._kept.clear()

    def _forget_where(self, stale: Callable[[Sight], bool]) -> None:
        self.forget([item for item, sight in self._kept.items() if stale(sight)])

    async def _load(self) -> None:
        try:
            while self._wanted:
                await self._load_one(self._wanted.pop(0))
        finally:
            self._loading = False

    async def _load_one(self, item: int) -> None:
        try:
            sight = await self._read(item)
        except Exception as error:
            self.failed.emit(item, error)
            return
        self._kept[item] = sight
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(item)

    async def _read(self, item: int) -> Sight:
        card = await self._queue.card(item)
        conversation = await self._queue.conversation(item)
        author = card.message.author
        return Sight(card, conversation, await self._queue.author(author.key) if author else None)
