"""Keeps count of the decisions that wait for the moderator's word."""

from PySide6.QtCore import QObject, QTimer, Signal

from moderator_app.domain.history import Unanswered
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.history import History
from moderator_app.ui.tasks import Tasks

SOON_MS = 300
# What nobody carries out becomes overdue without any change that could be heard.
AGAIN_MS = 20_000


class UnansweredCount(QObject):
    """`counted` carries an Unanswered. `became_late`: so many more decisions have become too late to run unasked."""

    counted = Signal(object)
    became_late = Signal(int)

    def __init__(self, history: History, changes: Changes, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._history, self._tasks = history, tasks
        self._last = Unanswered()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._soon.timeout.connect(self.ask)
        self._again.timeout.connect(self.ask)
        changes.subscribe(self._hear)

    @property
    def last(self) -> Unanswered:
        """As it was counted last."""
        return self._last

    def begin(self) -> None:
        self.ask()
        self._again.start()

    def ask(self) -> None:
        self._tasks.start(self._ask())

    def _hear(self, change: Change) -> None:
        if (change.decisions or change.items) and not self._soon.isActive():
            self._soon.start()

    async def _ask(self) -> None:
        count, before = await self._history.unanswered(), self._last
        self._last = count
        self.counted.emit(count)
        if count.late > before.late:
            self.became_late.emit(count.late - before.late)
