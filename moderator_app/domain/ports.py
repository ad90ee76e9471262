"""The protocols through which the console meets the world."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import Community, CommunityKey, Join, Message, MessageKey


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source hands over at once; `cursor` is stored with the messages, so that a restart goes on there."""

    messages: tuple[Message, ...] = ()
    joins: tuple[Join, ...] = ()
    communities: tuple[Community, ...] = ()
    cursor: str = ""


class SightingState(StrEnum):
    PRESENT = "present"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A message as its platform shows it now."""

    state: SightingState
    text: str = ""
    edited: datetime | None = None


class SourceState(StrEnum):
    CONNECTING = "connecting"
    CATCHING_UP = "catching_up"
    CONNECTED = "connected"
    WAITING = "waiting"
    SIGNED_OUT = "signed_out"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """`detail` is a text id of `moderator_app.language`, or empty."""

    source: str
    state: SourceState
    detail: str = ""


class Source(Protocol):
    """A platform account that delivers messages and carries out actions."""

    @property
    def name(self) -> str:
        """Stable between starts: cursors are kept under it."""

    @property
    def communities(self) -> frozenset[CommunityKey]:
        """The communities in which this source can act."""

    @property
    def kinds(self) -> frozenset[ActionKind]:
        """The actions that this source can carry out."""

    def messages(self, cursor: str) -> AsyncIterator[Delivery]:
        """Deliver what is new after `cursor` ("" at the first start) until cancelled."""

    async def look(self, key: MessageKey) -> Sighting:
        """Read the message again. Raises TryLater, Refused, SignInNeeded."""

    async def perform(self, order: Order) -> None:
        """Return once the platform confirmed; "already so" counts. Raises TryLater, Refused, SignInNeeded.

        Called again with the same order when an answer was lost: must have its effect once.
        """
