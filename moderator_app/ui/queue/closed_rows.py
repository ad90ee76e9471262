"""Lets rows that somebody else decided be read for a while before they leave."""

import time
from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, QTimer

from moderator_app.ui.queue.queue_model import QueueModel

SHOWN_SECONDS = 5.0
TICK_MS = 200


class ClosedRows(QObject):
    """A row under the hand stays until the hand has gone on: no card changes while a key is on its way down."""

    def __init__(self, model: QueueModel, under_the_hand: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._under_the_hand = model, under_the_hand
        self._leaving: dict[int, float] = {}
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._let_go)

    def take(self, items: Collection[int]) -> None:
        """These have been marked as decided, or closed, by somebody else."""
        until = time.monotonic() + SHOWN_SECONDS
        self._leaving.update(dict.fromkeys(items, until))
        self._tick.start()

    def stop(self) -> None:
        self._tick.stop()

    def _let_go(self) -> None:
        now, here = time.monotonic(), self._under_the_hand()
        for item in [item for item, until in self._leaving.items() if until <= now and item != here]:
            del self._leaving[item]
            entry = self._model.entry(item)
            # Taken back meanwhile, it stays.
            if entry is not None and entry.is_closed_elsewhere:
                self._model.remove([item])
        if not self._leaving:
            self._tick.stop()
