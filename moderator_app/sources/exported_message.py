"""Turns one message object of Telegram Desktop's export into values."""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from moderator_app.domain.message import (
    Author,
    AuthorKey,
    CommunityKey,
    Forward,
    HiddenLink,
    Join,
    Message,
    MessageKey,
    Platform,
)
from moderator_app.sources import fields
from moderator_app.sources.exported_media import attachments
from moderator_app.sources.fields import Fields

# How people come in, in the exporter's words and in ours.
_JOINS = {"join_group_by_link": "link", "join_group_by_request": "request"}
_INVITE = "invite_members"

# Buttons whose `data` is an address that the reader does not see.
_ADDRESS_BUTTONS = frozenset({"url", "auth", "web_view", "simple_web_view"})

_KINDS = ("user", "chat", "channel")
_PEER = re.compile(rf"({'|'.join(_KINDS)})([0-9]{{1,19}})", re.ASCII)


def read_message(found: Fields, community: CommunityKey) -> Message:
    """Raises Unreadable naming the field that is not what it should be."""
    text, links = _text(found)
    author = _author(found.get("from_id"), fields.string(found.get("from"), "from"), "from_id")
    return Message(
        key=MessageKey(community.platform, community.community, message_id(found)),
        text=text,
        date=_known_date(found),
        author=author,
        edited=_edited(found),
        reply_to=_reply_to(found, community),
        sender_chat=author.key.author[1:] if author and author.key.author.startswith("-") else "",
        via_bot=fields.string(found.get("via_bot"), "via_bot"),
        forward=_forward(found),
        links=links + _buttons(found) if "inline_bot_buttons" in found else links,
        attachments=attachments(found),
    )


def read_joins(found: Fields, community: CommunityKey) -> tuple[Join, ...]:
    """Who came in by a service message; nobody by those of another kind."""
    action = fields.string(found.get("action"), "action")
    if action != _INVITE and action not in _JOINS:
        return ()
    date = _date(found)
    actor = _author(found.get("actor_id"), fields.string(found.get("actor"), "actor"), "actor_id")
    if actor is None or date is None:
        return ()
    if action in _JOINS:
        return (Join(community, actor, date, _JOINS[action]),)
    return tuple(Join(community, member, date, "invite") for member in _members(found, actor))


def message_id(found: Fields) -> str:
    if type(found.get("id")) is not int:
        raise fields.wrong("id")
    return fields.identifier(found["id"], "id")


def _text(found: Fields) -> tuple[str, tuple[HiddenLink, ...]]:
    # `text` and `text_entities` say the same, but older exports have only the first.
    text = found.get("text")
    if type(text) is str and text:
        return text, _links_beside(text, found.get("text_entities"))
    return _joined(fields.items(found.get("text_entities") if text in (None, "") else text, "text"))


def _links_beside(text: str, entities: Any) -> tuple[HiddenLink, ...]:
    """The addresses that only the entities tell, where a program that wrote the file anew made the text plain."""
    if type(entities) is not list or not any(type(part) is dict and part.get("href") for part in entities):
        return ()
    joined, links = _joined(entities)
    return links if joined == text else tuple(HiddenLink(link.address) for link in links)


def _joined(parts: list[Any]) -> tuple[str, tuple[HiddenLink, ...]]:
    words: list[str] = []
    links: list[HiddenLink] = []
    end = 0
    for part in parts:
        word = part.get("text") if type(part) is dict else part
        if type(word) is not str:
            raise fields.wrong("text")
        start, end = end, end + len(word)
        words.append(word)
        if word is not part and (address := fields.string(part.get("href"), "href")):
            links.append(HiddenLink(address, (start, end)))
    return "".join(words), tuple(links)


def _author(peer: Any, name: str, field: str) -> Author | None:
    if peer is None:
        return None
    if type(peer) not in (str, int):
        raise fields.wrong(field)
    author = _known_author(peer, name)
    if author is None:
        raise fields.wrong(field)
    return author


# A chat's few authors recur: sharing them saves time and memory.
@lru_cache(maxsize=4096)
def _known_author(peer: str | int, name: str) -> Author | None:
    matched = _PEER.fullmatch(peer if type(peer) is str else _old_peer(int(peer)))
    if matched is None:
        return None
    sign = "" if matched[1] == "user" else "-"
    return Author(AuthorKey(Platform.TELEGRAM, sign + matched[2]), name)


def _old_peer(peer: int) -> str:
    """Exports of before 2021 wrote a number with the kind of peer in the bits above the lower 32."""
    kind = peer >> 32
    return f"{_KINDS[kind] if 0 <= kind < len(_KINDS) else ''}{peer & 0xFFFFFFFF}"


def _date(found: Fields) -> datetime | None:
    if found.get("date_unixtime") not in _UNTOLD:
        return fields.moment(found["date_unixtime"], "date_unixtime")
    return fields.local_moment(found.get("date"), "date")


def _known_date(found: Fields) -> datetime:
    """The exporter writes one for each message: without it the message would stand at the time of the import."""
    date = _date(found)
    if date is None:
        raise fields.missing("date")
    return date


def _edited(found: Fields) -> datetime | None:
    seconds, edited = found.get("edited_unixtime"), found.get("edited")
    # Older exports wrote the epoch for "never".
    if seconds in ("0", 0) or (type(edited) is str and edited.startswith(("1970-", "1969-"))):
        return None
    if seconds not in _UNTOLD:
        return fields.moment(seconds, "edited_unixtime")
    return fields.local_moment(edited, "edited")


_UNTOLD = (None, "")


def _reply_to(found: Fields, community: CommunityKey) -> str:
    # An answer to a message of another chat names that chat: its id means nothing here.
    other = found.get("reply_to_peer_id")
    if other is not None and other not in (f"{kind}{community.community}" for kind in _KINDS):
        return ""
    return fields.optional_identifier(found.get("reply_to_message_id"), "reply_to_message_id")


def _forward(found: Fields) -> Forward | None:
    if "forwarded_from" not in found:
        return None
    return Forward(name=fields.string(found["forwarded_from"], "forwarded_from"))


def _buttons(found: Fields) -> tuple[HiddenLink, ...]:
    rows = fields.items(found["inline_bot_buttons"], "inline_bot_buttons")
    buttons = [button for row in rows if type(row) is list for button in row if type(button) is dict]
    return tuple(
        HiddenLink(address)
        for button in buttons
        if button.get("type") in _ADDRESS_BUTTONS and type(address := button.get("data")) is str and address
    )


def _members(found: Fields, actor: Author) -> list[Author]:
    """Those invited. The export names them without ids; who came by own will is written as inviting themselves."""
    names = [fields.string(name, "members") for name in fields.items(found.get("members"), "members")]
    if names == [actor.name]:
        return [actor]
    return [Author(AuthorKey(Platform.TELEGRAM, f"name:{name}"), name) for name in names]
