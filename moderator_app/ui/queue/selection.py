"""What is ticked in the list for one decision on all of it."""

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.reach import Reach
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.queue_view import QueueView
from moderator_app.ui.tasks import Tasks


class Selection(QObject):
    """`changed` carries how many rows are ticked, and whom a decision on them reaches; None until that is counted."""

    changed = Signal(int, object)

    def __init__(
        self, queue: QueueReading, model: QueueModel, view: QueueView, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._model, self._view, self._tasks = queue, model, view, tasks
        self._shown: tuple[int, ...] = ()
        self._counting = False
        model.dataChanged.connect(self._look)
        model.rowsRemoved.connect(self._look)
        model.modelReset.connect(self._look)

    @property
    def items(self) -> tuple[int, ...]:
        """The ticked rows that are undecided, in the order of the list."""
        return self._model.ticked()

    def toggle(self) -> None:
        """Tick the row under the hand, or take its tick away."""
        entry = self._model.entry(self._view.item)
        if entry is not None and entry.is_open:
            self._model.tick([entry.row.item], not entry.ticked)

    def extend(self, down: bool) -> bool:
        """Tick the row under the hand and the next one; back over ticked rows they lose their ticks again.

        False at the end of what is loaded.
        """
        here = self._view.item
        if not self._view.step(down):
            return False
        entry = self._model.entry(self._view.item)
        goes_back = entry is not None and entry.ticked
        self._model.tick([here], not goes_back)
        self._model.tick([self._view.item], True)
        return True

    def clear(self) -> None:
        self._model.tick(self.items, False)

    def _look(self) -> None:
        items = self.items
        if items == self._shown:
            return
        self._shown = items
        self.changed.emit(len(items), None)
        if items and not self._counting:
            self._counting = True
            self._tasks.start(self._count())

    async def _count(self) -> None:
        counted: tuple[int, ...] = ()
        reach: Reach | None = None
        try:
            while self._shown and counted != self._shown:
                counted = self._shown
                reach = await self._queue.reach(counted)
        finally:
            self._counting = False
        if self._shown:
            self.changed.emit(len(self._shown), reach)
