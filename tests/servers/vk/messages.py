"""messages.*: the chats of a community, read and moderated."""

from __future__ import annotations

from typing import Any

from tests.servers.vk import shapes
from tests.servers.vk.calls import Call, answers
from tests.servers.vk.comments import extended
from tests.servers.vk.entities import CHAT_PEERS, Chat, ChatMessage
from tests.servers.vk.errors import VkError

DAY = 86400
RIGHTS = {"scope": "messages", "group_scope": "messages"}


@answers("messages.send", "UG", **RIGHTS)
def send(call: Call) -> Any:
    """Once for each random_id that is not 0. Communities are told of messages in chats that their id is 0."""
    if not call.has("random_id"):
        raise VkError(100, "random_id is undefined")
    if call.has("peer_ids"):
        sent = [(peer, _sent(call, peer)) for peer in call.numbers("peer_ids", 100)]
        return [{"peer_id": peer, "message_id": each.id, "conversation_message_id": each.cmid} for peer, each in sent]
    return _sent(call, _peer(call)).id


def _peer(call: Call) -> int:
    if call.has("chat_id"):
        return CHAT_PEERS + call.number("chat_id")
    return call.number("peer_id", call.number("user_id", 0))


def _sent(call: Call, peer: int) -> ChatMessage:
    if not call.has("message") and not call.has("attachment"):
        raise VkError(100, "message is undefined")
    chat, author, random_id = _writable(call, peer), call.community().peer, call.number("random_id")
    known = chat.sent.get((author, random_id))
    if random_id and known:
        return known
    forward = call.object("forward")
    answered = None
    if forward.get("is_reply"):
        answered = chat.messages.get(next(iter(forward.get("conversation_message_ids", ())), 0))
    message = call.world.write(chat, author, call.text("message"), reply_to=answered, random_id=random_id)
    chat.sent[author, random_id] = message
    return message


def _writable(call: Call, peer: int) -> Chat:
    """A person must have written first."""
    if peer <= CHAT_PEERS and peer not in call.community().chats:
        raise VkError(901)
    return call.chat(peer)


@answers("messages.delete", "UG", **RIGHTS)
def delete(call: Call) -> Any:
    """An answer for each message; what cannot be done is told inside."""
    if not call.has("cmids"):
        raise VkError(15, "message can not be found")
    chat = call.chat(call.number("peer_id"))
    return [_deleted(call, chat, cmid) for cmid in call.numbers("cmids", 100)]


def _deleted(call: Call, chat: Chat, cmid: int) -> dict[str, Any]:
    shape = {"peer_id": chat.peer_id, "message_id": 0, "conversation_message_id": cmid}
    message = chat.messages.get(cmid)
    if not message or message.deleted:
        return shape | {"response": 0, "error": {"code": 15, "description": "Access denied: message can not be found"}}
    own = message.author == call.community().peer
    if call.flag("delete_for_all"):
        if not _may_delete(call, chat, message, own=own):
            error = {"code": 924, "description": "Can't delete this message for everybody"}
            return shape | {"response": 0, "error": error}
        call.world.delete_message(message, call.token.peer)
    return shape | {"response": 1}


def _may_delete(call: Call, chat: Chat, message: ChatMessage, *, own: bool) -> bool:
    """Neither what administrators wrote nor what is older than a day."""
    if call.world.now - message.date > DAY:
        return False
    sender = chat.members.get(message.author)
    return own or (_is_admin(call, chat) and not (sender and sender.is_admin))


def _is_admin(call: Call, chat: Chat) -> bool:
    member = chat.members.get(call.community().peer)
    return bool(member and member.is_admin)


@answers("messages.removeChatUser", "UG", **RIGHTS)
def remove_chat_user(call: Call) -> Any:
    chat = call.chat(CHAT_PEERS + call.number("chat_id"))
    peer = call.number("member_id", call.number("user_id", 0))
    if not _is_admin(call, chat):
        raise VkError(925)
    if peer not in chat.members:
        raise VkError(935)
    if chat.members[peer].is_admin:
        raise VkError(15, "user is an administrator of the chat")
    call.world.remove(chat, peer, call.community().peer)
    return 1


@answers("messages.getByConversationMessageId", "UG", **RIGHTS)
def get_by_conversation_message_id(call: Call) -> Any:
    chat = call.chat(call.number("peer_id"))
    wanted = [chat.messages.get(cmid) for cmid in call.numbers("conversation_message_ids", 100)]
    found = [each for each in wanted if each and not each.deleted]
    authors = extended(call, (each.author for each in found))
    return {"count": len(found), "items": [shapes.message(each) for each in found], **authors}


@answers("messages.getHistory", "UG", **RIGHTS)
def get_history(call: Call) -> Any:
    """The newest first, or the oldest with `rev`. Of a chat only to its administrators."""
    chat = call.chat(call.number("peer_id", call.number("user_id", 0)))
    if chat.is_chat and not _is_admin(call, chat):
        raise VkError(917)
    found = [each for each in chat.messages.values() if not each.deleted]
    if not call.flag("rev"):
        found.reverse()
    start = call.number("offset", 0)
    shown = found[start : start + call.count(20, 200)]
    authors = extended(call, (each.author for each in shown))
    return {"count": len(found), "items": [shapes.message(each) for each in shown], **authors}


@answers("messages.getConversations", "UG", **RIGHTS)
def get_conversations(call: Call) -> Any:
    community, start = call.community(), call.number("offset", 0)
    chats = [each for each in community.chats.values() if not each.is_chat or community.peer in each.members]
    items = []
    for chat in chats[start : start + call.count(20, 200)]:
        newest = next((each for each in reversed(chat.messages.values()) if not each.deleted), None)
        last = {"last_message": shapes.message(newest)} if newest else {}
        items.append({"conversation": shapes.conversation(chat), **last})
    return {"count": len(chats), "items": items, **extended(call, (chat.owner for chat in chats))}


@answers("messages.getConversationsById", "UG", **RIGHTS)
def get_conversations_by_id(call: Call) -> Any:
    community = call.community()
    chats = [community.chats[peer] for peer in call.numbers("peer_ids", 100) if peer in community.chats]
    items = [shapes.conversation(each) for each in chats]
    return {"count": len(items), "items": items, **extended(call, (chat.owner for chat in chats))}


@answers("messages.getConversationMembers", "UG", **RIGHTS)
def get_conversation_members(call: Call) -> Any:
    chat = call.chat(call.number("peer_id"))
    if not _is_admin(call, chat):
        raise VkError(917)
    items = [
        {
            "member_id": peer, "invited_by": member.invited_by, "join_date": member.joined,
            **({"is_admin": True} if member.is_admin else {}), **({"is_owner": True} if peer == chat.owner else {}),
            "can_kick": not member.is_admin,
        }
        for peer, member in chat.members.items()
    ]  # fmt: skip
    authors = extended(call, chat.members) if call.flag("extended") else {}
    return {"count": len(items), "items": items, **authors}
