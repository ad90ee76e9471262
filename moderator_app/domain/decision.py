"""What a moderator decides and the actions that carry it out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from moderator_app.domain.message import MessageKey, Platform


class ActionKind(StrEnum):
    DELETE = "delete"
    BAN = "ban"
    MUTE = "mute"
    WARN = "warn"
    RESTORE = "restore"
    UNBAN = "unban"
    UNMUTE = "unmute"
    KICK = "kick"
    # No pictures, stickers or links any more; the author may still write.
    RESTRICT = "restrict"
    # Everything that the author wrote in the community.
    DELETE_ALL = "delete_all"
    # To the platform, as spam.
    REPORT = "report"
    # The author's request to join.
    DECLINE = "decline"
    # Under the post that the message stands under.
    CLOSE_COMMENTS = "close_comments"
    OPEN_COMMENTS = "open_comments"

    @property
    def on_author(self) -> bool:
        """Whether it concerns the author in the community, whichever of the messages it was decided about."""
        return self in _ON_AUTHOR

    def inverse(self, platform: Platform, place: str = "") -> "ActionKind | None":
        """What takes this action back on `platform` once it is done; None where nothing can.

        `place` is the kind of place that the message stands in, as `domain.rights.place_of` tells it.
        """
        if self is ActionKind.DELETE:
            return ActionKind.RESTORE if platform is Platform.VK and place != _CHAT else None
        return _INVERSES.get(self)


# VK restores comments, and no messages of chats.
_CHAT = "chat"

_INVERSES = {
    ActionKind.BAN: ActionKind.UNBAN,
    ActionKind.MUTE: ActionKind.UNMUTE,
    # Lifts every restriction.
    ActionKind.RESTRICT: ActionKind.UNMUTE,
    ActionKind.CLOSE_COMMENTS: ActionKind.OPEN_COMMENTS,
}

_ON_AUTHOR = frozenset(
    {
        ActionKind.BAN,
        ActionKind.MUTE,
        ActionKind.WARN,
        ActionKind.UNBAN,
        ActionKind.UNMUTE,
        ActionKind.KICK,
        ActionKind.RESTRICT,
        ActionKind.DELETE_ALL,
        ActionKind.DECLINE,
    }
)


class Choice(StrEnum):
    """What a key, or `decide --action`, asks for."""

    DISMISS = "dismiss"
    WARN = "warn"
    MUTE = "mute"
    # Answered before it is deleted: nobody can answer afterwards.
    WARN_MUTE = "warn+mute"
    DELETE = "delete"
    WARN_DELETE = "warn+delete"
    DELETE_MUTE = "delete+mute"
    WARN_DELETE_MUTE = "warn+delete+mute"
    BAN = "ban"
    DELETE_BAN = "delete+ban"

    @property
    def kinds(self) -> tuple[ActionKind, ...]:
        """The actions that carry the choice out, in their order."""
        return tuple(ActionKind(part) for part in self.value.split("+")) if self is not Choice.DISMISS else ()

    @classmethod
    def of(cls, kinds: Collection[ActionKind]) -> "Choice | None":
        """The choice of exactly these actions, if there is one."""
        return next((choice for choice in cls if set(choice.kinds) == set(kinds)), None)

    @property
    def gravity(self) -> int:
        """Grows with what the choice does to a person."""
        return list(Choice).index(self)

    @property
    def confirms(self) -> bool:
        """Whether the choice says that the message broke the rules."""
        return self is not Choice.DISMISS


class ActionState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    IMPOSSIBLE = "impossible"

    def may_become(self, state: "ActionState") -> bool:
        return state in _STEPS[self]


_STEPS: dict[ActionState, frozenset[ActionState]] = {
    ActionState.PENDING: frozenset(
        {ActionState.RUNNING, ActionState.WAITING, ActionState.CANCELLED, ActionState.IMPOSSIBLE}
    ),
    # A run that was cut off goes back to pending at the next start.
    ActionState.RUNNING: frozenset(
        {
            ActionState.PENDING,
            ActionState.WAITING,
            ActionState.DONE,
            ActionState.FAILED,
            ActionState.CANCELLED,
        }
    ),
    ActionState.WAITING: frozenset({ActionState.PENDING, ActionState.RUNNING, ActionState.CANCELLED}),
    ActionState.DONE: frozenset(),
    ActionState.FAILED: frozenset(),
    ActionState.CANCELLED: frozenset(),
    ActionState.IMPOSSIBLE: frozenset({ActionState.CANCELLED}),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One action for a source to carry out.

    `idempotency_key` is a random positive 63-bit number, stored before the first try: a repeated warning or report
    carries the same one. `length` is in seconds, None for ever. `author` is the platform's id with its sign. `text` is
    what a warning says.
    """

    action: int
    kind: ActionKind
    message: MessageKey
    author: str
    idempotency_key: int
    length: int | None = None
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Why an action stands where it stands: a text id of `moderator_app.language` with parameters."""

    text_id: str
    parameters: tuple[tuple[str, str | int | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One action as the history shows it. `due` is None while a human has to speak first.

    Of an album so many `messages` stand alike.
    """

    action: int
    kind: ActionKind
    state: ActionState
    due: datetime | None
    note: Note | None = None
    messages: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """One decided item. Items decided by one key press share `case`; they are undone together."""

    decision: int
    case: int
    item: int
    choice: Choice
    reason: str
    by: str
    at: datetime
    undone: datetime | None = None
    actions: tuple[Action, ...] = ()


def signature(rule: str) -> str:
    """How a rule that decides by itself stands in `Decision.by`."""
    return f"{SIGNED_BY_RULE}{rule}"


def signing_rule(by: str) -> str:
    """The rule that decided by itself, "" where a human did."""
    return by.removeprefix(SIGNED_BY_RULE) if by.startswith(SIGNED_BY_RULE) else ""


SIGNED_BY_RULE = "rule:"
