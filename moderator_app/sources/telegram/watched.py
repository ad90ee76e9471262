"""The chats that are watched over one connection, and what has to be read of them."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from moderator_app.sources.telegram.chats import Chat
from moderator_app.sources.telegram.entities import Known
from moderator_app.sources.telegram.sequence import Sequence

# An update with the users and chats that came with it.
Event = tuple[Any, Known]

# What is missing may be on its way; Telegram recommends half a second.
GAP_SECONDS = 0.7
# Changes of a chat come several at once, and some chats change all the time.
_CHANGE_SECONDS = 1.0
_QUIET_SECONDS = 10.0
# The admin log tells of a deed a little later; where many things are done it is read so often and no oftener.
_ACT_SECONDS = 1.5
# Moderators see to what was written so recently; of more chats than so many the admin log is read by turns.
_STIRRED_SECONDS = 3600.0
_MOST_LOGS = 10

# Messages of basic groups whose group is remembered: Telegram tells their deletion without it.
_MOST_REMEMBERED = 50_000


@dataclass(slots=True)
class Watched:
    """`intact`: all up to the newest message was read or has come in turn, so that what comes next counts as read.

    `gone` are the ids deleted while it is not: what was read before may show them.
    """

    chat: Chat
    sequence: Sequence[Event] = field(default_factory=Sequence)
    intact: bool = False
    gone: set[int] = field(default_factory=set)
    newest: int = 0
    # When something was written last, by the clock of the loop.
    stirred: float | None = None
    admins: frozenset[int] = frozenset()
    # When these were read, by the same clock.
    admins_read: float | None = None


class Board:
    """What the feed notices and the reading works off."""

    def __init__(self) -> None:
        self.chats: dict[str, Watched] = {}
        # Those in which nothing may be done.
        self.others: frozenset[str] = frozenset()
        # Of messages in basic groups.
        self.account: Sequence[Event] = Sequence()
        # Named by updates and by no list of chats so far.
        self._unlisted: set[str] = set()
        self.behind: dict[str, None] = {}
        self.gaps: dict[str, None] = {}
        # Whose admin log may have news.
        self.acts: dict[str, None] = {}
        # Users who cannot be addressed yet, with the chat and id of a message of theirs.
        self.strangers: dict[int, tuple[str, int]] = {}
        self.chats_changed = True
        # Whether to ask for what a silent loss has left unnoticed.
        self.check_due = False
        self.work = asyncio.Event()
        self._group_of: dict[int, str] = {}
        # The supergroups that basic groups have become.
        self.successors: dict[str, str] = {}
        self._change_due: asyncio.TimerHandle | None = None
        # Whose admin log will be asked for in a moment, and when each was last.
        self._acts_due: set[str] = set()
        self._acts_asked: dict[str, float] = {}
        self._quiet_until = 0.0

    @property
    def basic(self) -> list[Watched]:
        return [each for each in self.chats.values() if each.chat.is_basic]

    def list(self, chats: Iterable[Chat], others: frozenset[str]) -> None:
        """Watch these and no others; what is new is behind."""
        former, self.chats = self.chats, {}
        # Asking again for those that are in no list would not help.
        self.others = others | self._unlisted
        self._unlisted.clear()
        for chat in chats:
            watched = self.chats[chat.id] = former.get(chat.id) or Watched(chat)
            watched.chat = chat
            if chat.id not in former:
                self.behind[chat.id] = None
        self.behind = {id: None for id in self.behind if id in self.chats}
        self.gaps = {id: None for id in self.gaps if id in self.chats}
        self.acts = {id: None for id in self.acts if id in self.chats}

    def drop(self, chat: str) -> None:
        """Watch a chat no more until it is listed again."""
        self.chats.pop(chat, None)
        self.behind.pop(chat, None)
        self.gaps.pop(chat, None)
        self.acts.pop(chat, None)
        self.others |= {chat}

    def lost(self, *chats: str) -> None:
        """Something of these chats, or of all, has not come and will not."""
        for id in chats or self.chats:
            self.chats[id].intact = False
            self.behind[id] = None
        self.work.set()

    def fill(self, chat: str) -> None:
        """Something of this chat may have been missed."""
        self.gaps[chat] = None
        self.work.set()

    def notice_gap(self, watched: Watched) -> None:
        """Have the gap filled, if nothing does by itself."""
        asyncio.get_running_loop().call_later(GAP_SECONDS, self._look_at_gap, watched)

    def notice_change(self, unknown: str = "") -> None:
        """Have the list of chats read again, perhaps because of a chat that it does not name."""
        if unknown:
            self._unlisted.add(unknown)
        if self._change_due is None:
            loop = asyncio.get_running_loop()
            due = max(loop.time() + _CHANGE_SECONDS, self._quiet_until)
            self._change_due = loop.call_at(due, self._change)

    def notice_act(self, chat: str) -> None:
        """Have the admin log of a chat read: others have done something there."""
        if chat in self._acts_due:
            return
        self._acts_due.add(chat)
        loop = asyncio.get_running_loop()
        earliest = self._acts_asked.get(chat, -_QUIET_SECONDS) + _QUIET_SECONDS
        loop.call_at(max(loop.time() + _ACT_SECONDS, earliest), self._ask_for_acts, chat)

    def ask_for_acts(self) -> None:
        """Have admin logs read of chats in which something was written: mutes are told nowhere else."""
        now = asyncio.get_running_loop().time()
        stirred = [
            id
            for id, watched in self.chats.items()
            if watched.stirred is not None
            and now - watched.stirred < _STIRRED_SECONDS
            and now - self._acts_asked.get(id, -_QUIET_SECONDS) >= _QUIET_SECONDS
        ]
        for id in sorted(stirred, key=lambda id: self._acts_asked.get(id, 0.0))[:_MOST_LOGS]:
            self._ask_for_acts(id)

    def upgraded(self, group: str, supergroup: str) -> None:
        """Know that a basic group is a supergroup now, and have it listed."""
        if self.successors.get(group) != supergroup:
            self.successors[group] = supergroup
            self.others -= {supergroup}
            self.notice_change(supergroup)

    def notice_stranger(self, user: int, chat: str, message: int) -> None:
        """Have asked who wrote a message."""
        self.strangers[user] = (chat, message)
        self.work.set()

    def remember(self, message: int, chat: str) -> None:
        """That a message belongs to this basic group."""
        self._group_of[message] = chat
        if len(self._group_of) > _MOST_REMEMBERED:
            del self._group_of[next(iter(self._group_of))]

    def group_of(self, message: int) -> str | None:
        return self._group_of.get(message)

    def _ask_for_acts(self, chat: str) -> None:
        self._acts_due.discard(chat)
        if chat in self.chats:
            self._acts_asked[chat] = asyncio.get_running_loop().time()
            self.acts[chat] = None
            self.work.set()

    def _look_at_gap(self, watched: Watched) -> None:
        sequence = self.account if watched.chat.is_basic else watched.sequence
        if sequence.has_gap and self.chats.get(watched.chat.id) is watched:
            self.fill(watched.chat.id)

    def _change(self) -> None:
        self._change_due = None
        self._quiet_until = asyncio.get_running_loop().time() + _QUIET_SECONDS
        self.chats_changed = True
        self.work.set()
