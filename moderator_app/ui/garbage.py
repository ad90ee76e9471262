"""Collects cyclic garbage in the window's thread alone.

Python collects in whichever thread happens to allocate: the database's threads too. A Qt object freed there ends the
process ("Timers cannot be stopped from another thread", then a segmentation fault).
"""

import gc

from PySide6.QtCore import QObject, QTimer

# What gathers in a second of an import takes 30 ms and more to go through.
INTERVAL_MS = 100
# The oldest generation takes milliseconds that a hand would feel if they came often.
ALL_EVERY = 600
# So many new objects are gone through once, in some 20 ms, and then taken for lasting: messages that come by the
# hundred in a second are kept in mind for a day, and to go through all of them stops the window for a third of one.
MOST_NEW = 20_000


class Garbage(QObject):
    """Takes the collection over from Python until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        # What is imported by now stays for ever: no collection need look at it.
        gc.freeze()
        self._rounds = self._new = 0
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        # Who has raised the last threshold does without: an import keeps a hundred thousand messages in mind, and
        # leaves much to go through. That can wait for a quiet minute.
        does_without = gc.get_threshold()[2] > ALL_EVERY
        self._rounds = 0 if does_without else self._rounds + 1
        self._new = 0 if does_without else self._new + gc.get_count()[0]
        full = self._new >= MOST_NEW
        gc.collect(2 if full or (self._rounds and self._rounds % ALL_EVERY == 0) else 1)
        if full:
            gc.freeze()
            self._new = 0

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
