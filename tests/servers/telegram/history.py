"""Reading messages: history, by id, answers to one, search."""

from __future__ import annotations

from collections.abc import Callable

from telethon.tl import functions, types

from tests.servers.telegram.box import Box
from tests.servers.telegram.calls import Call, RpcError, answers, listed
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.peers import box_of, channel_from, chat_from, in_peer, message_from, peer_from
from tests.servers.telegram.wire import TL


@answers(functions.messages.GetHistoryRequest)
def get_history(call: Call, request: TL) -> TL:
    peer = peer_from(call, request.peer)
    return _page(call, request, peer, lambda message: True)


@answers(functions.messages.SearchRequest)
def search(call: Call, request: TL) -> TL:
    """By text, author and date; of the filters, only the empty one."""
    peer = peer_from(call, request.peer)
    author = peer_from(call, request.from_id) if request.from_id else None
    text = request.q.casefold()

    def wanted(message: Message) -> bool:
        return text in message.text.casefold() and (author is None or message.author is author)

    return _page(call, request, peer, wanted)


@answers(functions.messages.GetRepliesRequest)
def get_replies(call: Call, request: TL) -> TL:
    """The answers to a message, a topic's messages, or the comments under a channel's post."""
    chat = chat_from(call, request.peer)
    root = discussed(message_from(call, chat, request.msg_id))

    def wanted(message: Message) -> bool:
        return message.reply is not None and root in (message.reply.to, message.reply.topic)

    if not isinstance(root.chat, Chat):
        raise RpcError("PEER_ID_INVALID")
    return _page(call, request, root.chat, wanted)


@answers(functions.messages.GetDiscussionMessageRequest)
def get_discussion_message(call: Call, request: TL) -> TL:
    root = discussed(message_from(call, chat_from(call, request.peer), request.msg_id))
    view = call.view()
    shown = [view.message(root, root.box_for(call.viewer))]
    return types.messages.DiscussionMessage(messages=shown, unread_count=0, chats=view.chats, users=view.users)


@answers(functions.channels.GetMessagesRequest)
def get_channel_messages(call: Call, request: TL) -> TL:
    chat = channel_from(call, request.channel)
    view, shown = call.view(), []
    for given in request.id:
        number = given.id if hasattr(given, "id") else given
        message = chat.box.messages.get(number)
        if message and isinstance(given, types.InputMessageReplyTo):
            message = message.reply.to if message.reply else None
        shown.append(view.message(message, chat.box) if message else types.MessageEmpty(number, _peer(chat)))
    view.mention(chat)
    return types.messages.ChannelMessages(
        pts=chat.box.pts, count=len(shown), messages=shown, topics=[], chats=view.chats, users=view.users
    )


@answers(functions.messages.GetMessagesRequest)
def get_messages(call: Call, request: TL) -> TL:
    box, view = call.viewer.box, call.view()
    shown = []
    for given in request.id:
        message = box.messages.get(given.id)
        shown.append(view.message(message, box) if message else types.MessageEmpty(given.id))
    return types.messages.Messages(messages=shown, topics=[], chats=view.chats, users=view.users)


def discussed(message: Message) -> Message:
    """What the comments of a channel's post answer: its copy in the discussion group; else the message itself."""
    if not (isinstance(message.chat, Chat) and message.chat.linked):
        return message
    for copy in message.chat.linked.box.messages.values():
        header = copy.forward
        origin = getattr(getattr(header, "saved_from_peer", None), "channel_id", None)
        if origin == message.chat.id and header.saved_from_msg_id == message.id:
            return copy
    return message


def _page(call: Call, request: TL, peer: User | Chat, wanted: Callable[[Message], bool]) -> TL:
    """Messages around an offset, newest first. As with Telegram, min_id and max_id sift the page, but move nothing.

    Where fewer newer ones exist than a negative add_offset reaches for, the page is filled up with older ones.
    """
    box = box_of(call, peer)
    found = _numbers(box, lambda message: in_peer(call, message, peer) and wanted(message))
    start = _start(box, found, request) + request.add_offset
    start = max(0, start)
    page = found[start : start + max(0, min(request.limit, 100))]
    page = [
        number
        for number in page
        if (not request.max_id or number < request.max_id) and (not request.min_id or number > request.min_id)
    ]
    view = call.view()
    view.mention(peer)
    return listed(view, [box.messages[number] for number in page], box, len(found), position=start)


def _numbers(box: Box, wanted: Callable[[Message], bool]) -> list[int]:
    return [number for number, message in reversed(box.messages.items()) if wanted(message)]


def _start(box: Box, found: list[int], request: TL) -> int:
    """The place of the first message older than the offset."""
    date = getattr(request, "offset_date", None) or getattr(request, "max_date", None)
    before = int(date.timestamp()) if date else 0
    for place, number in enumerate(found):
        if (not request.offset_id or number < request.offset_id) and (
            request.offset_id or not before or box.messages[number].date < before
        ):
            return place
    return len(found)


def _peer(chat: Chat) -> TL:
    return types.PeerChannel(chat.id)
