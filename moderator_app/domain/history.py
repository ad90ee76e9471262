"""Decisions and what became of them, as the history shows them."""

from dataclasses import dataclass

from moderator_app.domain.decision import ActionState, Choice, Decision
from moderator_app.domain.message import MessageKey


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which decisions to show: `words` must all stand in author, community, reason or moderator."""

    choice: Choice | None = None
    state: ActionState | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    decision: Decision
    key: MessageKey
    community_name: str
    author: str
    author_name: str
    excerpt: str
