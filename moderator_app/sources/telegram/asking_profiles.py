"""Asks Telegram about somebody who writes in a chat."""

from dataclasses import dataclass
from typing import Any

from telethon.tl import functions, types

from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, MessageKey
from moderator_app.domain.profile import Profile
from moderator_app.sources.telegram.addressing import Addressing
from moderator_app.sources.telegram.chats import Ask, Chat
from moderator_app.sources.telegram.profile import channel_profile_of, profile_of
from moderator_app.sources.telegram.reading import input_channel


@dataclass(frozen=True, slots=True)
class _Written:
    author: str
    message: MessageKey


class AskingProfiles:
    """All of it raises TryLater, SignInNeeded and Refused."""

    def __init__(self, ask: Ask, addressing: Addressing) -> None:
        self._ask, self._addressing = ask, addressing

    async def profile(self, chat: Chat, key: MessageKey, author: AuthorKey) -> Profile:
        async def about(peer: Any) -> Profile:
            return await self._of(chat, peer)

        return await self._addressing.with_author(_Written(author.author, key), chat.input_peer, about)

    async def _of(self, chat: Chat, peer: Any) -> Profile:
        if isinstance(peer, types.InputPeerChannel | types.InputPeerChannelFromMessage):
            return channel_profile_of(await self._ask(functions.channels.GetFullChannelRequest(_channel(peer))))
        answer = await self._ask(functions.users.GetFullUserRequest(_user(peer)))
        return profile_of(answer, await self._participant(chat, peer))

    async def _participant(self, chat: Chat, peer: Any) -> Any:
        """When somebody came into a basic group is told only with the list of all of its members."""
        if chat.is_basic:
            return None
        try:
            request = functions.channels.GetParticipantRequest(input_channel(chat), peer)
            return (await self._ask(request)).participant
        except Refused:
            # Has left, or was never in it: anybody may comment on a channel.
            return None


def _user(peer: Any) -> Any:
    if isinstance(peer, types.InputPeerUserFromMessage):
        return types.InputUserFromMessage(peer.peer, peer.msg_id, peer.user_id)
    return types.InputUser(peer.user_id, peer.access_hash)


def _channel(peer: Any) -> Any:
    if isinstance(peer, types.InputPeerChannelFromMessage):
        return types.InputChannelFromMessage(peer.peer, peer.msg_id, peer.channel_id)
    return types.InputChannel(peer.channel_id, peer.access_hash)
