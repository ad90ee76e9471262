"""Sets which AI server is asked, with which key and budget; tries it, and has it asked about the backlog."""

import asyncio
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from moderator_app.ai_access import AiAccess, Trial
from moderator_app.domain.ai import Which
from moderator_app.domain.errors import ModeratorError
from moderator_app.language import (
    _,
    explain_error,
    format_number,
    format_percent,
    ngettext,
    spam_kind_name,
    toxicity_name,
    which_name,
)
from moderator_app.moderation.classifying import Classified, Classifying
from moderator_app.moderation.preferences import Preferences
from moderator_app.settings import show
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label, set_tone

_DIGITS = 6
_BACKLOG = 200

# Keys of the machine's settings, in the order in which they are shown.
_FIELDS: Mapping[str, Callable[[], str]] = {
    "openai.base_url": lambda: _("Address"),
    "openai.model": lambda: _("Model"),
    "openai.moderation_model": lambda: _("Moderation model (empty: none)"),
    "openai.reasoning_effort": lambda: _("Reasoning effort (empty: the model's own)"),
    "ai.budget.requests_per_day": lambda: _("Requests a day"),
    "ai.budget.requests_per_month": lambda: _("Requests a month"),
    "ai.budget.tokens_per_day": lambda: _("Tokens a day"),
    "ai.budget.tokens_per_month": lambda: _("Tokens a month"),
    "ai.budget.money_per_day": lambda: _("US dollars a day"),
    "ai.budget.money_per_month": lambda: _("US dollars a month"),
    "openai.prices": lambda: _("Prices for a million tokens: read/from the cache/written"),
}
_WIDE = "openai.prices"


class AiServerPanel(QWidget):
    def __init__(
        self,
        access: AiAccess,
        classifying: Classifying,
        preferences: Preferences,
        tasks: Tasks,
        preview: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`preview` is where another model can be compared with the one in use."""
        super().__init__(parent)
        self._preview = preview
        self._access, self._classifying = access, classifying
        self._preferences, self._tasks = preferences, tasks
        self._titles = [label(title=True) for _part in range(3)]
        self._names = {key: label(tone="muted") for key in _FIELDS}
        self.fields = {key: QLineEdit() for key in _FIELDS}
        self._said = label(wrap=True)
        self.key, self.keep_key, self._key_said = QLineEdit(), QPushButton(), label(wrap=True)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.text, self.test, self.answer = QLineEdit(), QPushButton(), foreign(most=2000)
        self.which, self.classify, self.cancel = QComboBox(), QPushButton(), QPushButton()
        self._bar, self.told = QProgressBar(), label(wrap=True)
        self._running: asyncio.Task[None] | None = None
        self._lay_out()
        self._connect()
        preferences.subscribe(lambda _settings: self._show_settings())
        self._show_settings()
        self._retranslate()

    def _connect(self) -> None:
        for key, field in self.fields.items():
            field.editingFinished.connect(lambda key=key: self._set(key))
        self.keep_key.clicked.connect(lambda: self._tasks.start(self._keep_key()))
        self.key.returnPressed.connect(self.keep_key.click)
        self.test.clicked.connect(lambda: self._tasks.start(self._try()))
        self.text.returnPressed.connect(self.test.click)
        self.classify.clicked.connect(self._begin)
        self.cancel.clicked.connect(self._stop)

    def _set(self, key: str) -> None:
        """Keep what was typed; what cannot stand there is said and stays to be mended."""
        field = self.fields[key]
        if field.text() == str(show(self._preferences.current)[key]):
            return
        try:
            self._preferences.set(key, field.text())
        except ModeratorError as error:
            self._tell(self._said, explain_error(error), "danger")
        else:
            self._tell(self._said, _("Saved"), "good")

    def _show_settings(self) -> None:
        for key, value in show(self._preferences.current).items():
            if key in self.fields and not self.fields[key].hasFocus():
                self.fields[key].setText(str(value))

    async def _look_for_key(self) -> None:
        try:
            there = await self._access.has_key()
        except ModeratorError as error:
            self._tell(self._key_said, explain_error(error), "danger")
            return
        if self._access.is_given():
            self._tell(self._key_said, _("The key comes from the environment, for this run only."), "muted")
        elif there:
            self._tell(self._key_said, _("There is a key in the keyring of this machine."), "muted")
        else:
            self._tell(self._key_said, _("There is no key yet. A server of your own may do without."), "muted")

    async def _keep_key(self) -> None:
        typed = self.key.text()
        self.key.clear()
        self.keep_key.setEnabled(False)
        try:
            taken = await self._access.give_key(typed)
        except ModeratorError as error:
            self._tell(self._key_said, explain_error(error), "danger")
        else:
            asked = _("The key is kept in the keyring; the server takes it.")
            unasked = _("The key is kept in the keyring. The server could not be asked whether it is right.")
            self._tell(self._key_said, asked if taken else unasked, "good" if taken else "warning")
            await self._classifying.use_new_settings()
        finally:
            self.keep_key.setEnabled(True)

    async def _try(self) -> None:
        text = self.text.text().strip()
        if not text:
            return
        self.test.setEnabled(False)
        self._tell(self.answer, _("Asking…"), "muted")
        try:
            trial = await self._access.test(text, self._classifying.budget)
        except ModeratorError as error:
            self._tell(self.answer, explain_error(error), "danger")
        else:
            self._tell(self.answer, _in_words(trial), "" if trial.answer else "warning")
        finally:
            self.test.setEnabled(True)

    def _begin(self) -> None:
        self._show_running(running=True)
        self._running = self._tasks.start(self._classify(Which(self.which.currentData())))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    async def _classify(self, which: Which) -> None:
        try:
            done = await self._classifying.classify(which, _BACKLOG, self._show_progress)
        except ModeratorError as error:
            self._tell(self.told, explain_error(error), "danger")
        except asyncio.CancelledError:
            self._tell(self.told, _("Cancelled; what was answered is kept."), "warning")
            raise
        else:
            said = _done(done)
            if done.error is not None:
                said = f"{said} {explain_error(done.error)}"
            self._tell(self.told, said, "warning" if done.error else "good")
        finally:
            self._running = None
            self._show_running(running=False)

    def _show_progress(self, done: Classified) -> None:
        self._bar.setValue(done.messages)
        self._tell(self.told, _done(done), "muted")

    def _show_running(self, *, running: bool) -> None:
        self._bar.setRange(0, _BACKLOG)
        self._bar.setValue(0)
        self._bar.setVisible(running)
        self.cancel.setVisible(running)
        self.classify.setEnabled(not running)

    def _tell(self, shown: QLabel, text: str, tone: str) -> None:
        set_tone(shown, tone)
        shown.setText(text)
        shown.setVisible(bool(text))

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        for place, key in enumerate(_FIELDS):
            row, column = (len(_FIELDS), 0) if key == _WIDE else divmod(place, 2)
            self._names[key].setBuddy(self.fields[key])
            width = 2 if key == _WIDE else 1
            grid.addWidget(self._names[key], 2 * row, column, 1, width)
            grid.addWidget(self.fields[key], 2 * row + 1, column, 1, width)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        box.addWidget(self._titles[0])
        box.addLayout(grid)
        box.addWidget(self._said)
        box.addLayout(_row(self.key, self.keep_key))
        box.addWidget(self._key_said)
        box.addWidget(self._titles[1])
        box.addLayout(_row(self.text, self.test))
        box.addWidget(self.answer)
        box.addWidget(self._titles[2])
        box.addLayout(_row(self.which, self.classify, self.cancel, stretch=self._bar))
        box.addWidget(self.told)
        if self._preview is not None:
            box.addWidget(self._preview)
        for which in Which:
            self.which.addItem("", which.value)
        self.which.setCurrentIndex(list(Which).index(Which.FLAGGED_AND_NEWCOMERS))
        for shown in (self._said, self._key_said, self.answer, self.told):
            shown.hide()
        self._show_running(running=False)

    def _retranslate(self) -> None:
        for title, text in zip(self._titles, (_("Server and budget"), _("Try it"), _("Backlog")), strict=True):
            title.setText(text)
        for key, name in _FIELDS.items():
            self._names[key].setText(name())
            self.fields[key].setAccessibleName(name())
        self.key.setPlaceholderText(_("A new key"))
        self.key.setAccessibleName(_("Key of the AI server"))
        self.keep_key.setText(_("Keep the key"))
        self.text.setPlaceholderText(_("A text to ask about"))
        self.text.setAccessibleName(_("A text to ask about"))
        self.test.setText(_("Test"))
        self.which.setAccessibleName(_("Messages of the backlog to ask about"))
        for place, which in enumerate(Which):
            self.which.setItemText(place, which_name(which))
        newest = ngettext("Classify the newest {n} now", "Classify the newest {n} now", _BACKLOG)
        self.classify.setText(newest.format(n=_BACKLOG))
        self.cancel.setText(_("Cancel"))
        self._bar.setAccessibleName(_("Progress"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tasks.start(self._look_for_key())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _row(*widgets: QWidget, stretch: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    if stretch is not None:
        row.addWidget(stretch, 1)
        row.addStretch(1)
    return row


def _in_words(trial: Trial) -> str:
    tokens = ngettext("{n} token", "{n} tokens", trial.use.tokens).format(n=format_number(trial.use.tokens))
    price = f"{tokens} · {format_number(trial.use.cost, _DIGITS)} $"
    answer = trial.answer
    if answer is None:
        return _("No answer: what came cannot be used.") + f"\n{price}"
    lines = [_("Spam: {share}, {kind}").format(share=format_percent(answer.spam), kind=spam_kind_name(answer.kind))]
    if answer.reason:
        lines.append(answer.reason)
    if answer.words:
        lines.append(_("Obscene words: {words}").format(words=", ".join(word.word for word in answer.words)))
    if answer.toxicity:
        kind, share = max(answer.toxicity, key=lambda pair: pair[1])
        lines.append(_("Toxicity: {kind} {share}").format(kind=toxicity_name(kind), share=format_percent(share)))
    lines.append(f"{_('{model}, prompt {version}').format(model=answer.model, version=answer.prompt)} · {price}")
    return "\n".join(lines)


def _done(done: Classified) -> str:
    asked = ngettext("{n} message asked about", "{n} messages asked about", done.asked).format(n=done.asked)
    cached = ngettext("{n} known already", "{n} known already", done.cached).format(n=done.cached)
    skipped = ngettext("{n} decided already", "{n} decided already", done.skipped).format(n=done.skipped)
    nothing = done.invalid + done.unanswered
    without = ngettext("{n} without an answer", "{n} without an answer", nothing).format(n=nothing)
    return ", ".join((asked, cached, skipped, without, f"{format_number(done.use.cost, 4)} $")) + "."
