"""Turns the object of one JSON line into a message."""

from typing import Any

from moderator_app.domain.message import (
    Attachment,
    Author,
    AuthorKey,
    Community,
    CommunityKey,
    Forward,
    HiddenLink,
    Message,
    MessageKey,
    Platform,
)
from moderator_app.sources import fields
from moderator_app.sources.fields import Fields


def message_of(found: Fields, default: CommunityKey) -> Message:
    """Raises Unreadable naming the field that is missing or not what it should be."""
    for field in ("id", "text"):
        if field not in found:
            raise fields.missing(field)
    if type(found["text"]) is not str:
        raise fields.wrong("text")
    community = _community_key(found, default)
    return Message(
        key=MessageKey(community.platform, community.community, fields.identifier(found["id"], "id")),
        text=found["text"],
        date=fields.moment(found.get("date"), "date"),
        author=_author(found, community.platform),
        edited=fields.moment(found.get("edited"), "edited"),
        joined=fields.moment(found.get("joined"), "joined"),
        reply_to=_id(found, "reply_to"),
        thread=_id(found, "thread"),
        sender_chat=_id(found, "sender_chat"),
        via_bot=_id(found, "via_bot"),
        forward=_forward(found.get("forward")),
        links=tuple(_link(address) for address in fields.items(found.get("links"), "links")),
        attachments=tuple(_attachment(part) for part in fields.items(found.get("attachments"), "attachments")),
    )


def community_of(found: Fields, default: Community) -> Community:
    """The community of a line that `message_of` has read."""
    key = _community_key(found, default.key)
    name = fields.string(found.get("community_name"), "community_name")
    return Community(key, name or (default.name if key == default.key else ""))


def _bare(id: str) -> str:
    """A community's id as platforms show it, without the -100 of Telegram's bots and the minus of VK."""
    return id.removeprefix("-100").removeprefix("-") if id.startswith("-") and id[1:].isdecimal() else id


def _community_key(found: Fields, default: CommunityKey) -> CommunityKey:
    if "platform" not in found and "community" not in found:
        return default
    platform, community = found.get("platform"), found.get("community")
    if platform is not None and platform not in _PLATFORMS:
        raise fields.wrong("platform")
    return CommunityKey(
        default.platform if platform is None else Platform(platform),
        default.community if community is None else _bare(fields.identifier(community, "community")),
    )


_PLATFORMS = tuple(Platform)


def _author(found: Fields, platform: Platform) -> Author | None:
    name = fields.string(found.get("author_name"), "author_name")
    author = _id(found, "author")
    return Author(AuthorKey(platform, author), name) if author else None


def _id(found: Fields, field: str) -> str:
    return fields.optional_identifier(found[field], field) if field in found else ""


def _forward(value: Any) -> Forward | None:
    if value is None:
        return None
    if type(value) is not dict:
        raise fields.wrong("forward")
    origin = fields.optional_identifier(value.get("from"), "forward")
    return Forward(origin) if origin.removeprefix("-").isdecimal() else Forward(name=origin)


def _link(address: Any) -> HiddenLink:
    if type(address) is not str:
        raise fields.wrong("links")
    return HiddenLink(address)


def _attachment(part: Any) -> Attachment:
    if type(part) is not dict or not fields.string(part.get("type"), "attachments"):
        raise fields.wrong("attachments")
    return Attachment(
        kind=part["type"],
        id=fields.optional_identifier(part.get("id"), "attachments"),
        url=fields.string(part.get("url"), "attachments"),
        title=fields.string(part.get("title"), "attachments"),
    )
