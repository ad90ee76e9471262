"""Brings pages of the queue, and changes made elsewhere, into the model a little at a time."""

import time
from collections.abc import Collection
from itertools import islice

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from moderator_app.domain.queue import QueuePage, QueueRow
from moderator_app.domain.traits import EVERYTHING, QueueFilter
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.tasks import Tasks

PAGE = 200
# An import publishes thousands of ids: rows are read in handfuls, and most of the time nothing is counted.
BATCH = 100
REFRESH_MS = 50
REST_MS = 100
REST_SHARE = 4


class Loading(QObject):
    """Announces what it did; the page decides where the hand goes.

    `started`: a snapshot is shown. `continued`: a page was added. `changed` carries the items that were read again.
    `closed` carries items that somebody else decided, `brought` one that was asked for. `counted`: how many newer ones
    wait, and what waits in each community. `failed` carries why nothing can be shown.
    """

    started = Signal()
    continued = Signal()
    changed = Signal(object)
    closed = Signal(object)
    brought = Signal(int)
    counted = Signal(int, object)
    failed = Signal(object)

    def __init__(self, queue: QueueReading, model: QueueModel, changes: Changes, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._queue = queue
        self._model = model
        self._tasks = tasks
        self._wanted = EVERYTHING
        self._revision = 0
        self._busy = False
        self._again = False
        self._stale: set[int] = set()
        self._left: set[int] = set()
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(lambda: tasks.start(self._read_again()))
        self._uncounted = self._counting = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._count_after_rest)
        model.more_wanted.connect(self.more)
        model.rowsAboutToBeRemoved.connect(self._remember)
        self._unsubscribe = changes.subscribe(self._heard)

    def start(self) -> None:
        """Show the queue as it is now, after what is being loaded already."""
        self._again = self._busy
        if not self._busy:
            self._busy = True
            self._tasks.start(self._start(), failed=self.failed.emit)

    def use(self, wanted: QueueFilter) -> None:
        """Show other rows of the queue from now on."""
        self._wanted = wanted
        self.start()

    def more(self) -> None:
        """Load the next page, one at a time."""
        if not self._busy and self._model.continues_after is not None:
            self._busy = True
            self._tasks.start(self._continue())

    def count(self) -> None:
        """Ask how many items wait: at once, or after a rest from the last time."""
        self._uncounted = True
        self._count_after_rest()

    def look_again(self, items: Collection[int]) -> None:
        """Read items of the list again: something about them is not as this screen believed."""
        self._stale |= self._model.loaded(items)
        if self._stale and not self._refresh.isActive():
            self._refresh.start()

    def bring(self, item: int) -> None:
        """Have an open item in the list, if it belongs into what is loaded of it."""
        self._tasks.start(self._bring(item))

    def stop(self) -> None:
        self._unsubscribe()
        self._refresh.stop()
        self._rest.stop()

    async def bring_back(self, items: Collection[int]) -> tuple[int, ...]:
        """Put open items, or what stands for them, into their places in the list; returns what can be seen of it."""
        here = self._model.loaded(items)
        rows = await self._queue.rows(here)
        shown = {row.campaign for row in rows} - {None}
        standing = await self._queue.standing_for(items=set(items) - here)
        rows += tuple(row for row in standing if row.campaign not in shown)
        self._model.show_rows(rows)
        brought = self._model.loaded([row.item for row in rows])
        self._model.fold(brought)
        return tuple(row.item for row in rows if row.item in brought)

    async def _bring(self, item: int) -> None:
        found = await self.bring_back([item])
        self.brought.emit(found[0] if found else item)

    async def _start(self) -> None:
        page = await self._page(None, None)
        self._revision = page.revision
        self._left.clear()
        self._model.start(page)
        self.started.emit()
        self.count()

    async def _continue(self) -> None:
        page = await self._page(self._model.continues_after, self._revision)
        self._model.append(page)
        self.continued.emit()

    async def _page(self, after: tuple[float, int] | None, revision: int | None) -> QueuePage:
        try:
            return await self._queue.page(after, PAGE, revision, self._wanted)
        finally:
            self._busy = False
            if self._again:
                self.start()

    def _heard(self, change: Change) -> None:
        if not change.items and not change.campaigns:
            return
        self._stale |= self._model.loaded(change.items) | {item for item in self._left if item in change.items}
        self._stale |= self._model.of_campaigns(change.campaigns)
        if self._stale and not self._refresh.isActive():
            self._refresh.start()
        self.count()

    async def _read_again(self) -> None:
        """An item of which nothing is read has left the queue, unless this screen decided it and still shows it."""
        while self._stale:
            batch = set(islice(self._stale, BATCH))
            self._stale -= batch
            try:
                rows = await self._queue.rows(batch)
                heirs = await self._heirs(batch, rows)
            except BaseException:
                self._stale |= batch
                raise
            shown = self._model.items()
            self._model.show_rows((*rows, *heirs))
            gone = {item for item in batch - {row.item for row in rows} if self._undecided(item)}
            if gone:
                await self._take_leave(gone)
            self._model.fold(shown)
            self.changed.emit(batch)

    async def _heirs(self, batch: Collection[int], rows: Collection[QueueRow]) -> tuple[QueueRow, ...]:
        """What stands now for the campaigns for which items of `batch` stood, and no longer do."""
        left = self._model.campaigns_of(batch) - {row.campaign for row in rows}
        return await self._queue.standing_for(campaigns=left) if left else ()

    async def _take_leave(self, gone: Collection[int]) -> None:
        """What somebody else decided, or did on the platform, is shown for a while; what else left goes at once."""
        closed = [each for each in await self._queue.closed(gone) if self._undecided(each.item)]
        for each in closed:
            self._model.mark_closed(each)
        decided = {each.item for each in closed}
        self._model.remove(item for item in gone if item not in decided and self._undecided(item))
        if decided:
            self.closed.emit(decided)

    def _count_after_rest(self) -> None:
        if self._uncounted and not self._counting and not self._rest.isActive():
            self._uncounted, self._counting = False, True
            self._tasks.start(self._ask_newer())

    async def _ask_newer(self) -> None:
        began = time.monotonic()
        try:
            newer = await self._queue.newer(self._revision, self._wanted)
            # What came to a campaign of which a row is on the list is told there.
            newer = max(0, newer - self._model.newer_than(self._revision))
            self.counted.emit(newer, await self._queue.communities())
        finally:
            self._counting = False
            self._rest.start(max(REST_MS, int(REST_SHARE * 1000 * (time.monotonic() - began))))

    def _undecided(self, item: int) -> bool:
        entry = self._model.entry(item)
        return entry is not None and entry.is_open

    def _remember(self, _parent: QModelIndex, first: int, last: int) -> None:
        """An item that left may come back by an undo elsewhere; one that is new only counts."""
        gone = (self._model.entry_at(line) for line in range(first, last + 1))
        self._left.update(entry.row.item for entry in gone if entry)
