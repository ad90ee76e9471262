"""Whom an account can address: everybody it has met, with the access hashes that it must show."""

from collections.abc import Iterable
from typing import Any

from moderator_app.domain.ports import Peer
from moderator_app.sources.telegram import entities


class Peers:
    """What was stored of former runs, and what this one learns."""

    def __init__(self, stored: Iterable[Peer] = ()) -> None:
        self._users: dict[str, Peer] = {}
        # Groups, supergroups and channels.
        self._chats: dict[str, Peer] = {}
        self.recall(stored)

    def recall(self, stored: Iterable[Peer]) -> None:
        """Take over what is stored; what was learnt meanwhile is newer."""
        for peer in stored:
            self._of_kind(peer).setdefault(peer.id, peer)

    def learn(self, found: Iterable[Any]) -> tuple[Peer, ...]:
        """Remember Telethon's users, chats and channels; returns those that are new or have changed."""
        news = []
        for entity in found:
            peer = entities.peer(entity)
            if peer is not None and self._of_kind(peer).get(peer.id) != peer:
                self._of_kind(peer)[peer.id] = peer
                news.append(peer)
        return tuple(news)

    def author(self, author: str) -> Any:
        """The InputPeer of an author's id with its sign; None for somebody never met in full."""
        known = self._chats.get(author[1:]) if author.startswith("-") else self._users.get(author)
        return None if known is None else entities.input_peer(known)

    def chat(self, community: str) -> Any:
        """The InputPeer of a community by its bare id; None for one never met."""
        known = self._chats.get(community)
        return None if known is None else entities.input_peer(known)

    def all(self) -> tuple[Any, ...]:
        """The InputPeers of all."""
        return tuple(entities.input_peer(peer) for each in (self._users, self._chats) for peer in each.values())

    def _of_kind(self, peer: Peer) -> dict[str, Peer]:
        return self._users if peer.kind == entities.USER else self._chats
