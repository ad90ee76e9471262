"""Whom a request speaks of: input peers with their access hashes made users and chats."""

from __future__ import annotations

from telethon.tl import types

from tests.servers.telegram.box import Box
from tests.servers.telegram.calls import Call, RpcError
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.wire import TL


def user_from(call: Call, given: TL, error: str = "USER_ID_INVALID") -> User:
    """An InputUser or InputPeerUser. Raises RpcError(`error`) for an unknown id or a foreign hash."""
    if isinstance(given, types.InputUserSelf | types.InputPeerSelf):
        return call.viewer
    if isinstance(given, types.InputUserFromMessage | types.InputPeerUserFromMessage):
        return _seen_in_message(call, given)
    user = call.world.users.get(getattr(given, "user_id", 0))
    if user is None or given.access_hash != call.world.access_hash(call.viewer, user):
        raise RpcError(error)
    return user


def channel_from(call: Call, given: TL, *, inside: bool = True) -> Chat:
    """A supergroup or channel; `inside`: one whose messages the viewer may read.

    Raises RpcError CHANNEL_INVALID for an unknown id or a foreign hash, CHANNEL_PRIVATE for one closed to the viewer.
    """
    chat = call.world.chats.get(getattr(given, "channel_id", 0))
    if chat is None or not chat.is_channel or given.access_hash != call.world.access_hash(call.viewer, chat):
        raise RpcError("CHANNEL_INVALID")
    if inside and not open_to(call, chat):
        raise RpcError("CHANNEL_PRIVATE")
    return chat


def open_to(call: Call, chat: Chat) -> bool:
    if chat.shut_out(call.viewer, call.world.now):
        return False
    return call.viewer in chat.members or bool(chat.username) or bool(chat.linked and chat.linked.username)


def basic_group_from(call: Call, number: int) -> Chat:
    """Raises RpcError CHAT_ID_INVALID."""
    chat = call.world.chats.get(number)
    if chat is None or chat.is_channel or call.viewer not in chat.members:
        raise RpcError("CHAT_ID_INVALID")
    return chat


def peer_from(call: Call, given: TL) -> User | Chat:
    """An InputPeer. Raises RpcError PEER_ID_INVALID, CHANNEL_INVALID or CHANNEL_PRIVATE."""
    if isinstance(given, types.InputPeerChannel | types.InputChannel):
        return channel_from(call, given)
    if isinstance(given, types.InputPeerChat):
        try:
            return basic_group_from(call, given.chat_id)
        except RpcError:
            raise RpcError("PEER_ID_INVALID") from None
    return user_from(call, given, "PEER_ID_INVALID")


def chat_from(call: Call, given: TL) -> Chat:
    peer = peer_from(call, given)
    if isinstance(peer, User):
        raise RpcError("PEER_ID_INVALID")
    return peer


def participant_from(call: Call, given: TL) -> User | Chat:
    """Somebody in a channel: a user, or a channel that writes there. Raises RpcError PARTICIPANT_ID_INVALID."""
    if isinstance(given, types.InputPeerChannel):
        return channel_from(call, given, inside=False)
    if isinstance(given, types.InputPeerChannelFromMessage):
        return _author_of(call, given)
    return user_from(call, given, "PARTICIPANT_ID_INVALID")


def box_of(call: Call, peer: User | Chat) -> Box:
    return peer.box if isinstance(peer, Chat) and peer.is_channel else call.viewer.box


def in_peer(call: Call, message: Message, peer: User | Chat) -> bool:
    """Whether a message of the viewer's box belongs to this chat."""
    if isinstance(peer, Chat):
        return message.chat is peer
    return isinstance(message.chat, User) and {message.sender, message.chat} == {call.viewer, peer}


def message_from(call: Call, peer: User | Chat, number: int) -> Message:
    """Raises RpcError MESSAGE_ID_INVALID."""
    message = box_of(call, peer).messages.get(number)
    if message is None or not in_peer(call, message, peer):
        raise RpcError("MESSAGE_ID_INVALID")
    return message


def _author_of(call: Call, given: TL) -> Chat:
    """A channel that wrote a message as itself."""
    author = message_from(call, peer_from(call, given.peer), given.msg_id).author
    if not isinstance(author, Chat) or author.id != given.channel_id:
        raise RpcError("CHANNEL_INVALID")
    return author


def _seen_in_message(call: Call, given: TL) -> User:
    message = message_from(call, peer_from(call, given.peer), given.msg_id)
    for user in (message.author, message.sender, message.via_bot, *message.mentions):
        if isinstance(user, User) and user.id == given.user_id:
            return user
    raise RpcError("USER_ID_INVALID")
