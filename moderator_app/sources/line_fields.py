"""Turns the object of one JSON line into a message."""

import re
from dataclasses import replace
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
    text = found["text"]
    if type(text) is not str:
        raise fields.wrong("text")
    community = _community_key(found, default)
    platform = community.platform
    key = MessageKey(platform, community.community, fields.identifier(found["id"], "id"))
    date = fields.moment(found["date"], "date") if "date" in found else None
    author = _author(found, platform) if "author" in found or "author_name" in found else None
    message = Message(key, text, date, author)
    # Most lines hold nothing else.
    if _RARE.isdisjoint(found):
        return message
    return replace(
        message,
        edited=fields.moment(found.get("edited"), "edited"),
        joined=fields.moment(found.get("joined"), "joined"),
        reply_to=_id(found, "reply_to"),
        thread=_id(found, "thread"),
        sender_chat=bare(_id(found, "sender_chat"), platform),
        via_bot=_id(found, "via_bot"),
        forward=_forward(found.get("forward"), platform),
        links=tuple(_link(address) for address in fields.items(found.get("links"), "links")),
        attachments=tuple(_attachment(part) for part in fields.items(found.get("attachments"), "attachments")),
    )


_RARE = frozenset(
    ("edited", "joined", "reply_to", "thread", "sender_chat", "via_bot", "forward", "links", "attachments")
)


def community_of(found: Fields, default: Community) -> Community:
    """The community of a line that `message_of` has read."""
    if "community_name" not in found and not _names_community(found):
        return default
    key = _community_key(found, default.key)
    name = fields.string(found.get("community_name"), "community_name")
    return Community(key, name or (default.name if key == default.key else ""))


def _community_key(found: Fields, default: CommunityKey) -> CommunityKey:
    if not _names_community(found):
        return default
    named, community = found.get("platform"), found.get("community")
    platform = default.platform if named is None else _PLATFORMS.get(named) if type(named) is str else None
    if platform is None:
        raise fields.wrong("platform")
    if community is None:
        return CommunityKey(platform, default.community)
    return CommunityKey(platform, bare(fields.identifier(community, "community"), platform))


_PLATFORMS = {platform.value: platform for platform in Platform}


def _names_community(found: Fields) -> bool:
    return "community" in found or "platform" in found


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
