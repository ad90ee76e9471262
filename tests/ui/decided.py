"""Builders for lines of the history; a test shows only what matters to it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from moderator_app.domain.decision import Action, ActionKind, ActionState, Choice, Decision, Note
from moderator_app.domain.history import HistoryLine
from moderator_app.domain.message import MessageKey, Platform
from tests.builders import NOON


def action(
    kind: ActionKind = ActionKind.DELETE,
    state: ActionState = ActionState.DONE,
    due: datetime | None = NOON,
    note: Note | None = None,
    number: int = 1,
) -> Action:
    return Action(number, kind, state, due, note)


def line(
    decision: int = 1,
    *,
    choice: Choice = Choice.DELETE,
    actions: Iterable[Action] | None = None,
    platform: Platform = Platform.TELEGRAM,
    author_name: str = "Ivan",
    community_name: str = "Yard chat",
    excerpt: str = "earn from $500 a day",
    reason: str = "",
    by: str = "moderator",
    undone: datetime | None = None,
    at: datetime | None = None,
    together: int = 1,
    given_back: bool = False,
) -> HistoryLine:
    return HistoryLine(
        Decision(
            decision,
            case=decision,
            item=100 + decision,
            choice=choice,
            reason=reason,
            by=by,
            at=at or NOON + timedelta(minutes=decision),
            undone=undone,
            actions=tuple(actions) if actions is not None else (action(),),
        ),
        MessageKey(platform, "777", str(decision)),
        community_name,
        "42",
        author_name,
        excerpt,
        together,
        given_back,
    )
