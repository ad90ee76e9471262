"""Keeps and removes notes about authors."""

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.message import AuthorKey
from moderator_app.moderation.author_notes import AuthorNotes
from moderator_app.ui.tasks import Tasks


class AuthorNoting(QObject):
    """`changed` carries the key of an author about whom something else is noted now."""

    changed = Signal(object)

    def __init__(self, notes: AuthorNotes, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._notes, self._tasks = notes, tasks

    def add(self, author: AuthorKey, text: str) -> None:
        self._tasks.start(self._add(author, text))

    def remove(self, author: AuthorKey, note: int) -> None:
        self._tasks.start(self._remove(author, note))

    async def _add(self, author: AuthorKey, text: str) -> None:
        await self._notes.add(author, text)
        self.changed.emit(author)

    async def _remove(self, author: AuthorKey, note: int) -> None:
        await self._notes.remove(note)
        self.changed.emit(author)
