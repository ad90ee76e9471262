"""Reads what did not arrive live: history since it was last read in full, and what became of stored messages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from telethon import TelegramClient
from telethon.tl import functions, types

from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.ports import Archive, Delivery, Kept
from moderator_app.sources.telegram import entities, reading
from moderator_app.sources.telegram.chats import ChatList, Listed
from moderator_app.sources.telegram.client import ask
from moderator_app.sources.telegram.convert import moment
from moderator_app.sources.telegram.feed import Feed
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.parcel import Parcel
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.reading import is_before
from moderator_app.sources.telegram.sequence import Sequence
from moderator_app.sources.telegram.watched import GAP_SECONDS, Board, Event, Watched

log = logging.getLogger(__name__)

# Which stored messages are looked at again after a time without connection.
KEPT_DAYS = timedelta(days=7)
MOST_KEPT = 2000

# What Telegram asks to wait for, or will be over soon: the connection goes on meanwhile.
_PASSING = ("telegram.flood", "telegram.trouble")
_CLOSED = ("telegram.chat_closed", "telegram.unknown_peer", "telegram.admin_needed")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far the first reading of a chat goes back."""

    days: int = 7
    messages: int = 2000


@dataclass(frozen=True, slots=True)
class Progress:
    """Told when it changes: the count of messages to be read yet, None when all are; or why it has to wait."""

    reading: Callable[[int | None], None]
    waits: Callable[[TryLater], Awaitable[None]]


class CatchingUp:
    """Works off, one request after the other, what the board says is to be read."""

    def __init__(
        self,
        client: TelegramClient,
        board: Board,
        feed: Feed,
        peers: Peers,
        outgoing: Outgoing,
        archive: Archive,
        bounds: Bounds,
        progress: Progress,
    ) -> None:
        self._client, self._board, self._feed = client, board, feed
        self._peers, self._outgoing, self._state = peers, outgoing, outgoing.state
        self._archive, self._bounds, self._progress = archive, bounds, progress
        self._list = ChatList(client, self._ask, peers)

    async def run(self) -> None:
        """For ever. Raises TryLater when the connection is lost, and SignInNeeded."""
        while True:
            self._board.work.clear()
            if not await self._next():
                self._progress.reading(None)
                await self._board.work.wait()

    async def _next(self) -> bool:
        board = self._board
        if board.chats_changed:
            board.chats_changed = False
            await self._look_around(await self._list.read())
        elif board.gaps:
            await self._for_chat(board.gaps, self._fill)
        elif board.behind:
            await self._for_chat(board.behind, self._catch_up)
        elif board.check_due:
            board.check_due = False
            await self._check()
        else:
            return False
        return True

    async def _for_chat(self, waiting: dict[str, None], work: Callable[[Watched], Awaitable[None]]) -> None:
        id = next(iter(waiting))
        # Taken off first: it may come on again meanwhile.
        del waiting[id]
        try:
            await work(self._board.chats[id])
        except Refused as refused:
            log.warning("chat %s cannot be read: %s", id, refused)
            if refused.text_id in _CLOSED:
                self._board.drop(id)

    async def _ask(self, request: Any) -> Any:
        while True:
            try:
                return await ask(self._client, request)
            except TryLater as later:
                if not later.text_id.startswith(_PASSING):
                    raise
                await self._progress.waits(later)

    async def _look_around(self, listed: Listed) -> None:
        former = {id: watched.chat.community for id, watched in self._board.chats.items()}
        self._board.list(listed.chats, listed.others)
        fresh = tuple(chat.community for chat in listed.chats if former.get(chat.id) != chat.community)
        if fresh or listed.peers:
            await self._outgoing.put(Delivery(communities=fresh, peers=listed.peers))

    async def _check(self) -> None:
        """Ask how far the chats are, and have read what has never arrived."""
        asked = tuple(self._board.chats.values())
        if not asked:
            return
        listed = await self._list.refresh([each.chat for each in asked])
        if len(listed.chats) != len(asked):
            self._board.chats_changed = True
        # What has happened just now is on its way.
        await asyncio.sleep(GAP_SECONDS)
        for chat in listed.chats:
            watched = self._board.chats.get(chat.id)
            if watched is not None:
                watched.chat = chat
                self._compare(watched, listed.pts)

    def _compare(self, watched: Watched, account_pts: int) -> None:
        chat = watched.chat
        sequence = self._board.account if chat.is_basic else watched.sequence
        pts = account_pts if chat.is_basic else chat.pts
        if self._has_unseen(watched) or (sequence.pts and pts > sequence.pts):
            self._board.fill(chat.id)

    async def _fill(self, watched: Watched) -> None:
        """Take in what is missing of a channel, edits and deletions too; where Telegram does not tell, read all."""
        chat, sequence = watched.chat, watched.sequence
        if chat.is_basic:
            self._board.lost(*(each.chat.id for each in self._board.basic))
            return
        before = sequence.pts
        answer = await self._difference(watched)
        parcel = Parcel()
        if isinstance(answer, types.updates.ChannelDifference):
            known = entities.known(answer.users, answer.chats)
            parcel = Parcel(self._peers.learn(known.values()))
            for found in answer.new_messages:
                self._feed.deliver((types.UpdateNewChannelMessage(found, 0, 0), known), parcel)
            for update in answer.other_updates:
                self._feed.deliver((update, known), parcel)
        if answer is not None:
            for event in sequence.start(answer.pts):
                self._feed.deliver(event, parcel)
        await self._put(parcel)
        if answer is None or sequence.pts <= before or sequence.has_gap or self._has_unseen(watched):
            self._board.lost(chat.id)
        elif not answer.final:
            self._board.fill(chat.id)

    async def _difference(self, watched: Watched) -> Any:
        """None where Telegram does not give one that tells all."""
        if not watched.sequence.pts:
            return None
        with suppress(Refused):
            answer = await reading.difference(self._ask, watched.chat, watched.sequence.pts)
            if not isinstance(answer, types.updates.ChannelDifferenceTooLong):
                return answer
        return None

    def _has_unseen(self, watched: Watched) -> bool:
        return watched.chat.top > max(watched.newest, self._state.up_to(watched.chat.id) or 0)

    async def _catch_up(self, watched: Watched) -> None:
        watched.intact = False
        watched.gone.clear()
        await self._read_history(watched)
        watched.intact = True
        watched.gone.clear()
        await self._look_again(watched)

    async def _read_history(self, watched: Watched) -> None:
        chat = watched.chat
        since = None
        read = self._state.up_to(chat.id)
        if chat.is_basic:
            state = await self._ask(functions.updates.GetStateRequest())
            await self._begin(self._board.account, state.pts)
        if read is None:
            since = datetime.now(UTC) - timedelta(days=self._bounds.days)
            read = await reading.start(self._ask, chat, since, self._bounds.messages)
        is_last = False
        while not is_last:
            self._tell_progress(chat.top - read)
            page = await reading.after(self._ask, chat, read)
            is_last = page.is_last
            # All that happens from now on arrives in turn, or leaves a gap.
            await self._begin(watched.sequence, page.pts if not watched.sequence.pts else 0)
            parcel = Parcel(self._peers.learn(page.known.values()))
            for found in page.messages:
                if found.id not in watched.gone and (since is None or not is_before(found, since)):
                    self._feed.note(found, watched)
                    parcel.add(found, page.known)
            read = page.messages[-1].id if page.messages else read
            watched.newest = max(watched.newest, read)
            parcel.read[chat.id] = read
            await self._put(parcel)

    async def _begin(self, sequence: Sequence[Event], pts: int) -> None:
        parcel = Parcel()
        for event in sequence.start(pts):
            self._feed.deliver(event, parcel)
        await self._put(parcel)

    async def _look_again(self, watched: Watched) -> None:
        """Compare the stored messages with what Telegram shows of them now."""
        # What was handed over is to be among them.
        await self._outgoing.settled()
        since = datetime.now(UTC) - KEPT_DAYS
        kept = await self._archive.kept(watched.chat.community.key, since, MOST_KEPT)
        stored = sorted((int(each.message), each) for each in kept if each.message.isdecimal())
        for first in range(0, len(stored), reading.PAGE):
            await self._compare_with_now(watched, dict(stored[first : first + reading.PAGE]))

    async def _compare_with_now(self, watched: Watched, stored: Mapping[int, Kept]) -> None:
        present, known = await reading.by_id(self._ask, watched.chat, tuple(stored))
        parcel = Parcel(self._peers.learn(known.values()))
        parcel.remove(watched, stored.keys() - present.keys())
        for id, found in present.items():
            self._feed.note(found, watched)
            if id in stored and moment(getattr(found, "edit_date", None)) not in (None, stored[id].edited):
                parcel.add(found, known)
        await self._put(parcel)

    async def _put(self, parcel: Parcel) -> None:
        if (delivery := parcel.delivery()) is not None:
            await self._outgoing.put(delivery, parcel.read)

    def _tell_progress(self, of_this: int) -> None:
        waiting = (self._board.chats[id].chat for id in self._board.behind)
        # In a basic group the ids count what stands elsewhere, too.
        others = sum(chat.top - (self._state.up_to(chat.id) or chat.top) for chat in waiting if not chat.is_basic)
        self._progress.reading(max(0, of_this) + max(0, others))
