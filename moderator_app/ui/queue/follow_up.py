"""What the digits mean: right after a decision they say more about it, else they give the card's decision a reason."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.canned import PENALTY_LENGTHS, SNOOZE_LENGTHS, Canned
from moderator_app.domain.decision import ActionKind
from moderator_app.language import _, choice_name, current, format_length
from moderator_app.moderation.review import Review
from moderator_app.ui.queue.deciding import Deciding, Made


class Question(Enum):
    LENGTH = auto()
    WARNING = auto()
    REASON = auto()
    SNOOZE = auto()


@dataclass(frozen=True, slots=True)
class Offer:
    """What the digits choose among now; `chosen` is the one given already, from 0. `after`: about a decision made."""

    title: str
    options: tuple[str, ...]
    chosen: int | None = None
    after: bool = False


class FollowUp(QObject):
    """`changed`: another offer. `said` carries what was chosen about a decision, for the row's words."""

    changed = Signal()
    said = Signal(object, str)

    def __init__(self, review: Review, deciding: Deciding, canned: Callable[[], Canned], parent: QObject) -> None:
        super().__init__(parent)
        self._review, self._deciding, self._canned = review, deciding, canned
        self._made: Made | None = None
        self._questions: list[Question] = []
        self._reason: int | None = None
        self._snoozed: tuple[int, ...] = ()
        deciding.pending_changed.connect(self._let_pass)

    @property
    def offer(self) -> Offer:
        if not self._questions:
            return Offer(_("Reason"), tuple(self._reasons), self._reason)
        made = self._made
        name = choice_name(made.wish.choice) if made is not None else ""
        match self._questions[0]:
            case Question.LENGTH:
                lengths = tuple(_("for ever") if each is None else format_length(each) for each in PENALTY_LENGTHS)
                return Offer(_("{choice}: for how long?").format(choice=name), lengths, after=True)
            case Question.WARNING:
                return Offer(_("{choice}: in which words?").format(choice=name), tuple(self._warnings), after=True)
            case Question.SNOOZE:
                return Offer(_("Put off: for how long?"), tuple(map(format_length, SNOOZE_LENGTHS)), after=True)
        return Offer(_("{choice}: for which reason?").format(choice=name), tuple(self._reasons), after=True)

    @property
    def reason(self) -> str:
        """The reason chosen beforehand for the next decision."""
        reasons = self._reasons
        return reasons[self._reason] if self._reason is not None and self._reason < len(reasons) else ""

    def begin(self, made: Made, *, timed_bans: bool) -> None:
        """A decision was made: the next digits are about it. `timed_bans`: its platform bans for a time too."""
        kinds = made.wish.choice.kinds
        timed = ActionKind.MUTE in kinds or (ActionKind.BAN in kinds and timed_bans)
        asked = (
            (Question.LENGTH, timed),
            (Question.WARNING, ActionKind.WARN in kinds),
            (Question.REASON, bool(kinds) and not made.wish.reason),
        )
        self._made, self._reason = made, None
        self._questions = [question for question, is_asked in asked if is_asked]
        self.changed.emit()

    def begin_snooze(self, items: tuple[int, ...]) -> None:
        """Items were put off: the next digit says for how long."""
        self._made, self._reason, self._snoozed = None, None, items
        self._questions = [Question.SNOOZE]
        self.changed.emit()

    def digit(self, number: int) -> None:
        """The key of a digit, from 0."""
        if number >= len(self.offer.options):
            return
        if self._questions[:1] == [Question.SNOOZE]:
            self._questions.pop(0)
            self._deciding.snooze(self._snoozed, SNOOZE_LENGTHS[number])
            self.changed.emit()
            return
        if not self._questions or self._made is None:
            self._reason = None if self._reason == number else number
            self.changed.emit()
            return
        told = self.offer.options[number]
        question = self._questions.pop(0)
        self._deciding.amend(self._change(self._made, question, number))
        if question is not Question.WARNING:
            self.said.emit(self._made, told)
        self.changed.emit()

    def keep(self) -> None:
        """Enter: what the policy says stays, and the next thing is asked."""
        if self._questions:
            self._questions.pop(0)
            self.changed.emit()

    def end(self) -> None:
        """The hand has gone on: digits are about the card under it."""
        if self._questions or self._reason is not None:
            self._questions, self._made, self._reason = [], None, None
            self.changed.emit()

    def _change(self, made: Made, question: Question, number: int) -> Callable[[], Awaitable[object]]:
        reasons, review = self._reasons, self._review

        async def change() -> None:
            # Not stored, it was refused or is being asked about: there is nothing to say more of.
            if made.case is None:
                return
            match question:
                case Question.LENGTH:
                    await review.set_length(made.case, PENALTY_LENGTHS[number])
                case Question.WARNING:
                    await review.choose_warning(made.case, number)
                case Question.REASON:
                    await review.give_reason(made.case, reasons[number])

        return change

    def _let_pass(self) -> None:
        """With the grace ends the time in which more can be said."""
        due = self._made.due if self._made is not None else None
        if self._questions and due is not None and due <= datetime.now(UTC):
            self.end()

    @property
    def _reasons(self) -> Sequence[str]:
        return self._canned().reasons.get(current(), ())

    @property
    def _warnings(self) -> Sequence[str]:
        return self._canned().warnings.get(current(), ())
