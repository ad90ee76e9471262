"""What VK shows of things, at version 5.199."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.servers.vk.entities import Ban, Chat, ChatMessage, Comment, Community, Kind, Place, User

Shape = dict[str, Any]

PLACE_FIELDS = {
    Kind.WALL: ("post_id", "post_owner_id"),
    Kind.PHOTO: ("photo_id", "photo_owner_id"),
    Kind.VIDEO: ("video_id", "video_owner_id"),
    Kind.MARKET: ("item_id", "market_owner_id"),
    Kind.BOARD: ("topic_id", "topic_owner_id"),
}
"""How events name what is commented on, and its owner."""
FULL_MESSAGES = (5, 103)
"""The version from which on message_new has `message` and `client_info`."""


def user(found: User, fields: Iterable[str] = ()) -> Shape:
    shape: Shape = {"id": found.id, "first_name": found.first_name, "last_name": found.last_name}
    if found.deactivated:
        shape["deactivated"] = found.deactivated
    else:
        shape |= {"can_access_closed": not found.is_closed, "is_closed": found.is_closed}
    optional = {"screen_name": found.screen_name, "domain": found.screen_name, **_pictures(found.photo)} | found.details
    return shape | {name: optional[name] for name in fields if optional.get(name) is not None}


def community(found: Community, fields: Iterable[str] = (), viewer: User | None = None) -> Shape:
    shape: Shape = {
        "id": found.id, "name": found.name, "screen_name": found.screen_name, "is_closed": 0, "type": "group",
        **{name: value for name, value in _pictures(found.photo).items() if value and "max" not in name},
    }  # fmt: skip
    role = found.managers.get(viewer) if viewer else None
    if viewer:
        levels = {"moderator": 1, "editor": 2, "administrator": 3, "creator": 3}
        level = levels.get(role or "", 0)
        shape |= {
            "is_admin": int(bool(level)),
            "is_member": int(viewer in found.members),
            "is_advertiser": int(level > 1),
        }
        shape |= {"admin_level": level} if level else {}
    optional = {"contacts": found.contacts, "members_count": len(found.members)}
    return shape | {name: optional[name] for name in fields if optional.get(name) is not None}


def comment(found: Comment, *, likes: bool = False) -> Shape:
    """What all comments have in common."""
    if found.deleted:
        return {"id": found.id, "parents_stack": stack(found), "date": found.date, "deleted": True}
    shape: Shape = {"id": found.id, "from_id": found.author, "date": found.date, "text": found.text}
    if found.attachments:
        shape["attachments"] = found.attachments
    if likes:
        shape["likes"] = {"can_like": 1, "count": 0, "user_likes": 0}
    return shape | (reply(found) if found.kind is not Kind.BOARD else {})


def reply(found: Comment) -> Shape:
    shape: Shape = {"parents_stack": stack(found)} if found.kind is Kind.WALL else {}
    if found.reply_to:
        shape |= {"reply_to_user": found.reply_to.author, "reply_to_comment": found.reply_to.id}
    return shape


def wall_comment(found: Comment, *, likes: bool = False) -> Shape:
    """As wall.getComment and wall.getComments give it, without its thread."""
    shape = comment(found, likes=likes)
    return shape if found.deleted else shape | {"post_id": found.place.id, "owner_id": found.place.owner.peer}


def comment_event(found: Comment, owner_fields: Iterable[str]) -> Shape:
    """The object of *_new, *_edit and *_restore."""
    names = PLACE_FIELDS[found.kind]
    shape = comment(found) | {names[0]: found.place.id}
    if found.kind is Kind.WALL:
        thread = {} if found.parent else {"thread": {"count": 0}}
        return shape | thread | dict.fromkeys(owner_fields, found.place.owner.peer)
    return shape | {names[1]: found.place.owner.peer}


def deletion_event(found: Comment, by: int) -> Shape:
    """Recordings have `deleter_id` where the schema has `user_id`."""
    if found.kind is Kind.BOARD:
        return {"topic_owner_id": found.place.owner.peer, "topic_id": found.place.id, "id": found.id}
    names = PLACE_FIELDS[found.kind]
    return {"owner_id": found.place.owner.peer, "id": found.id, "deleter_id": by, names[0]: found.place.id}


def post(found: Place) -> Shape:
    comments = {"count": len(found.there), "can_post": int(not found.closed), "groups_can_post": True}
    return {
        "id": found.id, "owner_id": found.owner.peer, "from_id": found.author, "date": found.date, "text": found.text,
        "post_type": "post", "attachments": found.attachments, "comments": comments,
    }  # fmt: skip


def topic(found: Place) -> Shape:
    return {
        "id": found.id, "title": found.text, "created": found.date, "created_by": found.author,
        "updated": max([found.date, *(each.date for each in found.there)]), "is_closed": int(found.closed),
        "is_fixed": 0, "comments": len(found.there),
    }  # fmt: skip


def message(found: ChatMessage) -> Shape:
    shape: Shape = {
        "date": found.date, "from_id": found.author, "id": found.id, "version": 10000000 + found.cmid,
        "out": int(found.author < 0), "peer_id": found.chat.peer_id, "text": found.text,
        "conversation_message_id": found.cmid, "fwd_messages": found.forwarded, "important": False,
        "is_hidden": False, "attachments": found.attachments, "random_id": found.random_id,
    }  # fmt: skip
    if found.reply_to:
        kept = ("date", "from_id", "text", "attachments", "conversation_message_id", "peer_id", "id")
        shape["reply_message"] = {name: message(found.reply_to)[name] for name in kept}
    if found.action:
        shape["action"] = found.action
    return shape | ({"update_time": found.edited} if found.edited else {})


def message_event(found: ChatMessage, version: str) -> Shape:
    if tuple(map(int, version.split("."))) < FULL_MESSAGES:
        return message(found)
    actions = ["text", "vkpay", "open_app", "location", "open_link", "callback"]
    client = {"button_actions": actions, "keyboard": True, "inline_keyboard": True, "carousel": True, "lang_id": 0}
    return {"message": message(found), "client_info": client}


def conversation(found: Chat) -> Shape:
    local = found.peer_id - 2_000_000_000 if found.is_chat else found.peer_id
    newest = max(found.messages, default=0)
    peer = {"id": found.peer_id, "type": "chat" if found.is_chat else "user", "local_id": local}
    shape: Shape = {
        "peer": peer, "last_message_id": 0, "last_conversation_message_id": newest, "in_read": 0, "out_read": 0,
        "can_write": {"allowed": True},
    }  # fmt: skip
    if found.is_chat:
        admins = [peer for peer, member in found.members.items() if member.is_admin and peer != found.owner]
        shape["chat_settings"] = {
            "title": found.title, "members_count": len(found.members), "owner_id": found.owner, "state": "in",
            "admin_ids": admins,
        }  # fmt: skip
    return shape


def ban(found: Ban, banned: User | Community) -> Shape:
    info = {
        "admin_id": found.by, "date": found.date, "reason": found.reason, "comment": found.comment,
        "comment_visible": found.comment_visible, "end_date": found.end,
    }  # fmt: skip
    if isinstance(banned, User):
        return {"type": "profile", "profile": user(banned), "ban_info": info}
    return {"type": "group", "group": community(banned), "ban_info": info}


def stack(found: Comment) -> list[int]:
    """The comments that it stands under, the topmost first."""
    return [found.parent.id] if found.parent else []


def _pictures(url: str) -> Shape:
    return {f"photo_{size}": url for size in ("50", "100", "200", "max")}
