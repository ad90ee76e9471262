"""Between a row of the message table and the domain's message."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from moderator_app.domain.message import (
    Attachment,
    Author,
    AuthorKey,
    Forward,
    HiddenLink,
    Message,
    MessageKey,
    Platform,
    Standing,
)
from moderator_app.storage.tables import AnyRow, author, community, message

# A message with what `message_of` needs of its community and author.
WITH_PEOPLE = (
    select(
        message,
        community.c.platform,
        community.c.community,
        community.c.name.label("community_name"),
        community.c.live,
        community.c.obstacles,
        author.c.author,
        author.c.name.label("author_name"),
        author.c.username,
    )
    .join_from(message, community)
    .join(author, isouter=True)
)


def message_of(row: AnyRow) -> Message:
    """The message of a row of `WITH_PEOPLE`."""
    return _message(row, author_of(row), row.edited)


def seen_of(row: AnyRow) -> Message:
    """The message of a row without its author's user name and the time of its edit."""
    author = None if row.author is None else Author(AuthorKey(Platform(row.platform), row.author), row.author_name)
    return _message(row, author, None)


def _message(row: AnyRow, author: Author | None, edited: datetime | None) -> Message:
    platform = Platform(row.platform)
    details = row.details or {}
    joined = details.get("joined")
    return Message(
        key=MessageKey(platform, row.community, row.message),
        text=row.text,
        date=row.date,
        author=author,
        edited=edited,
        joined=None if joined is None else datetime.fromtimestamp(joined, UTC),
        reply_to=details.get("reply_to", ""),
        thread=details.get("thread", ""),
        sender_chat=details.get("sender_chat", ""),
        via_bot=details.get("via_bot", ""),
        forward=Forward(*details["forward"]) if "forward" in details else None,
        links=tuple(HiddenLink(address, tuple(span) if span else None) for address, span in details.get("links", ())),
        attachments=tuple(Attachment(*parts) for parts in details.get("attachments", ())),
        album=row.album,
        standing=Standing(details.get("standing", "")),
    )


def author_of(row: AnyRow) -> Author | None:
    if row.author is None:
        return None
    return Author(AuthorKey(Platform(row.platform), row.author), row.author_name, row.username)


def details_of(message: Message) -> dict[str, Any] | None:
    """What `message_of` reads back besides the columns; None when there is nothing."""
    details: dict[str, Any] = {}
    for name in ("reply_to", "thread", "sender_chat", "via_bot", "standing"):
        if value := getattr(message, name):
            details[name] = value
    if message.joined is not None:
        details["joined"] = message.joined.timestamp()
    if message.forward is not None:
        details["forward"] = [message.forward.origin, message.forward.name]
    if message.links:
        details["links"] = [[link.address, list(link.span) if link.span else None] for link in message.links]
    if message.attachments:
        details["attachments"] = [[part.kind, part.id, part.url, part.title] for part in message.attachments]
    return details or None
