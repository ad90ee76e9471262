"""Chooses what is told outside the window, and when nothing is."""

from PySide6.QtCore import QEvent, QSignalBlocker, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSystemTrayIcon, QTimeEdit, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.settings import Settings
from moderator_app.ui.settings.number_box import TEXT_MARGIN, WholeBox
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

GROUP = "notifications"
_FORM = "HH:mm"
_CHECKS = ("tray", "desktop", "sound", "show_text", "quiet")


class NotificationsPanel(QWidget):
    """`chosen` carries the key of a setting and its new value."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._threshold_title, self._said = (
            label(title=True),
            label(wrap=True),
            label(tone="muted", wrap=True),
        )
        self.checks = {name: QCheckBox() for name in _CHECKS}
        self.threshold = WholeBox(0, 100)
        self.times = {name: QTimeEdit() for name in ("quiet_from", "quiet_to")}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        hours = QHBoxLayout()
        for name, edit in self.times.items():
            edit.setDisplayFormat(_FORM)
            edit.setKeyboardTracking(False)
            edit.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
            edit.timeChanged.connect(lambda time, name=name: self.chosen.emit(f"{GROUP}.{name}", time.toString(_FORM)))
            hours.addWidget(edit)
        hours.addStretch(1)
        for part in (
            self._title,
            *(self.checks[name] for name in ("tray", "desktop", "sound", "show_text")),
            self._threshold_title,
            self.threshold,
            self.checks["quiet"],
        ):
            box.addWidget(part)
        box.addLayout(hours)
        box.addWidget(self._said)
        box.addStretch(1)
        for name, check in self.checks.items():
            check.toggled.connect(lambda on, name=name: self.chosen.emit(f"{GROUP}.{name}", "true" if on else "false"))
        self.threshold.given.connect(lambda value: self.chosen.emit(f"{GROUP}.threshold", str(value)))
        self._retranslate()

    def show_settings(self, settings: Settings) -> None:
        chosen = settings.notifications
        for name, check in self.checks.items():
            with QSignalBlocker(check):
                check.setChecked(getattr(chosen, name))
        self.threshold.show_value(chosen.threshold)
        for name, edit in self.times.items():
            with QSignalBlocker(edit):
                edit.setTime(QTime.fromString(getattr(chosen, name), _FORM))
            edit.setEnabled(chosen.quiet)
        self.checks["show_text"].setEnabled(chosen.desktop)

    def _retranslate(self) -> None:
        self._title.setText(_("While the window is not in front"))
        words = {
            "tray": _("Icon beside the clock, with the number of messages that wait"),
            "desktop": _("Notifications of the desktop"),
            "sound": _("A sound"),
            "show_text": _("Show the beginning of the message in the notification"),
            "quiet": _("Quiet between these times of day"),
        }
        for name, check in self.checks.items():
            check.setText(words[name])
        self._threshold_title.setText(_("For messages with this score and more, 0-100"))
        self.threshold.setAccessibleName(self._threshold_title.text())
        self.times["quiet_from"].setAccessibleName(_("Quiet from"))
        self.times["quiet_to"].setAccessibleName(_("Quiet until"))
        said = [_("A source that has been signed out or has stopped is told, too.")]
        if not QSystemTrayIcon.isSystemTrayAvailable():
            said.append(
                _("This desktop has no place for an icon: instead the window asks for attention in the taskbar.")
            )
        self._said.setText(" ".join(said))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
