"""A sequence of messages and of what happened to them, numbered by pts: one for each channel and each account."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from tests.servers.telegram.wire import TL

if TYPE_CHECKING:
    from tests.servers.telegram.entities import Chat, Message, User


class Happening(StrEnum):
    NEW = "new"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Event:
    """`pts` is the box's after it; it grew by `count`, the number of `ids`."""

    happening: Happening
    ids: tuple[int, ...]
    pts: int
    date: int

    @property
    def count(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Notice:
    """An update without pts, the same for everybody told. `seq` is 0 for what Telegram does not repeat."""

    update: TL
    mentions: tuple[User | Chat, ...]
    date: int
    seq: int = 0


@dataclass(eq=False, slots=True, repr=False)
class Box:
    pts: int = 1
    last_id: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    """By number, oldest first."""
    events: list[Event] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    """Of an account: what it was told without pts."""

    @property
    def seq(self) -> int:
        return self.notices[-1].seq if self.notices else 1

    def put(self, message: Message, date: int) -> Event:
        self.last_id += 1
        self.messages[self.last_id] = message
        message.ids[self] = self.last_id
        return self._happened(Happening.NEW, (self.last_id,), date)

    def edited(self, message: Message, date: int) -> Event:
        return self._happened(Happening.EDITED, (message.ids[self],), date)

    def delete(self, ids: list[int], date: int) -> Event | None:
        """None when none of them was there."""
        found = tuple(dict.fromkeys(number for number in ids if number in self.messages))
        for number in found:
            del self.messages[number]
        return self._happened(Happening.DELETED, found, date) if found else None

    def since(self, pts: int) -> list[Event]:
        """What happened after `pts`, oldest first."""
        newer: list[Event] = []
        for event in reversed(self.events):
            if event.pts <= pts:
                break
            newer.append(event)
        return newer[::-1]

    def reaches(self, pts: int) -> bool:
        """Whether all that happened after `pts` is still known."""
        return pts >= self.pts or (bool(self.events) and self.events[0].pts - self.events[0].count <= pts)

    def forget(self) -> None:
        """What happened is forgotten; the messages stay."""
        self.events.clear()

    def newest(self) -> Message | None:
        return next(islice(reversed(self.messages.values()), 1), None)

    def _happened(self, happening: Happening, ids: tuple[int, ...], date: int) -> Event:
        self.pts += len(ids)
        event = Event(happening, ids, self.pts, date)
        self.events.append(event)
        return event
