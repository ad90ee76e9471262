"""Works off, one request after the other, what is to be read over one connection."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.message import Community
from moderator_app.domain.ports import Archive, Delivery
from moderator_app.sources.telegram import strangers
from moderator_app.sources.telegram.admin_log import acts_of_others
from moderator_app.sources.telegram.catching_up import Bounds, CatchingUp
from moderator_app.sources.telegram.chats import ChatList, Listed
from moderator_app.sources.telegram.client import ask
from moderator_app.sources.telegram.feed import Feed
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.ownership import Ownership
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.staff import admins_of
from moderator_app.sources.telegram.updates_client import UpdatesClient
from moderator_app.sources.telegram.watched import GAP_SECONDS, Board, Watched

log = logging.getLogger(__name__)

# What Telegram asks to wait for, or will be over soon: the connection goes on meanwhile.
_PASSING = ("telegram.flood", "telegram.trouble")
# How old what is known of the admins of a chat may be.
ADMINS_SECONDS = 300.0
_CLOSED = ("telegram.chat_closed", "telegram.unknown_peer", "telegram.admin_needed")


@dataclass(frozen=True, slots=True)
class Progress:
    """Told the count of messages to be read yet, None when all are; and why, and that, it has to wait."""

    reading: Callable[[int | None], None]
    waits: Callable[[TryLater], Awaitable[None]]


class KeepingUp:
    def __init__(
        self,
        client: UpdatesClient,
        board: Board,
        feed: Feed,
        peers: Peers,
        outgoing: Outgoing,
        archive: Archive,
        bounds: Bounds,
        progress: Progress,
        ownership: Ownership,
    ) -> None:
        self._client, self._board, self._peers = client, board, peers
        self._outgoing, self._progress = outgoing, progress
        self._ownership = ownership
        # When there is time again for what nobody waits for, by the clock of the loop.
        self._leisure_from = 0.0
        self._list = ChatList(client, self._ask, peers)
        self._catching_up = CatchingUp(self._ask, board, feed, peers, outgoing, archive, bounds, progress.reading)

    async def run(self) -> None:
        """For ever. Raises TryLater when the connection is lost, and SignInNeeded."""
        self._progress.reading(0)
        while True:
            self._board.work.clear()
            if not await self._next():
                await self._board.work.wait()

    async def _next(self) -> bool:
        """The most urgent that there is; False where there is nothing to do."""
        board = self._board
        if board.chats_changed:
            board.chats_changed = False
            await self._look_around(await self._list.read())
        elif board.gaps:
            await self._for_chat(board.gaps, self._catching_up.fill)
        elif board.behind:
            await self._for_chat(board.behind, self._catch_up)
        elif board.check_due:
            board.check_due = False
            self._progress.reading(None)
            await self._check()
            await self._do_at_leisure()
        else:
            self._progress.reading(None)
            return await self._do_at_leisure()
        return True

    async def _do_at_leisure(self) -> bool:
        """What nobody waits for; put off, and not waited for, when Telegram asks to."""
        board, loop = self._board, asyncio.get_running_loop()
        if loop.time() < self._leisure_from:
            return False
        try:
            if board.strangers:
                await self._ask_who(board.strangers)
            elif board.acts:
                await self._for_chat(board.acts, self._read_acts)
            else:
                return False
        except TryLater as later:
            if not later.text_id.startswith(_PASSING):
                raise
            log.info("who has done what is asked again in %d s: %s", later.seconds, later.text_id)
            self._leisure_from = loop.time() + later.seconds
            loop.call_later(later.seconds, board.work.set)
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

    async def _ask_now(self, request: Any) -> Any:
        return await ask(self._client, request)

    async def _ask(self, request: Any) -> Any:
        while True:
            try:
                return await ask(self._client, request)
            except TryLater as later:
                if not later.text_id.startswith(_PASSING):
                    raise
                await self._progress.waits(later)

    async def _look_around(self, listed: Listed) -> None:
        named = self._named()
        own = await self._ownership.own(listed.chats)
        foreign = {chat.id for chat in listed.chats} - {chat.id for chat in own}
        listed = replace(listed, chats=own, others=listed.others | foreign)
        self._board.list(listed.chats, listed.others)
        await self._tell_names(listed, named)

    async def _check(self) -> None:
        """Ask how far the chats are, and have read what has never arrived."""
        # Another account may have gone meanwhile.
        self._board.chats_changed |= self._ownership.waits
        asked = tuple(self._board.chats.values())
        if not asked:
            return
        listed = await self._list.refresh([each.chat for each in asked])
        if len(listed.chats) != len(asked):
            self._board.chats_changed = True
        # What has happened just now is on its way.
        await asyncio.sleep(GAP_SECONDS)
        named = self._named()
        for chat in listed.chats:
            watched = self._board.chats.get(chat.id)
            if watched is not None:
                watched.chat = chat
                self._compare(watched, listed.pts)
        await self._tell_names(listed, named)
        self._board.ask_for_acts()

    def _compare(self, watched: Watched, account_pts: int) -> None:
        chat = watched.chat
        sequence = self._board.account if chat.is_basic else watched.sequence
        pts = account_pts if chat.is_basic else chat.pts
        if self._catching_up.has_unseen(watched) or (sequence.pts and pts > sequence.pts):
            self._board.fill(chat.id)

    def _named(self) -> frozenset[Community]:
        return frozenset(watched.chat.community for watched in self._board.chats.values())

    async def _tell_names(self, listed: Listed, named: frozenset[Community]) -> None:
        news = tuple(chat.community for chat in listed.chats if chat.community not in named)
        if news or listed.peers:
            await self._outgoing.put(Delivery(communities=news, peers=listed.peers))

    async def _catch_up(self, watched: Watched) -> None:
        await self._read_admins(watched)
        await self._catching_up.catch_up(watched)
        self._board.acts[watched.chat.id] = None

    async def _ask_who(self, unknown: dict[int, tuple[str, int]]) -> None:
        peers = await strangers.met(self._ask_now, self._board, self._peers, unknown)
        if peers:
            await self._outgoing.put(Delivery(peers=peers))

    async def _read_admins(self, watched: Watched) -> None:
        now = asyncio.get_running_loop().time()
        if watched.admins_read is None or now - watched.admins_read > ADMINS_SECONDS:
            watched.admins_read = now
            # What is known stays so until the next look.
            with suppress(Refused, TryLater):
                watched.admins = await admins_of(self._ask_now, watched.chat)

    async def _read_acts(self, watched: Watched) -> None:
        await self._read_admins(watched)
        if watched.chat.is_basic:
            return
        state, me = self._outgoing.state, self._client._self_id
        try:
            parcel = await acts_of_others(self._ask_now, watched.chat, self._peers, state, me)
        except TryLater:
            self._board.acts[watched.chat.id] = None
            raise
        if (delivery := parcel.delivery()) is not None:
            await self._outgoing.put(delivery, parcel.read)
