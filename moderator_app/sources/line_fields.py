"""Turns the object of one JSON line into a message."""

import re
from typing import Any

from moderator_app.domain.ids import bare, signed
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
    """Raises Unreadable naming the field that is missing or not what it should be.

    `community` and `sender_chat` become bare and positive, as communities are known everywhere. An author and the
    origin of a forward may be persons: there a community keeps its minus, without Telegram's -100.
    """
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
        sender_chat=bare(_id(found, "sender_chat"), community.platform),
        via_bot=_id(found, "via_bot"),
        forward=_forward(found.get("forward"), community.platform),
        links=tuple(_link(address) for address in fields.items(found.get("links"), "links")),
        attachments=tuple(_attachment(part) for part in fields.items(found.get("attachments"), "attachments")),
    )


def community_of(found: Fields, default: Community) -> Community:
    """The community of a line that `message_of` has read."""
    key = _community_key(found, default.key)
    name = fields.string(found.get("community_name"), "community_name")
    return Community(key, name or (default.name if key == default.key else ""))


def _community_key(found: Fields, default: CommunityKey) -> CommunityKey:
    if "platform" not in found and "community" not in found:
        return default
    platform, community = found.get("platform"), found.get("community")
    if platform is not None and platform not in _PLATFORMS:
        raise fields.wrong("platform")
    platform = default.platform if platform is None else Platform(platform)
    if community is None:
        return CommunityKey(platform, default.community)
    return CommunityKey(platform, bare(fields.identifier(community, "community"), platform))


_PLATFORMS = tuple(Platform)


def _author(found: Fields, platform: Platform) -> Author | None:
    name = fields.string(found.get("author_name"), "author_name")
    author = signed(_id(found, "author"), platform)
    return Author(AuthorKey(platform, author), name) if author else None


def _id(found: Fields, field: str) -> str:
    return fields.optional_identifier(found[field], field) if field in found else ""


def _forward(value: Any, platform: Platform) -> Forward | None:
    if value is None:
        return None
    if type(value) is not dict:
        raise fields.wrong("forward")
    origin = fields.optional_identifier(value.get("from"), "forward")
    return Forward(signed(origin, platform)) if _NUMBER.fullmatch(origin) else Forward(name=origin)


_NUMBER = re.compile(r"-?[0-9]+", re.ASCII)


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
