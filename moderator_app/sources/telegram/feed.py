"""What arrives live: Telegram's pushes, put in turn and handed over at once."""

import asyncio
from collections.abc import Sequence
from typing import Any

from telethon.tl import types

from moderator_app.sources.telegram import entities
from moderator_app.sources.telegram.admin_log import penalty_of
from moderator_app.sources.telegram.numbering import mark_of_chat
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.parcel import Parcel
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.service import upgrade_of
from moderator_app.sources.telegram.updates_client import UpdatesClient, is_own
from moderator_app.sources.telegram.watched import Board, Event, Watched

_NEW = (types.UpdateNewMessage, types.UpdateNewChannelMessage)
_EDITED = (types.UpdateEditMessage, types.UpdateEditChannelMessage)
_CHAT_CHANGES = (
    types.UpdateChannel,
    types.UpdateChat,
    types.UpdateChatParticipants,
    types.UpdateChatParticipantAdmin,
)


class Feed:
    def __init__(self, client: UpdatesClient, board: Board, peers: Peers, outgoing: Outgoing) -> None:
        self._client, self._board = client, board
        self._peers, self._outgoing = peers, outgoing

    async def run(self) -> None:
        """Hand over what arrives, for ever."""
        while True:
            parcel = self.taken(await self._client.updates())
            if (delivery := parcel.delivery()) is not None:
                await self._outgoing.put(delivery, parcel.read)

    def taken(self, updates: Any) -> Parcel:
        """What has come in turn with an object of type Updates."""
        if isinstance(updates, types.UpdatesTooLong):
            self._board.lost()
        known = entities.known(getattr(updates, "users", ()), getattr(updates, "chats", ()))
        own = is_own(updates)
        parcel = Parcel(self._peers.learn(known.values()))
        for update in sorted(_listed(updates), key=_first):
            for event in self._in_turn(update, known):
                self.deliver(event, parcel, own=own)
        return parcel

    def deliver(self, event: Event, parcel: Parcel, *, own: bool = False) -> None:
        """Put one update into a parcel, whatever came before it. `own`: it is what this account has done."""
        update, known = event
        if isinstance(update, _NEW):
            self._new(update.message, known, parcel)
        elif isinstance(update, _EDITED):
            if (watched := self._watched_of(update.message)) is not None:
                self.note(update.message, watched)
                parcel.add(update.message, known, watched.admins)
        elif isinstance(update, types.UpdateDeleteChannelMessages):
            if (watched := self._board.chats.get(str(update.channel_id))) is not None:
                self._gone(update.messages, watched, parcel, own=own)
        elif isinstance(update, types.UpdateChannelParticipant):
            self._participant(update, known, parcel)
        elif isinstance(update, types.UpdateDeleteMessages):
            for id in update.messages:
                group = self._board.group_of(id)
                now = None if group is None else self._board.successors.get(group)
                if group is not None and (watched := self._board.chats.get(now or group)) is not None:
                    self._gone([id], watched, parcel, own=own, mark=mark_of_chat(group) if now else "")

    def note(self, found: Any, watched: Watched) -> None:
        """Keep in mind to which chat a message belongs, where its deletion will not tell, and whom to get to know."""
        if watched.chat.is_basic:
            self._board.remember(found.id, watched.chat.id)
        writer = getattr(found, "from_id", None)
        if isinstance(writer, types.PeerUser) and self._peers.author(str(writer.user_id)) is None:
            self._board.notice_stranger(writer.user_id, watched.chat.id, found.id)

    def _in_turn(self, update: Any, known: entities.Known) -> Sequence[Event]:
        """What `update` completes; nothing where something is missing before it."""
        pts, count = getattr(update, "pts", 0) or 0, getattr(update, "pts_count", 0) or 0
        channel = _channel(update)
        if isinstance(update, _CHAT_CHANGES):
            self._board.notice_change()
        if isinstance(update, types.UpdateChannelTooLong):
            if (watched := self._board.chats.get(str(channel))) is not None:
                self._board.fill(watched.chat.id)
            return ()
        if channel is None:
            ready = self._board.account.take(pts, count, (update, known))
            if self._board.account.has_gap:
                for watched in self._board.basic:
                    self._board.notice_gap(watched)
            return ready
        watched = self._board.chats.get(str(channel))
        if watched is None:
            if str(channel) not in self._board.others:
                self._board.notice_change(str(channel))
            return ()
        ready = watched.sequence.take(pts, count, (update, known))
        if watched.sequence.has_gap:
            self._board.notice_gap(watched)
        return ready

    def _new(self, found: Any, known: entities.Known, parcel: Parcel) -> None:
        watched = self._watched_of(found)
        if watched is None:
            return
        self.note(found, watched)
        watched.newest = max(watched.newest, found.id)
        watched.stirred = asyncio.get_running_loop().time()
        if (moved := upgrade_of(found, known)) is not None:
            self._board.upgraded(moved.former.community, moved.now.key.community)
        if isinstance(getattr(found, "action", None), types.MessageActionChatDeleteUser) and not found.out:
            self._board.notice_act(watched.chat.id)
        parcel.add(found, known, watched.admins)
        if watched.intact:
            parcel.read[watched.chat.id] = max(found.id, parcel.read.get(watched.chat.id, 0))

    def _participant(self, update: Any, known: entities.Known, parcel: Parcel) -> None:
        watched = self._board.chats.get(str(update.channel_id))
        if watched is not None and update.actor_id != self._client._self_id:
            penalty = penalty_of(watched.chat, update, update.actor_id, update.date, known)
            if penalty is not None:
                parcel.punish(penalty)

    def _gone(self, ids: Sequence[int], watched: Watched, parcel: Parcel, *, own: bool, mark: str = "") -> None:
        parcel.remove(watched.chat, ids, mark=mark)
        if not own and not watched.chat.is_basic:
            # By whom is told there only.
            self._board.notice_act(watched.chat.id)
        if not watched.intact and not mark:
            watched.gone.update(ids)

    def _watched_of(self, found: Any) -> Watched | None:
        peer = getattr(found, "peer_id", None)
        if not isinstance(peer, types.PeerChat | types.PeerChannel):
            return None
        id = entities.chat_id(peer)
        watched = self._board.chats.get(id)
        if watched is None and id not in self._board.others:
            self._board.notice_change(id)
        return watched


def _listed(updates: Any) -> Sequence[Any]:
    match updates:
        case types.Updates() | types.UpdatesCombined():
            return updates.updates  # type: ignore[no-any-return]
        case types.UpdateShort():
            return [updates.update]
        case types.UpdateShortChatMessage():
            return [types.UpdateNewMessage(_written_out(updates), updates.pts, updates.pts_count)]
        case types.UpdateShortMessage() | types.UpdateShortSentMessage():
            # Of a private chat: it only counts.
            return [types.UpdateNewMessage(types.MessageEmpty(updates.id, None), updates.pts, updates.pts_count)]
    return []


def _written_out(short: types.UpdateShortChatMessage) -> types.Message:
    return types.Message(
        id=short.id,
        peer_id=types.PeerChat(short.chat_id),
        from_id=types.PeerUser(short.from_id),
        date=short.date,
        message=short.message,
        out=short.out,
        mentioned=short.mentioned,
        silent=short.silent,
        fwd_from=short.fwd_from,
        via_bot_id=short.via_bot_id,
        reply_to=short.reply_to,
        entities=short.entities,
        ttl_period=short.ttl_period,
    )


def _channel(update: Any) -> int | None:
    """The channel whose `pts` an update has; None for the account's."""
    peer = getattr(getattr(update, "message", None), "peer_id", None)
    if isinstance(peer, types.PeerChannel):
        return peer.channel_id  # type: ignore[no-any-return]
    found: int | None = getattr(update, "channel_id", None)
    return found


def _first(update: Any) -> int:
    """Where an update begins: within one push they may stand in any order."""
    return (getattr(update, "pts", 0) or 0) - (getattr(update, "pts_count", 0) or 0)
