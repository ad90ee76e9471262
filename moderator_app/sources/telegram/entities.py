"""Turns Telethon's users, chats and channels into authors, communities and peers."""

from collections.abc import Iterable, Mapping
from typing import Any

from telethon import utils
from telethon.tl import types

from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.ports import Peer
from moderator_app.sources.telegram.text import clean

# Users, chats and channels by the id that tells them apart (Telethon's marked id), as answers and updates bring them.
Known = Mapping[int, Any]

USER, _CHAT, _CHANNEL = "user", "chat", "channel"


def known(*groups: Iterable[Any]) -> dict[int, Any]:
    """What the `users` and `chats` of an answer name."""
    return {utils.get_peer_id(entity): entity for group in groups for entity in group}


def author_id(peer: Any) -> str:
    """The id of a Peer as authors have it: a chat or channel with a minus."""
    if isinstance(peer, types.PeerUser):
        return str(peer.user_id)
    return f"-{chat_id(peer)}"


def chat_id(peer: Any) -> str:
    """The bare id of a PeerChat or PeerChannel."""
    return str(peer.chat_id if isinstance(peer, types.PeerChat) else peer.channel_id)


def community_key(peer: Any) -> CommunityKey:
    """Of a PeerChat or PeerChannel."""
    return CommunityKey(Platform.TELEGRAM, chat_id(peer))


def community(entity: Any) -> Community:
    """Of a Chat or Channel, or one that is forbidden."""
    return Community(CommunityKey(Platform.TELEGRAM, str(entity.id)), name(entity))


def author(peer: Any, known: Known) -> Author:
    """Who wrote, without names where `known` does not tell them."""
    entity = known.get(utils.get_peer_id(peer))
    return Author(AuthorKey(Platform.TELEGRAM, author_id(peer)), name(entity), username(entity))


def name(entity: Any) -> str:
    """What people see; nothing for an unknown or deleted account."""
    if isinstance(entity, types.User):
        return clean(" ".join(filter(None, (entity.first_name, entity.last_name))))
    return clean(getattr(entity, "title", None) or "")


def username(entity: Any) -> str:
    """Without the @, the first one of those that lead there; empty where there is none."""
    first: str = getattr(entity, "username", None) or ""
    if first:
        return first
    others = getattr(entity, "usernames", None) or ()
    return next((other.username for other in others if other.active), "")


def peer(entity: Any) -> Peer | None:
    """What this account must show to address `entity` again; None where `entity` does not tell it."""
    if isinstance(entity, types.Chat | types.ChatForbidden):
        return Peer(_CHAT, str(entity.id), 0)
    if not isinstance(entity, types.User | types.Channel | types.ChannelForbidden):
        return None
    # The hash of a `min` entity opens its picture only.
    if entity.access_hash is None or getattr(entity, "min", False):
        return None
    kind = USER if isinstance(entity, types.User) else _CHANNEL
    return Peer(kind, str(entity.id), entity.access_hash, username(entity))


def input_peer(peer: Peer) -> Any:
    """The InputPeer that addresses `peer`."""
    if peer.kind == USER:
        return types.InputPeerUser(int(peer.id), peer.access_hash)
    if peer.kind == _CHANNEL:
        return types.InputPeerChannel(int(peer.id), peer.access_hash)
    return types.InputPeerChat(int(peer.id))
