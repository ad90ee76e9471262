"""Compares another model or other house rules with those in use, and takes them into use when that is wanted."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from moderator_app.ai_access import AiAccess
from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _, explain_error, format_number, format_percent, ngettext
from moderator_app.moderation.ai_budget import Budget
from moderator_app.moderation.ai_preview import Change, Comparison, Preview
from moderator_app.moderation.preferences import Preferences
from moderator_app.ui.names import shortened
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label, set_tone

MODEL_KEY, GUIDANCE_KEY = "openai.model", "openai.guidance"
COUNT = 50
_SHOWN = 10
_LENGTH = 60
_HEIGHT = 9 * GRID


class AiPreviewPanel(QWidget):
    def __init__(
        self, access: AiAccess, preview: Preview, budget: Budget, preferences: Preferences, tasks: Tasks
    ) -> None:
        super().__init__()
        self._access, self._preview, self._budget = access, preview, budget
        self._preferences, self._tasks = preferences, tasks
        self._title, self._said = label(title=True), label(tone="muted", wrap=True)
        self.model, self.guidance = QLineEdit(), QPlainTextEdit()
        self.guidance.setMaximumHeight(_HEIGHT)
        self.guidance.setTabChangesFocus(True)
        self.compare, self.use = QPushButton(), QPushButton()
        self.told = foreign(most=4000)
        self._compared: tuple[str, str] | None = None
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.model, 1)
        row.addWidget(self.compare)
        row.addWidget(self.use)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addWidget(self._said)
        box.addWidget(self.guidance)
        box.addLayout(row)
        box.addWidget(self.told)
        self.told.hide()
        self.compare.clicked.connect(self._begin)
        self.use.clicked.connect(self._take)
        self.model.textChanged.connect(self._fit)
        self.guidance.textChanged.connect(self._fit)
        self.model.setText(preferences.current.openai.model)
        self.guidance.setPlainText(preferences.current.openai.guidance)
        self._retranslate()
        self._fit()

    def _typed(self) -> tuple[str, str]:
        return self.model.text().strip(), self.guidance.toPlainText().strip()

    def _begin(self) -> None:
        self._tasks.start(self._look(*self._typed()))

    async def _look(self, model: str, guidance: str) -> None:
        self.compare.setEnabled(False)
        self._tell(_("Asking…"), "muted")
        try:
            classifier = await self._access.connect_another(self._budget, model, guidance)
            try:
                found = await self._preview.compare(classifier, COUNT)
            finally:
                await classifier.close()
        except ModeratorError as error:
            self._tell(explain_error(error), "danger")
        else:
            self._compared = None if found.error else (model, guidance)
            self._tell(_in_words(found), "warning" if found.error else "")
        finally:
            self.compare.setEnabled(True)
            self._fit()

    def _take(self) -> None:
        if self._compared is None:
            return
        try:
            for key, value in zip((MODEL_KEY, GUIDANCE_KEY), self._compared, strict=True):
                self._preferences.set(key, value)
        except ModeratorError as error:
            self._tell(explain_error(error), "danger")
            return
        self._compared = None
        self._fit()
        self._tell(_("In use from now on."), "good")

    def _fit(self) -> None:
        """Only what was compared can be taken into use."""
        self.use.setEnabled(self._compared is not None and self._compared == self._typed())

    def _tell(self, text: str, tone: str) -> None:
        set_tone(self.told, tone)
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _retranslate(self) -> None:
        self._title.setText(_("Another model, or house rules"))
        self._said.setText(
            _(
                "Have the newest messages judged again by another model or with rules of your own, and see what would "
                "change. Nothing is changed before you take it into use."
            )
        )
        self.guidance.setPlaceholderText(_("House rules, added to the prompt: what these chats allow and what not"))
        self.guidance.setAccessibleName(_("House rules"))
        self.model.setAccessibleName(_("The model to compare with"))
        self.compare.setText(_("Show what would change"))
        self.use.setText(_("Take into use"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _in_words(found: Comparison) -> str:
    asked = ngettext("{n} message judged again", "{n} messages judged again", found.messages).format(n=found.messages)
    enter = ngettext("{n} would enter the queue", "{n} would enter the queue", found.enter).format(n=found.enter)
    leave = ngettext("{n} would leave it", "{n} would leave it", found.leave).format(n=found.leave)
    without = ngettext("{n} without an answer", "{n} without an answer", found.unanswered).format(n=found.unanswered)
    lines = [", ".join((asked, enter, leave, without, f"{format_number(found.use.cost, 4)} $")) + "."]
    lines += [_line(change) for change in found.changes[:_SHOWN]]
    if found.error is not None:
        lines.append(explain_error(found.error))
    return "\n".join(lines)


def _line(change: Change) -> str:
    before, after = map(format_percent, change.spam)
    return f"{before} → {after}  {shortened(' '.join(change.text.split()), _LENGTH)}"
