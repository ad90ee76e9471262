"""Reads what did not arrive live: history since it was last read in full, and what became of stored messages."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from telethon.tl import functions, types

from moderator_app.domain.errors import Refused
from moderator_app.domain.ports import Archive, Kept
from moderator_app.sources.telegram import entities, reading
from moderator_app.sources.telegram.chats import Ask, former_group
from moderator_app.sources.telegram.convert import moment
from moderator_app.sources.telegram.feed import Feed
from moderator_app.sources.telegram.numbering import mark_of_chat, split
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.parcel import Parcel
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.reading import is_before
from moderator_app.sources.telegram.sequence import Sequence
from moderator_app.sources.telegram.service import upgrade_of
from moderator_app.sources.telegram.watched import Board, Event, Watched

log = logging.getLogger(__name__)

# Which stored messages are looked at again after a time without connection.
KEPT_DAYS = timedelta(days=7)
MOST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far the first reading of a chat goes back."""

    days: int = 7
    messages: int = 2000


class CatchingUp:
    """Raises what `ask` raises. `tell` is told how many messages are still to be read."""

    def __init__(
        self,
        ask: Ask,
        board: Board,
        feed: Feed,
        peers: Peers,
        outgoing: Outgoing,
        archive: Archive,
        bounds: Bounds,
        tell: Callable[[int], None],
    ) -> None:
        self._ask, self._board, self._feed, self._peers = ask, board, feed, peers
        self._outgoing, self._state = outgoing, outgoing.state
        self._archive, self._bounds, self._tell = archive, bounds, tell

    async def catch_up(self, watched: Watched) -> None:
        """Read all of a chat that came after what was read in full, and look again at what was stored of it before."""
        watched.intact = False
        watched.gone.clear()
        # Asked for first: what is read now need not be looked at again, and after a long time it would be all there is.
        kept = await self._stored(watched)
        former = len(self._board.successors)
        await self._read_history(watched)
        if len(self._board.successors) > former:
            # With what the chat took over when it became a supergroup.
            kept = await self._stored(watched)
        watched.intact = True
        watched.gone.clear()
        await self._look_again(watched, kept)
        # Nobody is told that all is read before it is stored, and how far with it.
        await self._outgoing.settled()

    async def fill(self, watched: Watched) -> None:
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
        if answer is None or sequence.pts <= before or sequence.has_gap or self.has_unseen(watched):
            self._board.lost(chat.id)
        elif not answer.final:
            self._board.fill(chat.id)

    def has_unseen(self, watched: Watched) -> bool:
        """Whether the chat is known to go on after what has arrived."""
        return watched.chat.top > max(watched.newest, self._state.up_to(watched.chat.id) or 0)

    async def _read_history(self, watched: Watched) -> None:
        chat = watched.chat
        since = None
        read = self._state.up_to(chat.id)
        others_read = None
        if chat.is_basic:
            others_read = await self._archive.read_by_others(chat.community.key)
            state = await self._ask(functions.updates.GetStateRequest())
            await self._begin(self._board.account, state.pts)
        if read is None:
            since = datetime.now(UTC) - timedelta(days=self._bounds.days)
            read = await reading.start(self._ask, chat, since, self._bounds.messages)
        is_first, is_last = True, False
        while not is_last:
            self._tell_progress(chat.top - read)
            page = await reading.after(self._ask, chat, read)
            if is_first:
                # All that happens from now on arrives in turn, or leaves a gap.
                await self._begin(watched.sequence, page.pts)
            is_first, is_last = False, page.is_last
            parcel = Parcel(self._peers.learn(page.known.values()))
            for found in page.messages:
                if (moved := upgrade_of(found, page.known)) is not None:
                    self._board.successors[moved.former.community] = moved.now.key.community
                if _is_known(found, others_read):
                    continue
                if found.id not in watched.gone and (since is None or not is_before(found, since)):
                    self._feed.note(found, watched)
                    parcel.add(found, page.known, watched.admins)
            read = page.messages[-1].id if page.messages else read
            watched.newest = max(watched.newest, read)
            parcel.read[chat.id] = read
            await self._put(parcel)

    async def _difference(self, watched: Watched) -> Any:
        """None where Telegram does not give one that tells all."""
        if not watched.sequence.pts:
            return None
        with suppress(Refused):
            answer = await reading.difference(self._ask, watched.chat, watched.sequence.pts)
            if not isinstance(answer, types.updates.ChannelDifferenceTooLong):
                return answer
        return None

    async def _begin(self, sequence: Sequence[Event], pts: int) -> None:
        parcel = Parcel()
        for event in sequence.start(pts):
            self._feed.deliver(event, parcel)
        await self._put(parcel)

    async def _stored(self, watched: Watched) -> tuple[Kept, ...]:
        """What there is to be looked at again."""
        # What was handed over is to be among it.
        await self._outgoing.settled()
        since = datetime.now(UTC) - KEPT_DAYS
        kept = await self._archive.kept(watched.chat.community.key, since, MOST_KEPT)
        if len(kept) >= MOST_KEPT:
            log.info("of chat %s only the newest %d messages are looked at again", watched.chat.id, MOST_KEPT)
        return kept

    async def _look_again(self, watched: Watched, kept: tuple[Kept, ...]) -> None:
        """Compare stored messages with what Telegram shows of them now."""
        by_group: defaultdict[str, list[tuple[int, Kept]]] = defaultdict(list)
        for each in kept:
            with suppress(Refused):
                group, number = split(each.message)
                by_group[group].append((number, each))
        for group, listed in by_group.items():
            stored = sorted(listed, key=lambda each: each[0])
            for first in range(0, len(stored), reading.PAGE):
                some = dict(stored[first : first + reading.PAGE])
                await (self._compare_former(watched, group, some) if group else self._compare_with_now(watched, some))

    async def _compare_former(self, watched: Watched, group: str, stored: Mapping[int, Kept]) -> None:
        """What was written before the chat became a supergroup can only be deleted."""
        self._board.successors[group] = watched.chat.id
        present, known = await reading.by_id(self._ask, former_group(group), tuple(stored))
        parcel = Parcel(self._peers.learn(known.values()))
        parcel.remove(watched.chat, stored.keys() - present.keys(), mark=mark_of_chat(group))
        for id in present:
            self._board.remember(id, group)
        await self._put(parcel)

    async def _compare_with_now(self, watched: Watched, stored: Mapping[int, Kept]) -> None:
        present, known = await reading.by_id(self._ask, watched.chat, tuple(stored))
        parcel = Parcel(self._peers.learn(known.values()))
        parcel.remove(watched.chat, stored.keys() - present.keys())
        for id, found in present.items():
            self._feed.note(found, watched)
            if id in stored and _may_be_edited(found, stored[id].edited):
                parcel.add(found, known, watched.admins)
        await self._put(parcel)

    async def _put(self, parcel: Parcel) -> None:
        if (delivery := parcel.delivery()) is not None:
            await self._outgoing.put(delivery, parcel.read)

    def _tell_progress(self, of_this: int) -> None:
        """How many messages there may be yet to be read, of this chat and of those behind it."""
        waiting = (self._board.chats[id].chat for id in self._board.behind)
        # In a basic group the ids count what stands elsewhere, too.
        others = sum(chat.top - (self._state.up_to(chat.id) or chat.top) for chat in waiting if not chat.is_basic)
        self._tell(max(0, of_this) + max(0, others))


def _is_known(found: Any, others_read: datetime | None) -> bool:
    """Whether another account has read it, under another number."""
    date = moment(getattr(found, "date", None))
    return others_read is not None and date is not None and date <= others_read


def _may_be_edited(found: Any, stored: datetime | None) -> bool:
    """Whether a message may read otherwise than it was stored: of two edits within a second the date is the same."""
    edited = moment(getattr(found, "edit_date", None))
    return edited is not None and (stored is None or edited >= stored)
