"""AI in the lower edge of the window: how it is, and what was used of today's budget."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from moderator_app.domain.ai import Limits, Use
from moderator_app.language import _, explain_error, format_number
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.classifying import AiStatus, Classifying, Mood
from moderator_app.ui.notices import Notices, Tone
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import tabular
from moderator_app.ui.widgets.labels import ElidedLabel, set_tone

# Today's use is read at most so often.
REFRESH_MS = 2000

_TONES = {Mood.OFF: "muted", Mood.READY: "muted", Mood.SILENT: "warning", Mood.SPENT: "warning", Mood.FAULT: "danger"}


class AiLabel(ElidedLabel):
    """One line; hidden while nobody wants AI."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("muted")
        self.setParent(parent)
        self.setFont(tabular(self.font()))
        self._shown: tuple[AiStatus, Use, Limits] | None = None
        self.hide()

    def show_status(self, status: AiStatus, today: Use, limits: Limits) -> None:
        self._shown = status, today, limits
        self._retranslate()

    def _retranslate(self) -> None:
        if self._shown is None:
            return
        status, today, limits = self._shown
        used = _("AI today {used} $ of {most} $").format(
            used=format_number(today.cost, 2), most=format_number(limits.money_per_day, 2)
        )
        words = {
            Mood.SILENT: _("AI is silent"),
            Mood.SPENT: _("AI: budget used up"),
            Mood.FAULT: _("AI needs attention"),
        }
        self.setText(" · ".join([words[status.mood], used] if status.mood in words else [used]))
        about = _("{requests} of {most} requests, {tokens} tokens today").format(
            requests=format_number(today.requests),
            most=format_number(limits.requests_per_day),
            tokens=format_number(today.tokens),
        )
        reason = "" if status.error is None else explain_error(status.error)
        self.setToolTip("\n".join(filter(None, (about, reason))))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self.toolTip())
        set_tone(self, _TONES[status.mood])
        self.setVisible(status.mood is not Mood.OFF)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


class AiStatusLine(QObject):
    """Keeps the label in step; says once when the budget is used up. `changed`: something was asked."""

    changed = Signal()

    def __init__(
        self, classifying: Classifying, changes: Changes, tasks: Tasks, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._classifying, self._tasks, self._notices = classifying, tasks, notices
        self.label = AiLabel()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.ask)
        self._mood = Mood.OFF
        classifying.subscribe(self._hear_status)
        changes.subscribe(self._hear)

    def ask(self) -> None:
        self._tasks.start(self._read())

    def _hear(self, _change: Change) -> None:
        if self._classifying.status.mood is not Mood.OFF and not self._timer.isActive():
            self._timer.start()

    def _hear_status(self, status: AiStatus) -> None:
        if status.mood in (Mood.SPENT, Mood.FAULT) and status.mood is not self._mood and status.error is not None:
            self._notices.tell(explain_error(status.error), Tone.WARNING)
        self._mood = status.mood
        self.ask()

    async def _read(self) -> None:
        budget = self._classifying.budget
        self.label.show_status(self._classifying.status, await budget.today(), budget.limits)
        self.changed.emit()
