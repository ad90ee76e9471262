"""Finds what this account must show to speak of chats and people: access hashes, or where it has seen them."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from telethon import TelegramClient
from telethon.tl import types

from moderator_app.domain.errors import Refused
from moderator_app.domain.message import CommunityKey, MessageKey
from moderator_app.sources.telegram.errors import code_of
from moderator_app.sources.telegram.numbering import split
from moderator_app.sources.telegram.peers import Peers

Done = TypeVar("Done")

# What Telegram answers to a foreign or outdated hash.
_NOT_RECOGNISED = frozenset(
    {
        "CHANNEL_INVALID", "INPUT_USER_INVALID", "PARTICIPANT_ID_INVALID", "PEER_ID_INVALID", "USER_ID_INVALID",
        "USER_INVALID",
    }
)  # fmt: skip
# And to a message that does not show the person any more.
_NOT_SHOWN = _NOT_RECOGNISED | {"MESSAGE_ID_INVALID", "MSG_ID_INVALID"}
_BY_MESSAGE = (types.InputPeerUserFromMessage, types.InputPeerChannelFromMessage)


class Written(Protocol):
    """An order, or whatever else names an author and a message of theirs."""

    @property
    def author(self) -> str: ...

    @property
    def message(self) -> MessageKey: ...


class Addressing:
    """`peers` are kept up to date by whoever receives entities; what the client itself has met is known, too."""

    def __init__(self, client: TelegramClient, peers: Peers) -> None:
        self._client = client
        self._peers = peers

    def chat(self, key: CommunityKey) -> Any:
        """An InputPeerChannel or InputPeerChat. Raises Refused for a chat that was never met."""
        known = self._peers.chat(key.community) or self._met(types.PeerChannel(int(key.community)))
        if known is None:
            raise Refused("telegram.unknown_peer", code="")
        return known

    async def with_author(self, of: Written, chat: Any, act: Callable[[Any], Awaitable[Done]]) -> Done:
        """Await `act` with an InputPeer of the author: with the next one as long as Telegram knows none.

        Raises Refused when all are used up, and whatever else `act` raises.
        """
        for peer in self._candidates(of, chat):
            try:
                return await act(peer)
            except Refused as refused:
                if code_of(refused) not in (_NOT_SHOWN if isinstance(peer, _BY_MESSAGE) else _NOT_RECOGNISED):
                    raise
        raise Refused("telegram.unknown_peer", code="")

    def _candidates(self, of: Written, chat: Any) -> Iterator[Any]:
        """The stored one, the one that was met since, and "who wrote this message"."""
        if not of.author.removeprefix("-").isdecimal():
            return
        number = abs(int(of.author))
        is_channel = of.author.startswith("-")
        stored = self._peers.author(of.author)
        if stored is not None:
            yield stored
        met = self._met(types.PeerChannel(number) if is_channel else types.PeerUser(number))
        if met is not None and met != stored:
            yield met
        shown = None
        with suppress(Refused):
            group, message = split(of.message.message)
            shown_in = types.InputPeerChat(int(group)) if group else chat
            by_message = types.InputPeerChannelFromMessage if is_channel else types.InputPeerUserFromMessage
            shown = by_message(shown_in, message, number)
        if shown is not None:
            yield shown

    def _met(self, peer: Any) -> Any:
        try:
            return self._client.session.get_input_entity(peer)
        except ValueError:
            return None
