"""What is opened in the place of the card, and worked by the same keys: the conversation, or the group."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from moderator_app.domain.context import Spoken
from moderator_app.language import _, format_number, ngettext
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.moderation.review import Review
from moderator_app.ui.keys import Command
from moderator_app.ui.notices import Notices
from moderator_app.ui.queue import opening
from moderator_app.ui.queue.actions_panel import CHOICES, ActionsPanel
from moderator_app.ui.queue.deciding import Wish
from moderator_app.ui.queue.hand import Hand
from moderator_app.ui.queue.messages_panel import MessagesPanel, Shown
from moderator_app.ui.queue.showing import ARM_SECONDS
from moderator_app.ui.tasks import Tasks

# So many messages before and after; as many again when the hand comes to an end.
STRETCH = 20
_MOST = 2000


class Aside(QObject):
    """`opened` and `closed`: the panel stands in the place of the card, or does not any more."""

    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        queue: QueueReading,
        review: Review,
        hand: Hand,
        buttons: ActionsPanel,
        tasks: Tasks,
        notices: Notices,
        parent: QWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._queue, self._review, self._hand, self._buttons = queue, review, hand, buttons
        self._tasks, self._notices, self._clock = tasks, notices, clock
        self.item, self._kind = 0, Command.CONTEXT
        self._before = self._after = STRETCH
        self._row: int | None = None
        self._armed_at = 0.0
        self.is_open = False
        self.panel = MessagesPanel()
        self.panel.moved.connect(self._moved)

    @property
    def is_armed(self) -> bool:
        return self._clock() >= self._armed_at

    def open(self, kind: Command, item: int) -> None:
        """The conversation around an item, or the group that it stands for."""
        self.item, self._kind, self._row = item, kind, None
        self._before = self._after = STRETCH
        self._tasks.start(self._read())

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self.closed.emit()

    def read_again(self) -> None:
        """Something was decided, or taken back."""
        if self.is_open:
            self._tasks.start(self._read())

    def takes(self, command: Command) -> bool:
        """Whether the lines here are asked first."""
        return self.is_open and (command in CHOICES or command in _OF_THE_LINES or command in _OF_THE_LIST)

    def do(self, command: Command) -> bool:
        """Whether the command was for the lines here."""
        if command in CHOICES:
            self._decide(command)
        elif command in (Command.NEXT, Command.SKIP):
            self._step(True)
        elif command is Command.PREVIOUS:
            self._step(False)
        elif command in (Command.CANCEL, self._kind):
            self.close()
        elif command is Command.SELECT and self._kind is Command.GROUP:
            self._tick()
        elif command is Command.DELETE_GROUP and self._kind is Command.GROUP:
            self._decide_group()
        elif command is Command.OPEN and self.panel.line is not None:
            opening.open_message(self.panel.line.spoken.message, self._notices)
        else:
            return command in _OF_THE_LIST
        return True

    def _decide(self, command: Command) -> None:
        line = self.panel.line
        if line is None or line.spoken.deleted or line.spoken.decided is not None or not self.is_armed:
            self._buttons.flash(command)
            return
        spoken, reason = line.spoken, self._hand.follow_up.reason
        if spoken.is_open and spoken.item is not None:
            wish = Wish((spoken.item,), CHOICES[command], reason, whole_group=False)
        else:
            wish = Wish((), CHOICES[command], reason, messages=(spoken.row,))
        if not self.panel.step(True):
            self.panel.step(False)
        self._hand.make(wish)

    def _decide_group(self) -> None:
        if not self.is_armed:
            self._buttons.flash(Command.DELETE)
            return
        self.close()
        self._hand.make(Wish((self.item,), CHOICES[Command.DELETE], self._hand.follow_up.reason))

    def _tick(self) -> None:
        line = self.panel.line
        if line is not None and line.spoken.item is not None:
            self._tasks.start(self._change_tick(line.spoken))

    async def _change_tick(self, spoken: Spoken) -> None:
        await self._review.tick([spoken.item or 0], spoken.apart)
        await self._read()

    def _step(self, down: bool) -> None:
        if self.panel.step(down) or self._kind is Command.GROUP:
            return
        if down:
            self._after = min(_MOST, self._after + STRETCH)
        else:
            self._before = min(_MOST, self._before + STRETCH)
        self._tasks.start(self._read())

    def _moved(self, line: Shown | None) -> None:
        row = line.spoken.row if line is not None else None
        if row != self._row:
            self._row = row
            self._armed_at = self._clock() + ARM_SECONDS

    async def _read(self) -> None:
        if self._kind is Command.CONTEXT:
            await self._read_context()
        else:
            await self._read_group()
        if not self.is_open:
            self.is_open = True
            self.opened.emit()

    async def _read_context(self) -> None:
        found = await self._queue.context(self.item, self._before, self._after)
        known = {each.row for each in found.around}
        lines = [Shown(each, "↳") for each in found.chain if each.row not in known]
        lines += [Shown(each, here=each.item == self.item) for each in found.around]
        this = next((each.row for each in found.around if each.item == self.item), None)
        hint = _("J and K go on through the chat; a decision is for the message under the hand. Esc leaves.")
        self.panel.show_lines(_("Conversation"), hint, lines, self._row if self._row is not None else this)

    async def _read_group(self) -> None:
        group = await self._queue.group(self.item)
        ticked = sum(not each.apart for each in group)
        title = ngettext("Group of {n} message", "Group of {n} messages", len(group))
        hint = _(
            "{n} are decided together. X ticks, a decision is for one, Shift+D deletes all that are ticked. Esc leaves."
        )
        lines = [Shown(each, "☐" if each.apart else "☑") for each in group]
        title = title.format(n=format_number(len(group)))
        self.panel.show_lines(title, hint.format(n=format_number(ticked)), lines, self._row)


_OF_THE_LINES = frozenset(
    {
        Command.NEXT, Command.PREVIOUS, Command.SKIP, Command.CANCEL, Command.SELECT, Command.OPEN, Command.CONTEXT,
        Command.GROUP, Command.DELETE_GROUP,
    }
)  # fmt: skip

# Nothing of this happens behind the panel.
_OF_THE_LIST = frozenset(
    {Command.SELECT, Command.EXTEND_NEXT, Command.EXTEND_PREVIOUS, Command.SNOOZE, Command.OPINION}
)
