"""Suggests a rest after a stretch of work. Counts in memory only: nobody keeps how long somebody worked."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_MS = 20_000
# Who has struck no key for so long has rested.
RESTED_SECONDS = 300.0


class Rest(QObject):
    """`suggested` carries the minutes of work."""

    suggested = Signal(int)

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._minutes = 0
        self._began: float | None = None
        self._last = 0.0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def use(self, minutes: int) -> None:
        """After so many minutes; 0 for never."""
        if minutes == self._minutes:
            return
        self._minutes, self._began = minutes, None
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def stir(self) -> None:
        """Somebody works."""
        now = self._clock()
        if self._began is None or now - self._last > RESTED_SECONDS:
            self._began = now
        self._last = now

    def look(self) -> None:
        now = self._clock()
        if not self._minutes or self._began is None or now - self._last > RESTED_SECONDS:
            return
        if now - self._began >= 60 * self._minutes:
            # Said once for a stretch, and not again the moment it was read.
            self._began = now
            self.suggested.emit(self._minutes)
