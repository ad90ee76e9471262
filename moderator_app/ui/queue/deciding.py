"""Carries decisions and undos to the use case in their order, and counts down their grace on the rows."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from moderator_app.domain.canned import USUAL_SNOOZE
from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import ConsentNeeded
from moderator_app.domain.reach import ConfirmationNeeded
from moderator_app.moderation.review import Decided, Review, Undone
from moderator_app.moderation.snoozing import Snoozing
from moderator_app.ui.notices import explain
from moderator_app.ui.queue.loading import Loading
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.wording import seconds_left
from moderator_app.ui.tasks import Tasks

TICK_MS = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What one key asks for; of several `items` those are left out that cannot be decided so.

    `messages` are decided by their numbers in the store, wherever they stand; then there are no `items`.
    """

    items: tuple[int, ...]
    choice: Choice
    reason: str = ""
    consent: bool = False
    confirmed: bool = False
    whole_group: bool = True
    messages: tuple[int, ...] = ()


@dataclass(slots=True)
class Made:
    """A decision as this screen made it. `case` is None until it is stored, and if it never is."""

    wish: Wish
    case: int | None = None
    items: tuple[int, ...] = ()
    due: datetime | None = None
    # Its length, its reason.
    more: str = ""


@dataclass(slots=True)
class _Pending:
    made: Made
    due: datetime
    seconds: int
    acts: bool


class Deciding(QObject):
    """`stored`: a decision was. `came_back` carries the items on the list that are undecided again, and what the use
    case said of the undo; `failed` an item whose decision was not stored.

    `consent_wanted` carries a wish and the communities in which nobody has agreed to warnings yet, `confirm_wanted` a
    wish and whom it would reach. `noted` carries what a use case had to say of a decision; `together` the item, the
    choice and how many messages it was for, where it was for several; `snoozed` what was put off and until when; `left`
    how many stay open, and why the first of them does. `pending_changed`: how many decisions are in their grace, and in
    how many seconds the next one leaves.
    """

    stored = Signal()
    came_back = Signal(object, object)
    failed = Signal(int)
    consent_wanted = Signal(object, str)
    confirm_wanted = Signal(object, object)
    noted = Signal(object)
    together = Signal(int, Choice, int)
    snoozed = Signal(object, object)
    left = Signal(int, object)
    nothing_pending = Signal()
    undo_failed = Signal(object)
    pending_changed = Signal(int, int)

    def __init__(
        self,
        review: Review,
        snoozing: Snoozing,
        model: QueueModel,
        loading: Loading,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._snoozing = snoozing
        self._model = model
        self._loading = loading
        self._tasks = tasks
        self._in_order = asyncio.Lock()
        self._pending: list[_Pending] = []
        self._unstored: list[Made] = []
        # What this screen did, oldest first: items that it put off, None for a decision.
        self._trail: list[tuple[int, ...] | None] = []
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._count_down)

    def decide(self, wish: Wish, store: Callable[[], Awaitable[Decided]] | None = None) -> Made:
        """Grey the rows at once; the answer of the use case follows, or of what is to `store` it in its place."""
        made = Made(wish, more=wish.reason)
        for item in wish.items:
            self._model.mark(item, wish.choice, more=made.more)
        self._unstored.append(made)
        self._tasks.start(self._decide(made, store), failed=lambda error: self._put_back(wish, error), finish=True)
        return made

    def snooze(self, items: tuple[int, ...], seconds: float = USUAL_SNOOZE) -> None:
        """Put items off: their rows leave at once."""
        self._model.remove(items)
        self._tasks.start(
            self._snooze(items, seconds), failed=lambda error: self._stay_awake(items, error), finish=True
        )

    def amend(self, change: Callable[[], Awaitable[object]]) -> None:
        """Say more about a decision, after what was asked for before; what is refused is told as of an undo."""
        self._tasks.start(self._amend(change), failed=self.undo_failed.emit, finish=True)

    def tell(self, made: Made, said: str) -> None:
        """Have the rows say what was chosen besides."""
        made.more = ", ".join(part for part in (made.more, said) if part)
        self._show_newest()

    def cancel(self) -> None:
        """Take back the newest decision that is still in its grace."""
        self._tasks.start(self._cancel(), failed=self.undo_failed.emit, finish=True)

    def undo(self, case: int | None = None) -> None:
        """Take back a case, or the newest decision that stands, however long ago."""
        self._tasks.start(self._undo(case), failed=self.undo_failed.emit, finish=True)

    @property
    def pending(self) -> int:
        """Decisions in their grace after which something will be carried out, those that are just being stored too."""
        unstored = sum(made.wish.choice.confirms for made in self._unstored)
        return unstored + sum(one.acts for one in self._pending)

    async def settled(self) -> None:
        """Wait until what was decided by now is stored."""
        async with self._in_order:
            pass

    async def _snooze(self, items: tuple[int, ...], seconds: float) -> None:
        async with self._in_order:
            taken, until = await self._snoozing.snooze(items, seconds)
            if not self._trail or self._trail[-1] != taken:
                self._trail.append(taken)
        self._loading.count()
        self.snoozed.emit(taken, until)

    def _stay_awake(self, items: tuple[int, ...], error: Exception) -> None:
        self.undo_failed.emit(error)
        self._tasks.start(self._loading.bring_back(items))

    async def _wake(self) -> bool:
        """Whether the last thing done here was to put something off, which is undone then."""
        if not self._trail or self._trail[-1] is None:
            return False
        items = self._trail.pop() or ()
        await self._snoozing.wake(items)
        seen = await self._loading.bring_back(items)
        self._loading.count()
        self.came_back.emit(seen, Undone(0, items))
        return True

    async def _decide(self, made: Made, store: Callable[[], Awaitable[Decided]] | None) -> None:
        wish = made.wish
        try:
            async with self._in_order:
                decided = await (store() if store is not None else self._store(wish))
                made.case, made.items, made.due = decided.case, decided.items, decided.due
                self._trail.append(None)
        finally:
            self._unstored.remove(made)
        for item in decided.items if not wish.items else ():
            self._model.mark(item, wish.choice)
        self._begin_grace(made, decided)
        self._loading.count()
        self._leave_open(wish, decided)
        if len(decided.items) > 1:
            self.together.emit(wish.items[0] if wish.items else 0, wish.choice, len(decided.items))
        self.stored.emit()
        if decided.note is not None:
            self.noted.emit(decided.note)

    async def _store(self, wish: Wish) -> Decided:
        if wish.messages:
            return await self._review.decide_messages(
                wish.messages, wish.choice, reason=wish.reason, consent=wish.consent, confirmed=wish.confirmed
            )
        return await self._review.decide(
            wish.items,
            wish.choice,
            reason=wish.reason,
            partly=len(wish.items) > 1,
            whole_group=wish.whole_group,
            consent=wish.consent,
            confirmed=wish.confirmed,
        )

    def _leave_open(self, wish: Wish, decided: Decided) -> None:
        """Rows of a selection that could not be decided so are undecided again, each with its reason."""
        stay = set(wish.items) - set(decided.items)
        for item in stay:
            self._model.mark(item, None)
        self._loading.look_again(stay)
        if decided.left:
            self.left.emit(len(decided.left), decided.left[0][1])

    async def _amend(self, change: Callable[[], Awaitable[object]]) -> None:
        async with self._in_order:
            await change()

    async def _cancel(self) -> None:
        async with self._in_order:
            if await self._wake():
                return
            self._drop_past()
            if not self._pending:
                self.nothing_pending.emit()
                return
            await self._take_back(self._pending[-1].made.case, pending_only=True)

    async def _undo(self, case: int | None) -> None:
        async with self._in_order:
            if case is None and await self._wake():
                return
            await self._take_back(case, pending_only=False)

    async def _take_back(self, case: int | None, *, pending_only: bool) -> None:
        undone = await self._review.undo(case, pending_only=pending_only)
        self._pending = [one for one in self._pending if one.made.case != undone.case]
        if self._trail and self._trail[-1] is None:
            self._trail.pop()
        for item in undone.items:
            self._model.mark(item, None)
        seen = await self._loading.bring_back(undone.items)
        self._show_newest()
        self._loading.count()
        self.came_back.emit(seen, undone)

    def _begin_grace(self, made: Made, decided: Decided) -> None:
        left = seconds_left(decided.due)
        if left == 0:
            self._model.remove(decided.items)
            return
        acts = made.wish.choice.confirms and decided.note is None
        self._pending.append(_Pending(made, decided.due, left, acts))
        self._show_newest()
        self._tick.start()

    def _put_back(self, wish: Wish, error: Exception) -> None:
        asks = isinstance(error, ConsentNeeded | ConfirmationNeeded)
        for item in wish.items:
            self._model.mark(item, None, error="" if asks else explain(error))
        if isinstance(error, ConsentNeeded):
            self.consent_wanted.emit(wish, str(error.parameters["communities"]))
        elif isinstance(error, ConfirmationNeeded):
            self.confirm_wanted.emit(wish, error.reach)
        elif not wish.items:
            self.undo_failed.emit(error)
        else:
            self.failed.emit(wish.items[0])
            # Somebody else may have been faster.
            self._loading.look_again(wish.items)

    def _count_down(self) -> None:
        if self._drop_past():
            self._show_newest()
        for one in self._pending:
            left = seconds_left(one.due)
            if left != one.seconds:
                one.seconds = left
                self._model.touch(one.made.items)
        self._announce()
        if not self._pending:
            self._tick.stop()

    def _drop_past(self) -> bool:
        """Let rows whose grace has passed leave."""
        now = datetime.now(UTC)
        past = [one for one in self._pending if one.due <= now]
        self._pending = [one for one in self._pending if one.due > now]
        for one in past:
            self._model.remove(self._still_decided(one.made.items))
        return bool(past)

    def _still_decided(self, items: Sequence[int]) -> list[int]:
        entries = (self._model.entry(item) for item in items)
        return [entry.row.item for entry in entries if entry is not None and entry.choice is not None]

    def _show_newest(self) -> None:
        """Write the countdowns, and on the newest decision the key that takes it back."""
        for one in self._pending:
            for item in self._still_decided(one.made.items):
                newest = one is self._pending[-1]
                self._model.mark(item, one.made.wish.choice, one.due, newest=newest, more=one.made.more)
        self._announce()

    def _announce(self) -> None:
        soonest = min((one.seconds for one in self._pending), default=0)
        self.pending_changed.emit(len(self._pending), soonest)
