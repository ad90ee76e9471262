"""Writing: sending, editing, forwarding, reacting."""

from __future__ import annotations

from typing import Any

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import Chat, ChatKind, Message, Reply, User
from tests.servers.telegram.keys import random_long
from tests.servers.telegram.peers import box_of, message_from, peer_from
from tests.servers.telegram.views import peer_of
from tests.servers.telegram.wire import TL


@answers(functions.messages.SendMessageRequest)
def send_message(call: Call, request: TL) -> TL:
    if not request.message.strip():
        raise RpcError("MESSAGE_EMPTY")
    return send(call, request, request.random_id, request.message, entities=request.entities or [])


@answers(functions.messages.EditMessageRequest)
def edit_message(call: Call, request: TL) -> TL:
    peer = peer_from(call, request.peer)
    message = message_from(call, peer, request.id)
    if message.sender is not call.viewer:
        raise RpcError("MESSAGE_AUTHOR_REQUIRED", 403)
    if request.message is not None and request.message == message.text:
        raise RpcError("MESSAGE_NOT_MODIFIED")
    call.world.edit(message, request.message, entities=request.entities or [])
    return call.updates(call.view())


@answers(functions.messages.ForwardMessagesRequest)
def forward_messages(call: Call, request: TL) -> TL:
    source, target = peer_from(call, request.from_peer), peer_from(call, request.to_peer)
    numbered = []
    for number, random_id in zip(request.id, request.random_id, strict=True):
        message = message_from(call, source, number)
        refuse_repetition(call, random_id)
        copy = _write(call, target, message.text, entities=message.entities, media=message.media,
                      forward=message.forward or _origin(message), random_id=random_id)  # fmt: skip
        numbered.append(types.UpdateMessageID(copy.ids[box_of(call, target)], random_id))
    return call.updates(call.view(), *numbered)


@answers(functions.messages.SendReactionRequest)
def send_reaction(call: Call, request: TL) -> TL:
    message = message_from(call, peer_from(call, request.peer), request.msg_id)
    call.world.react(
        message, call.viewer, *(one.emoticon for one in request.reaction or [] if hasattr(one, "emoticon"))
    )
    return call.updates(call.view())


def send(call: Call, request: TL, random_id: int, text: str, **parts: Any) -> TL:
    """Sends to the request's peer, with its answer's header, and answers with the number it got.

    Raises RpcError RANDOM_ID_DUPLICATE for what was sent before.
    """
    peer = peer_from(call, request.peer)
    refuse_repetition(call, random_id)
    reply = _reply(call, peer, request.reply_to)
    message = _write(call, peer, text, random_id=random_id, reply=reply, **parts)
    return call.updates(call.view(), types.UpdateMessageID(message.ids[box_of(call, peer)], random_id))


def send_together(call: Call, request: TL, each: list[tuple[int, str, dict[str, Any]]]) -> TL:
    """Sends an album: messages (random id, caption, parts) of one group."""
    peer = peer_from(call, request.peer)
    reply, group, numbered = _reply(call, peer, request.reply_to), random_long() & (1 << 62) - 1, []
    for random_id, text, parts in each:
        refuse_repetition(call, random_id)
        message = _write(call, peer, text, random_id=random_id, reply=reply, grouped_id=group, **parts)
        numbered.append(types.UpdateMessageID(message.ids[box_of(call, peer)], random_id))
    return call.updates(call.view(), *numbered)


def refuse_repetition(call: Call, random_id: int) -> None:
    if (call.viewer, random_id) in call.server.random_ids:
        raise RpcError("RANDOM_ID_DUPLICATE", 500)
    call.server.random_ids.add((call.viewer, random_id))


def may_write(call: Call, chat: Chat) -> None:
    """Raises RpcError USER_BANNED_IN_CHANNEL or CHAT_WRITE_FORBIDDEN."""
    ban = chat.ban_of(call.viewer, call.world.now)
    if ban and ban.rights.send_messages:
        raise RpcError("USER_BANNED_IN_CHANNEL")
    if call.viewer not in chat.members:
        raise RpcError("CHAT_WRITE_FORBIDDEN", 403)
    if chat.kind is ChatKind.BROADCAST and not chat.may(call.viewer, "post_messages"):
        raise RpcError("CHAT_ADMIN_REQUIRED")
    closed = chat.default_banned and chat.default_banned.send_messages
    if closed and not chat.is_admin(call.viewer):
        raise RpcError("CHAT_WRITE_FORBIDDEN", 403)


def _write(call: Call, peer: User | Chat, text: str, **parts: Any) -> Message:
    viewer = call.viewer
    if isinstance(peer, User):
        return call.world.write(viewer, peer, text, **parts)
    may_write(call, peer)
    member = peer.members[viewer]
    anonymous = peer.kind is ChatKind.SUPERGROUP and member.admin is not None and bool(member.admin.anonymous)
    return call.world.post(peer, peer if anonymous else viewer, text, sender=viewer, **parts)


def _reply(call: Call, peer: User | Chat, given: TL) -> Reply | None:
    if not isinstance(given, types.InputReplyToMessage):
        return None
    source = peer_from(call, given.reply_to_peer_id) if given.reply_to_peer_id else peer
    to = box_of(call, source).messages.get(given.reply_to_msg_id)
    if to is None:
        raise RpcError("REPLY_MESSAGE_ID_INVALID")
    topic = to.reply.topic if to.reply else None
    if given.top_msg_id:
        topic = box_of(call, peer).messages.get(given.top_msg_id)
    forum = isinstance(peer, Chat) and peer.forum
    if forum and isinstance(to.action, types.MessageActionTopicCreate):
        return Reply(topic=to, forum=True)
    return Reply(to, topic, given.quote_text or "", given.quote_offset, forum)


def _origin(message: Message) -> TL:
    post = isinstance(message.chat, Chat) and message.chat.kind is ChatKind.BROADCAST
    return types.MessageFwdHeader(
        date=message.date, from_id=peer_of(message.author), channel_post=message.id if post else None
    )
