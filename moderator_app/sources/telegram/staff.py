"""Who runs a chat: its admins, its linked channel, and this account, whose messages nobody has to judge."""

from typing import Any

from telethon.tl import functions, types

from moderator_app.domain.message import Standing
from moderator_app.sources.telegram.chats import Ask, Chat
from moderator_app.sources.telegram.reading import input_channel

# A chat has at most 50 admins, and 20 bots among them.
_MOST = 100
_ADMINS = (types.ChatParticipantAdmin, types.ChatParticipantCreator)


async def admins_of(ask: Ask, chat: Chat) -> frozenset[int]:
    """The users who are admins of a chat now. Raises what `ask` raises."""
    if chat.is_basic:
        answer = await ask(functions.messages.GetFullChatRequest(chat.input_peer.chat_id))
        listed = getattr(answer.full_chat.participants, "participants", ())
        return frozenset(each.user_id for each in listed if isinstance(each, _ADMINS))
    request = functions.channels.GetParticipantsRequest(
        input_channel(chat), types.ChannelParticipantsAdmins(), offset=0, limit=_MOST, hash=0
    )
    answer = await ask(request)
    return frozenset(each.user_id for each in answer.participants if hasattr(each, "user_id"))


def standing_of(found: Any, admins: frozenset[int]) -> Standing:
    """Of the author of a message, in a chat with these admins."""
    if found.out or (isinstance(found.from_id, types.PeerUser) and found.from_id.user_id in admins):
        return Standing.MANAGER
    header = found.fwd_from
    # Only Telegram itself forwards so: a post of the linked channel.
    if header is not None and isinstance(found.from_id, types.PeerChannel) and header.saved_from_peer == found.from_id:
        return Standing.LINKED_CHANNEL
    return Standing.UNKNOWN
