"""The icon and colour that stand for the state of an action; the word always stands beside it."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QIcon

from moderator_app.domain.decision import ActionState
from moderator_app.ui import icons


@dataclass(frozen=True, slots=True)
class Mark:
    """`color` names one of the theme's tokens."""

    icon: str
    color: str


MARKS: dict[ActionState, Mark] = {
    ActionState.PENDING: Mark("time-line", "accent"),
    ActionState.RUNNING: Mark("loader-4-line", "accent"),
    ActionState.WAITING: Mark("pause-circle-line", "warning"),
    ActionState.DONE: Mark("check-line", "good"),
    ActionState.FAILED: Mark("close-circle-line", "danger"),
    ActionState.CANCELLED: Mark("arrow-go-back-line", "muted"),
    ActionState.IMPOSSIBLE: Mark("forbid-line", "muted"),
}


@cache
def painted(name: str, color: str) -> QIcon:
    return icons.icon(name, color)
