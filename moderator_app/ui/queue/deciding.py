"""Carries decisions and undos to the use case in their order, and counts down their grace on the rows."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import ConsentNeeded
from moderator_app.moderation.review import Decided, Review
from moderator_app.ui.notices import explain
from moderator_app.ui.queue.loading import Loading
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.wording import seconds_left
from moderator_app.ui.tasks import Tasks

TICK_MS = 200


@dataclass(slots=True)
class _Pending:
    case: int
    items: tuple[int, ...]
    choice: Choice
    due: datetime
    seconds: int
    acts: bool


class Deciding(QObject):
    """`came_back` carries the items on the list that are undecided again, and what the use case said of the undo;
    `failed` an item whose decision was not stored.

    `consent_wanted` carries an item and the communities in which nobody has agreed to warnings yet. `noted` carries
    what a use case had to say of a decision; `together` the item, the choice and how many messages it was for, where it
    was for several. `pending_changed`: how many decisions are in their grace, and in how many seconds
    the next one leaves.
    """

    came_back = Signal(object, object)
    failed = Signal(int)
    consent_wanted = Signal(int, str)
    noted = Signal(object)
    together = Signal(int, Choice, int)
    nothing_pending = Signal()
    undo_failed = Signal(object)
    pending_changed = Signal(int, int)

    def __init__(self, review: Review, model: QueueModel, loading: Loading, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._review = review
        self._model = model
        self._loading = loading
        self._tasks = tasks
        self._in_order = asyncio.Lock()
        self._pending: list[_Pending] = []
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._count_down)

    def decide(self, item: int, choice: Choice, *, consent: bool = False) -> None:
        """Grey the row at once; the answer of the use case follows."""
        self._model.mark(item, choice)
        self._tasks.start(self._decide(item, choice, consent), failed=lambda error: self._put_back(item, error))

    def cancel(self) -> None:
        """Take back the newest decision that is still in its grace."""
        self._tasks.start(self._cancel(), failed=self.undo_failed.emit)

    def undo(self) -> None:
        """Take back the newest decision that stands, however long ago."""
        self._tasks.start(self._undo(None), failed=self.undo_failed.emit)

    @property
    def pending(self) -> int:
        """Decisions in their grace after which something will be carried out."""
        return sum(one.acts for one in self._pending)

    async def _decide(self, item: int, choice: Choice, consent: bool) -> None:
        async with self._in_order:
            decided = await self._review.decide([item], choice, consent=consent)
        self._begin_grace(decided, choice)
        self._loading.count()
        if len(decided.items) > 1:
            self.together.emit(item, choice, len(decided.items))
        if decided.note is not None:
            self.noted.emit(decided.note)

    async def _cancel(self) -> None:
        async with self._in_order:
            self._drop_past()
            if not self._pending:
                self.nothing_pending.emit()
                return
            await self._take_back(self._pending[-1].case, pending_only=True)

    async def _undo(self, case: int | None) -> None:
        async with self._in_order:
            await self._take_back(case, pending_only=False)

    async def _take_back(self, case: int | None, *, pending_only: bool) -> None:
        undone = await self._review.undo(case, pending_only=pending_only)
        self._pending = [one for one in self._pending if one.case != undone.case]
        for item in undone.items:
            self._model.mark(item, None)
        seen = await self._loading.bring_back(undone.items)
        self._show_newest()
        self._loading.count()
        self.came_back.emit(seen, undone)

    def _begin_grace(self, decided: Decided, choice: Choice) -> None:
        left = seconds_left(decided.due)
        if left == 0:
            self._model.remove(decided.items)
            return
        acts = choice.confirms and decided.note is None
        self._pending.append(_Pending(decided.case, decided.items, choice, decided.due, left, acts))
        self._show_newest()
        self._tick.start()

    def _put_back(self, item: int, error: Exception) -> None:
        if isinstance(error, ConsentNeeded):
            self._model.mark(item, None)
            self.consent_wanted.emit(item, str(error.parameters["communities"]))
            return
        self._model.mark(item, None, error=explain(error))
        self.failed.emit(item)
        # Somebody else may have been faster.
        self._loading.look_again([item])

    def _count_down(self) -> None:
        if self._drop_past():
            self._show_newest()
        for one in self._pending:
            left = seconds_left(one.due)
            if left != one.seconds:
                one.seconds = left
                self._model.touch(one.items)
        self._announce()
        if not self._pending:
            self._tick.stop()

    def _drop_past(self) -> bool:
        """Let rows whose grace has passed leave."""
        now = datetime.now(UTC)
        past = [one for one in self._pending if one.due <= now]
        self._pending = [one for one in self._pending if one.due > now]
        for one in past:
            self._model.remove(self._still_decided(one.items))
        return bool(past)

    def _still_decided(self, items: Sequence[int]) -> list[int]:
        entries = (self._model.entry(item) for item in items)
        return [entry.row.item for entry in entries if entry is not None and entry.choice is not None]

    def _show_newest(self) -> None:
        """Write the countdowns, and on the newest decision the key that takes it back."""
        for one in self._pending:
            for item in self._still_decided(one.items):
                self._model.mark(item, one.choice, one.due, newest=one is self._pending[-1])
        self._announce()

    def _announce(self) -> None:
        soonest = min((one.seconds for one in self._pending), default=0)
        self.pending_changed.emit(len(self._pending), soonest)
