"""How far each source has delivered."""

from sqlalchemy import Connection, select

from moderator_app.storage.sqlite import replace_row
from moderator_app.storage.tables import source_cursor


def read(connection: Connection, source: str) -> str:
    """The cursor of a source, "" before its first delivery."""
    return connection.execute(select(source_cursor.c.cursor).where(source_cursor.c.source == source)).scalar() or ""


def write(connection: Connection, source: str, cursor: str) -> None:
    replace_row(connection, source_cursor, {"source": source, "cursor": cursor})
