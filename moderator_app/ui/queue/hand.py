"""What the keys do to what is under the hand, or selected: decide it, put it off, flag it; and what is told of that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from moderator_app.domain.canned import Canned
from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Platform
from moderator_app.domain.reach import Reach
from moderator_app.language import _, choice_name, explain_note, format_moment, format_number, format_time, ngettext
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.moderation.review import Review
from moderator_app.moderation.snoozing import Snoozing
from moderator_app.ui.keys import Command
from moderator_app.ui.notices import Notices, Tone, explain
from moderator_app.ui.queue import confirming, consent
from moderator_app.ui.queue.actions_panel import CHOICES, ActionsPanel
from moderator_app.ui.queue.cards import Cards
from moderator_app.ui.queue.composer import Composer
from moderator_app.ui.queue.deciding import Deciding, Made, Wish
from moderator_app.ui.queue.digits_panel import DigitsPanel
from moderator_app.ui.queue.follow_up import FollowUp
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.queue_view import QueueView
from moderator_app.ui.queue.selection import Selection
from moderator_app.ui.queue.wording import outcome
from moderator_app.ui.tasks import Tasks


class Hand(QObject):
    """`is_armed` says whether a key may do something to a person yet. `records_changed`: cards may show other records
    of their authors by now.
    """

    records_changed = Signal()

    def __init__(
        self,
        queue: QueueReading,
        review: Review,
        snoozing: Snoozing,
        deciding: Deciding,
        model: QueueModel,
        view: QueueView,
        cards: Cards,
        buttons: ActionsPanel,
        digits: DigitsPanel,
        canned: Callable[[], Canned],
        is_armed: Callable[[], bool],
        tasks: Tasks,
        notices: Notices,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._page, self._model, self._view, self._cards, self._buttons = page, model, view, cards, buttons
        self._digits, self._is_armed, self._tasks, self._notices = digits, is_armed, tasks, notices
        self._snoozing, self._deciding = snoozing, deciding
        self._told: set[Note] = set()
        self._composer = Composer()
        self.follow_up = FollowUp(review, deciding, canned, self)
        self.selection = Selection(queue, model, view, tasks, self)
        self.follow_up.changed.connect(self.show_offer)
        self.follow_up.said.connect(deciding.tell)
        deciding.consent_wanted.connect(self._ask_consent)
        deciding.confirm_wanted.connect(self._ask_confirmation)
        deciding.left.connect(self._left_open)
        deciding.noted.connect(self._noted)
        deciding.together.connect(self._decided_together)
        deciding.snoozed.connect(self._tell_snoozed)
        deciding.nothing_pending.connect(self._nothing_pending)
        deciding.undo_failed.connect(self._undo_failed)
        self.show_offer()

    def show_offer(self) -> None:
        self._digits.show_offer(self.follow_up.offer, self._composer.told)

    def compose(self, command: Command) -> bool:
        """Put several actions together for one decision; whether the command was for that."""
        if not self._composer.is_open and command is not Command.COMPOSE:
            return False
        choice = self._composer.choice
        if command in CHOICES:
            if not self._composer.toggle(CHOICES[command]):
                self._buttons.flash(command)
        elif command is Command.KEEP and choice is not None:
            self._composer.turn(False)
            self._decide(choice, Command.COMPOSE)
        else:
            self._composer.turn(command is Command.COMPOSE and not self._composer.is_open)
            self.show_offer()
            # Whatever else was meant is done as ever.
            return command in (Command.COMPOSE, Command.CANCEL, Command.KEEP)
        self.show_offer()
        return True

    def decide(self, command: Command) -> None:
        """Decide what is selected, or what is under the hand."""
        self._decide(CHOICES[command], command)

    def _decide(self, choice: Choice, command: Command) -> None:
        items = self._items()
        if not items or not self._may(choice):
            self._buttons.flash(command)
            return
        if not self.selection.items and (why := self._buttons.obstacle_to(choice)) is not None:
            self._buttons.flash(command)
            self._notices.tell(explain_note(why), Tone.WARNING)
            return
        self.make(Wish(items, choice, self.follow_up.reason))

    def make(self, wish: Wish) -> Made:
        """Decide, and show the next card at once."""
        sights = [self._cards.get(item) for item in wish.items]
        rows = [entry.row for item in wish.items if (entry := self._model.entry(item)) is not None]
        timed_bans = any(row.key.platform is Platform.VK for row in rows)
        made = self._deciding.decide(wish)
        self.follow_up.begin(made, timed_bans=timed_bans)
        self._go_on()
        for sight in sights:
            if sight is not None and sight.card.message.author is not None:
                self._cards.forget_author(sight.card.message.author.key)
        return made

    def snooze(self) -> None:
        """Put off what is selected, or what is under the hand: for an hour, unless a digit says otherwise."""
        items = self._items()
        if not items:
            return
        self._model.tick(items, False)
        if self._view.item in items and not self._view.to_undecided_besides(items):
            self._view.nothing()
        self._deciding.snooze(items)
        self.follow_up.begin_snooze(items)

    def ask_opinion(self) -> None:
        """Flag for a colleague, or take the flag away."""
        if items := self._items():
            self._tasks.start(self._ask_opinion(items))

    def cancel(self) -> None:
        """What was meant last: lift the selection, or take a decision back."""
        if self.selection.items:
            self.selection.clear()
        else:
            self._deciding.cancel()

    def _items(self) -> tuple[int, ...]:
        entry = self._model.entry(self._view.item)
        return self.selection.items or ((self._view.item,) if entry is not None and entry.is_open else ())

    def _may(self, choice: Choice) -> bool:
        """Nothing is done to a person before the card could be seen."""
        return self._is_armed() or not choice.confirms

    def _go_on(self) -> None:
        entry = self._model.entry(self._view.item)
        if (entry is None or not entry.is_open) and not self._view.to_undecided():
            self._view.nothing()

    async def _ask_opinion(self, items: tuple[int, ...]) -> None:
        wanted = await self._snoozing.ask_opinion(items)
        text = _("Flagged for a second opinion. The filters find it.") if wanted else _("The flag is taken away.")
        self._notices.tell(text)

    def _tell_snoozed(self, items: tuple[int, ...], until: datetime) -> None:
        text = ngettext(
            "{n} message is put off until {time}. Ctrl+Z brings it back.",
            "{n} messages are put off until {time}. Ctrl+Z brings them back.",
            len(items),
        )
        self._notices.tell(text.format(n=format_number(len(items)), time=_clock(until)))

    def _ask_consent(self, wish: Wish, communities: str) -> None:
        """The hand stays on the item that it is about."""
        self._turn_to(wish)
        consent.ask(self._page, communities, lambda: self._make_open(replace(wish, consent=True)))

    def _ask_confirmation(self, wish: Wish, reach: Reach) -> None:
        self._turn_to(wish)
        self._model.tick(wish.items if len(wish.items) > 1 else (), True)
        confirming.ask(self._page, wish.choice, reach, lambda: self._make_open(replace(wish, confirmed=True)))

    def _turn_to(self, wish: Wish) -> None:
        if wish.items:
            self._view.select(wish.items[0])

    def _make_open(self, wish: Wish) -> None:
        """The same once more, for what is still undecided."""
        if wish.messages or not wish.whole_group:
            self.make(wish)
            return
        entries = [self._model.entry(item) for item in wish.items]
        still = tuple(entry.row.item for entry in entries if entry is not None and entry.is_open)
        if still:
            self.make(replace(wish, items=still))

    def _left_open(self, count: int, why: Note) -> None:
        text = ngettext("{n} message stays: {why}", "{n} messages stay: {why}", count)
        self._notices.tell(text.format(n=format_number(count), why=explain_note(why)), Tone.WARNING)

    def _decided_together(self, item: int, choice: Choice, count: int) -> None:
        """Say for how many messages a key was; other cards may show the record of one of their authors."""
        entry = self._model.entry(item)
        done = outcome(choice, entry.row) if entry is not None else choice_name(choice)
        text = ngettext(
            "{n} message · {done}. Ctrl+Z takes it back.",
            "{n} messages · {done}. Ctrl+Z takes all of them back.",
            count,
        )
        self._notices.tell(text.format(done=done, n=format_number(count)))
        self.records_changed.emit()

    def _noted(self, note: Note) -> None:
        """What holds for every decision of the kind is told once; the card and the history keep saying it."""
        if note not in self._told:
            self._told.add(note)
            self._notices.tell(explain_note(note), Tone.WARNING)

    def _nothing_pending(self) -> None:
        self._notices.tell(_("No decision is pending any more. Ctrl+Z takes back older ones."))

    def _undo_failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._notices.tell(explain(error), Tone.WARNING)
        else:
            self._notices.report(error)


def _clock(moment: datetime) -> str:
    """The time alone where it is soon."""
    near = moment - datetime.now(moment.tzinfo) < timedelta(hours=12)
    return format_time(moment) if near else format_moment(moment)
