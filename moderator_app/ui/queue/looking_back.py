"""Walks through the moderator's own last decisions, each shown as a card, without a step in the queue."""

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.history import OwnCase
from moderator_app.language import _, choice_name, format_moment, format_number, ngettext
from moderator_app.moderation.review import Review
from moderator_app.ui.keys import Command
from moderator_app.ui.notices import Notices
from moderator_app.ui.queue.actions_panel import CHOICES, ActionsPanel
from moderator_app.ui.queue.deciding import Deciding
from moderator_app.ui.tasks import Tasks

MOST = 50


class LookingBack(QObject):
    """`turned`: another decision is looked at, or none any more."""

    turned = Signal()

    def __init__(
        self,
        review: Review,
        deciding: Deciding,
        buttons: ActionsPanel,
        tasks: Tasks,
        notices: Notices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._review, self._deciding, self._buttons = review, deciding, buttons
        self._tasks, self._notices = tasks, notices
        self._cases: tuple[OwnCase, ...] = ()
        self._place = -1

    @property
    def case(self) -> OwnCase | None:
        """The decision that is looked at."""
        return self._cases[self._place] if 0 <= self._place < len(self._cases) else None

    @property
    def told(self) -> str:
        """What was decided, in words."""
        case = self.case
        if case is None:
            return ""
        what = choice_name(case.choice)
        if case.items > 1:
            messages = ngettext("{n} message", "{n} messages", case.items).format(n=format_number(case.items))
            what = f"{what}, {messages}"
        if case.reason:
            what = f"{what}, {case.reason}"
        text = _("Your decision {n} steps back: {what}, {moment}. Ctrl+Z takes it back, ] goes on, Esc leaves.")
        return text.format(n=self._place + 1, what=what, moment=format_moment(case.at))

    def do(self, command: Command) -> bool:
        """Whether the command was for the decision that is looked at; others lead back to the queue."""
        case = self.case
        if command is Command.LOOK_BACK:
            self._tasks.start(self._back())
        elif command is Command.LOOK_FORWARD:
            if case is not None:
                self._turn(self._place - 1)
        elif case is None:
            return False
        elif command in CHOICES:
            # Nothing is decided while another card is looked at.
            self._buttons.flash(command)
        else:
            self._turn(-1)
            if command is Command.UNDO:
                self._deciding.undo(case.case)
            return command in (Command.UNDO, Command.CANCEL)
        return True

    def _turn(self, place: int) -> None:
        self._place = place
        self.turned.emit()

    async def _back(self) -> None:
        if self._place < 0:
            self._cases = await self._review.own_cases(MOST)
        if self._place + 1 < len(self._cases):
            self._turn(self._place + 1)
        else:
            self._notices.tell(_("There is no older decision of yours that stands."))
