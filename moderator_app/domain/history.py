"""Decisions and what became of them, as the history shows them."""

from dataclasses import dataclass
from datetime import datetime

from moderator_app.domain.decision import ActionState, Choice, Decision
from moderator_app.domain.message import MessageKey


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which decisions to show: `words` must all stand in author, community, reason or moderator, or are `item:ID`.

    `unanswered`: only those that wait for a human's word, as `Unanswered` counts them.
    """

    choice: Choice | None = None
    state: ActionState | None = None
    words: str = ""
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`together` decisions were made by the same key press. `given_back`: its item is back in the queue, because an
    action was not carried out.
    """

    decision: Decision
    key: MessageKey
    community_name: str
    author: str
    author_name: str
    excerpt: str
    together: int = 1
    given_back: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many decisions wait for a human's word.

    `late` ones were asked for too long ago to run unasked; those `given_back` were not carried out, and their items are
    back in the queue; those `left_behind` nobody has come by to carry out. `due` counts actions that would leave now.
    """

    late: int = 0
    given_back: int = 0
    left_behind: int = 0
    due: int = 0

    @property
    def total(self) -> int:
        return self.late + self.given_back + self.left_behind


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One key press of a moderator that stands: its first item, and how many there are."""

    case: int
    item: int
    items: int
    choice: Choice
    reason: str
    at: datetime
