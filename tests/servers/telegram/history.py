"""Reading messages: history, by id, answers to one, search."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import neg

from telethon.tl import functions, types

from tests.servers.telegram.box import Box
from tests.servers.telegram.calls import Call, RpcError, answers, listed
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.peers import box_of, channel_from, chat_from, in_peer, message_from, peer_from
from tests.servers.telegram.wire import TL


@answers(functions.messages.GetHistoryRequest)
def get_history(call: Call, request: TL) -> TL:
    peer = peer_from(call, request.peer)
    return _page(call, request, peer, everything)


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
        shown.append(view.message(message, box) if message else types.MessageEmpty(given.id, None))
    return types.messages.Messages(messages=shown, topics=[], chats=view.chats, users=view.users)


def everything(message: Message) -> bool:
    return True


def discussed(message: Message) -> Message:
    """What the comments of a channel's post answer: its copy in the discussion group; else the message itself."""
    return message.copy or message


def _page(call: Call, request: TL, peer: User | Chat, wanted: Callable[[Message], bool]) -> TL:
    """Messages around an offset, newest first. As with Telegram, min_id and max_id sift the page, but move nothing.

    Where fewer newer ones exist than a negative add_offset reaches for, the page is filled up with older ones.
    """
    box = box_of(call, peer)
    if box is peer.box and wanted is everything:
        found = list(reversed(box.messages))
    else:
        found = [
            number
            for number, message in reversed(box.messages.items())
            if in_peer(call, message, peer) and wanted(message)
        ]
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


def _start(box: Box, found: list[int], request: TL) -> int:
    """The place of the first message older than the offset."""
    if request.offset_id:
        return bisect_right(found, -request.offset_id, key=neg)
    date = getattr(request, "offset_date", None) or getattr(request, "max_date", None)
    before = int(date.timestamp()) if date else 0
    if not before:
        return 0
    return next((place for place, number in enumerate(found) if box.messages[number].date < before), len(found))


def _peer(chat: Chat) -> TL:
    return types.PeerChannel(chat.id)
