"""What moderators write down about authors, for themselves and their colleagues."""

from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import author_notes
from moderator_app.storage.database import Database

LONGEST = 500


class AuthorNotes:
    """`moderator` signs them."""

    def __init__(self, database: Database, moderator: str, clock: Clock = now) -> None:
        self._database, self._moderator, self._clock = database, moderator, clock

    async def add(self, author: AuthorKey, text: str) -> None:
        """Keep a note of one line. Raises Refused where nothing is said, or the author is unknown."""
        said = " ".join(text.split())
        if not said:
            raise Refused("author_note.empty")
        added = await self._database.write(author_notes.add, author, said[:LONGEST], self._moderator, self._clock())
        if not added:
            raise Refused("author_note.unknown")

    async def remove(self, note: int) -> None:
        """Nothing happens where it is gone already."""
        await self._database.write(author_notes.remove, note)
