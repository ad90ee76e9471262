"""What stands around a message, and what belongs to its group: lines that can be decided one by one."""

from dataclasses import dataclass

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Community, Message


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stored message and what became of it. `row` is its number in the store; `item` is None while it never was in
    the queue. `is_open`: it waits there; `apart`: not decided together with its group.
    """

    row: int
    message: Message
    community: Community
    item: int | None = None
    is_open: bool = False
    apart: bool = False
    decided: Choice | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """`chain` is what the message answers, and what that answers, oldest first; `around` holds it among the others of
    its community, oldest first.
    """

    chain: tuple[Spoken, ...]
    around: tuple[Spoken, ...]
