"""What moderators write down about authors."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from moderator_app.domain.message import AuthorKey
from moderator_app.domain.queue import AuthorNote
from moderator_app.storage.tables import author, author_note

MOST_SHOWN = 20


def add(connection: Connection, key: AuthorKey, text: str, by: str, at: datetime) -> bool:
    """False where nobody has seen the author."""
    known = select(author.c.id).where(author.c.platform == key.platform, author.c.author == key.author)
    author_id = connection.execute(known).scalar()
    if author_id is None:
        return False
    connection.execute(author_note.insert(), [{"author_id": author_id, "text": text, "by": by, "at": at}])
    return True


def remove(connection: Connection, note: int) -> None:
    connection.execute(delete(author_note).where(author_note.c.id == note))


def about(connection: Connection, author_id: int) -> tuple[AuthorNote, ...]:
    """The newest first."""
    listed = select(author_note).where(author_note.c.author_id == author_id).order_by(author_note.c.id.desc())
    rows = connection.execute(listed.limit(MOST_SHOWN))
    return tuple(AuthorNote(row.id, row.text, row.by, row.at) for row in rows)
