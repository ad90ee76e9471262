"""Reads messages of a chat: those after one, those with given ids, those that a gap has left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telethon.tl import functions, types

from moderator_app.sources.telegram import entities
from moderator_app.sources.telegram.chats import Ask, Chat
from moderator_app.sources.telegram.convert import moment

# As many as Telegram gives.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Messages of every kind, oldest first. `pts` is the channel's when it was read, 0 in a basic group.

    `is_last`: when it was read there was nothing after it.
    """

    messages: tuple[Any, ...]
    known: entities.Known
    pts: int
    is_last: bool


async def after(ask: Ask, chat: Chat, id: int) -> Page:
    """The first messages whose ids are greater."""
    answer = await ask(_history(chat, offset_id=id + 1, add_offset=-PAGE, limit=PAGE))
    # At the end Telegram fills the page with older ones.
    newer = sorted((each for each in answer.messages if each.id > id), key=lambda each: each.id)
    is_last = len(newer) < PAGE
    return Page(tuple(newer), _known(answer), getattr(answer, "pts", 0), is_last)


async def start(ask: Ask, chat: Chat, since: datetime, most: int) -> int:
    """The id after which a first reading begins that takes no more than `most` messages, none before `since`."""
    newest = await _nearest(ask, chat)
    if newest is None or not most:
        return newest.id if newest is not None else 0
    before = await _nearest(ask, chat, add_offset=most)
    first = before.id if before is not None and before.id < newest.id else 0
    old = await _nearest(ask, chat, offset_date=since)
    # Older ones that the page brings along are left out by whoever reads it.
    return max(first, old.id) if old is not None and is_before(old, since) else first


async def by_id(ask: Ask, chat: Chat, ids: Sequence[int]) -> tuple[Mapping[int, Any], entities.Known]:
    """The messages, of every kind, that are still there, of at most PAGE."""
    wanted = [types.InputMessageID(id) for id in ids]
    if chat.is_basic:
        answer = await ask(functions.messages.GetMessagesRequest(wanted))
    else:
        answer = await ask(functions.channels.GetMessagesRequest(input_channel(chat), wanted))
    present = {
        each.id: each
        for each in answer.messages
        if isinstance(each, types.Message | types.MessageService) and _is_of(each, chat)
    }
    return present, _known(answer)


async def difference(ask: Ask, chat: Chat, pts: int) -> Any:
    """Telegram's own account of what happened in a channel since `pts`."""
    request = functions.updates.GetChannelDifferenceRequest(
        input_channel(chat), types.ChannelMessagesFilterEmpty(), pts, PAGE
    )
    return await ask(request)


def is_before(found: Any, since: datetime) -> bool:
    """Whether a message was written before a time."""
    date = moment(found.date)
    return date is not None and date < since


def input_channel(chat: Chat) -> types.InputChannel:
    return types.InputChannel(chat.input_peer.channel_id, chat.input_peer.access_hash)


def _history(chat: Chat, **wanted: Any) -> Any:
    from_start = {"offset_id": 0, "offset_date": None, "add_offset": 0, "max_id": 0, "min_id": 0, "hash": 0}
    return functions.messages.GetHistoryRequest(chat.input_peer, **(from_start | wanted))


async def _nearest(ask: Ask, chat: Chat, **wanted: Any) -> Any:
    """The newest message at an offset; None where there is none."""
    answer = await ask(_history(chat, limit=1, **wanted))
    return next((each for each in answer.messages if not isinstance(each, types.MessageEmpty)), None)


def _is_of(found: Any, chat: Chat) -> bool:
    # Ids of basic groups count for the whole account.
    return bool(entities.chat_id(found.peer_id) == chat.id) if not isinstance(found.peer_id, types.PeerUser) else False


def _known(answer: Any) -> entities.Known:
    return entities.known(answer.users, answer.chats)
