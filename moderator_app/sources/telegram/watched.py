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
# Changes of a chat come several at once.
_CHANGE_SECONDS = 1.0

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


class Board:
    """What the feed notices and the reading works off."""

    def __init__(self) -> None:
        self.chats: dict[str, Watched] = {}
        # Those in which nothing may be done.
        self.others: frozenset[str] = frozenset()
        # Of messages in basic groups.
        self.account: Sequence[Event] = Sequence()
        self.behind: dict[str, None] = {}
        self.gaps: dict[str, None] = {}
        self.chats_changed = True
        # Whether to ask for what a silent loss has left unnoticed.
        self.check_due = False
        self.work = asyncio.Event()
        self._group_of: dict[int, str] = {}

    @property
    def basic(self) -> list[Watched]:
        return [each for each in self.chats.values() if each.chat.is_basic]

    def list(self, chats: Iterable[Chat], others: frozenset[str]) -> None:
        """Watch these and no others; what is new is behind."""
        former, self.chats = self.chats, {}
        self.others = others
        for chat in chats:
            watched = self.chats[chat.id] = former.get(chat.id) or Watched(chat)
            watched.chat = chat
            if chat.id not in former:
                self.behind[chat.id] = None
        self.behind = {id: None for id in self.behind if id in self.chats}
        self.gaps = {id: None for id in self.gaps if id in self.chats}

    def drop(self, chat: str) -> None:
        """Watch a chat no more until it is listed again."""
        self.chats.pop(chat, None)
        self.behind.pop(chat, None)
        self.gaps.pop(chat, None)
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

    def notice_change(self) -> None:
        """Have the list of chats read again."""
        asyncio.get_running_loop().call_later(_CHANGE_SECONDS, self._change)

    def remember(self, message: int, chat: str) -> None:
        """That a message belongs to this basic group."""
        self._group_of[message] = chat
        if len(self._group_of) > _MOST_REMEMBERED:
            del self._group_of[next(iter(self._group_of))]

    def group_of(self, message: int) -> str | None:
        return self._group_of.get(message)

    def _look_at_gap(self, watched: Watched) -> None:
        sequence = self.account if watched.chat.is_basic else watched.sequence
        if sequence.has_gap and self.chats.get(watched.chat.id) is watched:
            self.fill(watched.chat.id)

    def _change(self) -> None:
        self.chats_changed = True
        self.work.set()
