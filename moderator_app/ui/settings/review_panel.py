"""Chooses how a decision is made, taken back and asked again, what digits say of it, and when to rest."""

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from moderator_app.language import _, ngettext
from moderator_app.settings import Settings
from moderator_app.ui.settings.canned_panel import CannedPanel
from moderator_app.ui.settings.number_box import TEXT_MARGIN, WholeBox
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

GRACE_KEY = "review.grace_seconds"
REST_KEY = "care.break_minutes"
MOST_REST_MINUTES = 480
MOST_GRACE_SECONDS = 30
MOST_KEY = "review.confirm_over"
MOST_UNASKED = 100_000


class ReviewPanel(QWidget):
    """`chosen` carries the key of a setting and its new value."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._said = label(title=True), label(tone="muted", wrap=True)
        self._seconds = QSpinBox()
        self._seconds.setRange(0, MOST_GRACE_SECONDS)
        # "15" is typed as 1 and 5: the setting follows the finished number only.
        self._seconds.setKeyboardTracking(False)
        self._seconds.setMinimumWidth(12 * GRID)
        self._seconds.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self._most_title, self._most_said = label(title=True, wrap=True), label(tone="muted", wrap=True)
        self._most = QSpinBox()
        self._most.setRange(1, MOST_UNASKED)
        self._most.setKeyboardTracking(False)
        self._most.setMinimumWidth(12 * GRID)
        self._most.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self.canned = CannedPanel()
        self._rest_title, self._rest_said = label(title=True), label(tone="muted", wrap=True)
        self._minutes = WholeBox(0, MOST_REST_MINUTES)
        row = QHBoxLayout()
        row.addWidget(self._seconds)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addLayout(row)
        box.addWidget(self._said)
        box.addSpacing(GRID)
        box.addWidget(self._most_title)
        most_row = QHBoxLayout()
        most_row.addWidget(self._most)
        most_row.addStretch(1)
        box.addLayout(most_row)
        box.addWidget(self._most_said)
        box.addSpacing(2 * GRID)
        for part in (self._rest_title, self._minutes, self._rest_said):
            box.addWidget(part)
        box.addWidget(self.canned)
        box.addStretch(1)
        self.canned.chosen.connect(self.chosen)
        self._most.valueChanged.connect(lambda most: self.chosen.emit(MOST_KEY, str(most)))
        self._seconds.valueChanged.connect(self._choose)
        self._minutes.given.connect(lambda minutes: self.chosen.emit(REST_KEY, str(minutes)))
        self._retranslate()

    def show_settings(self, settings: Settings) -> None:
        with QSignalBlocker(self._seconds):
            self._seconds.setValue(settings.review.grace_seconds)
        with QSignalBlocker(self._most):
            self._most.setValue(settings.review.confirm_over)
        self.canned.show_settings(settings)
        self._minutes.show_value(settings.care.break_minutes)
        self._retranslate()

    def _choose(self, seconds: int) -> None:
        self._retranslate()
        self.chosen.emit(GRACE_KEY, str(seconds))

    def _retranslate(self) -> None:
        self._title.setText(_("Time to take a decision back"))
        self._seconds.setSuffix(" " + ngettext("second", "seconds", self._seconds.value()))
        self._seconds.setAccessibleName(_("Seconds before an action is carried out"))
        self._most_title.setText(_("Ask again before a decision reaches more messages than"))
        self._most.setAccessibleName(_("Messages that a decision reaches without being asked again"))
        self._most_said.setText(
            _("Admins and trusted people are asked about in any case. Dismissing is not: it can be taken back.")
        )
        self._said.setText(
            _(
                "So long nothing leaves this machine: Esc or Ctrl+Z takes the decision back as if it had not been "
                "made. With 0 every action is carried out at once. Applies to the next decision."
            )
        )
        self._rest_title.setText(_("A rest now and then"))
        self._minutes.setSpecialValueText(_("never"))
        self._minutes.setSuffix(" " + _("min"))
        self._minutes.setAccessibleName(_("Minutes of work after which a rest is suggested"))
        self._rest_said.setText(
            _(
                "After so much work at a stretch a line at the lower edge suggests a rest. It counts on this machine "
                "while the window is open, and nothing of it is kept or shown to anybody."
            )
        )

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
