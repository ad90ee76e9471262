"""Collects what one push or one answer of Telegram brings, until it is handed over as a delivery."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from telethon.tl import types

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.message import Author, Join, Message, MessageKey
from moderator_app.domain.ports import Delivery, Peer, Penalty, Removal, Renumbering
from moderator_app.sources.telegram.chats import Chat
from moderator_app.sources.telegram.convert import is_of_chat, message_of, moment
from moderator_app.sources.telegram.entities import Known, author, community_key
from moderator_app.sources.telegram.service import joins_of, upgrade_of
from moderator_app.sources.telegram.staff import standing_of


class Parcel:
    def __init__(self, peers: tuple[Peer, ...] = ()) -> None:
        self._peers = peers
        self._messages: list[Message] = []
        self._joins: list[Join] = []
        self._removals: list[Removal] = []
        self._penalties: list[Penalty] = []
        self._renumberings: list[Renumbering] = []
        # The ids up to which chats are read with this.
        self.read: dict[str, int] = {}

    def add(self, found: Any, known: Known, admins: frozenset[int] = frozenset()) -> None:
        """A message or service message of Telethon, from a chat with these admins."""
        message = message_of(found, known)
        if message is not None:
            self._messages.append(replace(message, standing=standing_of(found, admins)))
            return
        if (moved := upgrade_of(found, known)) is not None:
            self._renumberings.append(moved)
            return
        self._joins += joins_of(found, known)
        penalty = _removed_member(found, known)
        if penalty is not None:
            self._penalties.append(penalty)

    def remove(
        self, chat: Chat, messages: Iterable[int], by: Author | None = None, at: datetime | None = None, mark: str = ""
    ) -> None:
        """`mark` as in `numbering`."""
        key, before = chat.community.key, f"{mark}:" if mark else ""
        keys = (MessageKey(key.platform, key.community, f"{before}{id}") for id in messages)
        self._removals += (Removal(each, by, at) for each in keys)

    def punish(self, penalty: Penalty) -> None:
        self._penalties.append(penalty)

    def delivery(self) -> Delivery | None:
        """None where there is nothing to tell."""
        joins, removals, penalties = tuple(self._joins), tuple(self._removals), tuple(self._penalties)
        found = Delivery(
            tuple(self._messages), joins, removals=removals, penalties=penalties, peers=self._peers,
            renumberings=tuple(self._renumberings),
        )  # fmt: skip
        return found if self.read or found != Delivery() else None


def _removed_member(found: Any, known: Known) -> Penalty | None:
    """Who was removed by somebody else than oneself and this account, which is known already."""
    if not isinstance(found, types.MessageService) or not isinstance(found.action, types.MessageActionChatDeleteUser):
        return None
    removed, date = types.PeerUser(found.action.user_id), moment(found.date)
    by = found.from_id
    if by is None or by == removed or found.out or date is None or not is_of_chat(found):
        return None
    place = community_key(found.peer_id)
    return Penalty(place, author(removed, known).key, ActionKind.KICK, author(by, known), date)
