"""Finds stored messages for sources: where one stands, and what somebody wrote."""

from datetime import datetime

from sqlalchemy import Connection, select

from moderator_app.domain.message import AuthorKey, CommunityKey, MessageKey
from moderator_app.storage.tables import author, community, message


def thread(connection: Connection, key: MessageKey) -> str:
    """The thread of a message, "" where it has none or is not stored."""
    here = (community.c.platform == key.platform, community.c.community == key.community)
    found = connection.execute(
        select(message.c.details).join_from(message, community).where(*here, message.c.message == key.message)
    ).scalar()
    return str((found or {}).get("thread", ""))


def by_author(
    connection: Connection, place: CommunityKey, who: AuthorKey, since: datetime | None
) -> tuple[MessageKey, ...]:
    """What somebody wrote in a community after `since` and is not known to be gone, oldest first."""
    here = (community.c.platform == place.platform, community.c.community == place.community, ~message.c.deleted)
    query = (
        select(message.c.message)
        .join_from(message, community)
        .join(author, message.c.author_id == author.c.id)
        .where(*here, author.c.platform == who.platform, author.c.author == who.author)
        .order_by(message.c.date, message.c.id)
    )
    rows = connection.execute(query if since is None else query.where(message.c.date > since)).scalars()
    return tuple(MessageKey(place.platform, place.community, id) for id in rows)
