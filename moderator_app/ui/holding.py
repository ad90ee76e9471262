"""Follows which process of a profile carries its actions out, and steps in when that one has ended."""

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from moderator_app.language import _
from moderator_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from moderator_app.app import App

# Decisions wait meanwhile: this is as long as a command may take to carry one out.
ASK_MS = 2000


class Holding(QObject):
    """`held_by` carries the other process, as "window 4711"; `taken`: this window has stepped in."""

    held_by = Signal(str)
    taken = Signal()

    def __init__(self, app: "App", tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._tasks = app, tasks
        self._pause = QTimer(self, singleShot=True, interval=ASK_MS)
        self._pause.timeout.connect(self.ask)

    def ask(self) -> None:
        """Look who holds the sources, again and again until it is this window."""
        self._tasks.start(self._ask())

    async def _ask(self) -> None:
        # Asking waits a moment for a lock, and must not hold the window up.
        holder = await asyncio.to_thread(self._app.lock.holder)
        if holder or not self._app.take_over():
            self.held_by.emit(holder)
            self._pause.start()
        else:
            self.taken.emit()


def who_holds(holder: str) -> str:
    """Who carries the actions out instead of this window."""
    role, _space, number = holder.partition(" ")
    if role == "window":
        return _("Another window carries the actions out (process {number})").format(number=number)
    if role:
        return _("The command {command} carries the actions out (process {number})").format(command=role, number=number)
    return _("Another process carries the actions out")
