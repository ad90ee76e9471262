"""Tells the moderator what happened outside the list: one line at a time, in the notice bar."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _, explain_error

log = logging.getLogger(__name__)


class Tone(StrEnum):
    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    text: str
    tone: Tone = Tone.PLAIN


class Notices(QObject):
    """`posted` carries a Notice."""

    posted = Signal(object)

    def tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.posted.emit(Notice(text, tone))

    def report(self, error: BaseException) -> None:
        """The world's errors in words; our own go to the log with their traceback and are told once."""
        self.tell(explain(error), Tone.ERROR)


def explain(error: BaseException) -> str:
    """What to tell the moderator about `error`; an error of ours is logged with its traceback."""
    if isinstance(error, ModeratorError):
        return explain_error(error)
    log.error("unexpected error", exc_info=error)
    return _("Something went wrong inside the program. Nothing stored is lost; the details are in the log.")
