"""Chooses the key of each command, and whether single keys do anything."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from moderator_app.language import _
from moderator_app.settings import Settings
from moderator_app.ui import keymap
from moderator_app.ui.keymap import FIXED, NAMES, STANDARD, Stroke
from moderator_app.ui.keys import BINDINGS, Binding
from moderator_app.ui.settings.form_area import FormArea
from moderator_app.ui.settings.key_button import KeyButton
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, set_tone

OWN_KEY, SINGLE_KEY = "keys.own", "keys.single"


class KeysPanel(QWidget):
    """`chosen` carries the key of a setting and its new value."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bindings: tuple[Binding, ...] = STANDARD.bindings
        self._single, self._all = QCheckBox(), QPushButton()
        self._said, self._told = label(tone="muted", wrap=True), label(wrap=True)
        self._lines = {name: _Line() for name, one in zip(NAMES, BINDINGS, strict=True) if one.command not in FIXED}
        area, grid = FormArea(), QGridLayout()
        self._form = area.content
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(0, 1)
        for place, (name, line) in enumerate(self._lines.items()):
            for column, part in enumerate((line.title, line.key, line.reset)):
                grid.addWidget(part, place, column)
            line.key.struck.connect(lambda stroke, name=name: self._put(name, stroke))
            line.key.unknown.connect(lambda: self._tell(_("This key has no part in the console; take another.")))
            line.reset.clicked.connect(lambda _checked=False, name=name: self._put(name, keymap.standard(name)))
        area.content.addLayout(grid)
        area.content.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(self._all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._single)
        box.addWidget(self._said)
        box.addWidget(area, 1)
        box.addLayout(foot)
        self._single.toggled.connect(lambda on: self.chosen.emit(SINGLE_KEY, "true" if on else "false"))
        self._all.clicked.connect(lambda: self.chosen.emit(OWN_KEY, ""))
        self._retranslate()

    @property
    def told(self) -> str:
        """What was said about the key that was struck last."""
        return self._told.text()

    def line(self, name: str) -> "_Line":
        return self._lines[name]

    def show_settings(self, settings: Settings) -> None:
        self._bindings = keymap.read(settings.keys.own).bindings
        self._single.blockSignals(True)
        self._single.setChecked(settings.keys.single)
        self._single.blockSignals(False)
        self._retranslate()

    def _put(self, name: str, stroke: Stroke) -> None:
        why = keymap.why_not(self._bindings, name, stroke)
        if why:
            self._tell(why, "danger")
            return
        self._tell("")
        self.chosen.emit(OWN_KEY, keymap.written(keymap.changed(self._bindings, name, stroke)))

    def _tell(self, text: str, tone: str = "warning") -> None:
        self._told.setText(text)
        set_tone(self._told, tone)

    def _retranslate(self) -> None:
        self._single.setText(_("Single keys act in the queue"))
        self._said.setText(
            _(
                "Switched off, only keys with Ctrl are heard, and Esc. Press a key's button, then the key that the "
                "command shall have; it counts by its place on the keyboard. Numbers and Esc stay where they are."
            )
        )
        self._all.setText(_("All as usual"))
        self._all.setEnabled(self._bindings != STANDARD.bindings)
        usual = dict(zip(NAMES, BINDINGS, strict=True))
        for name, binding in zip(NAMES, self._bindings, strict=True):
            if name in self._lines:
                self._lines[name].show(binding, changed=binding.stroke != usual[name].stroke)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A form that was never seen reckons with the letters there were when it was made.
        QTimer.singleShot(0, self, self._form.invalidate)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _Line:
    """A command, its key, and the way back to the usual one."""

    def __init__(self) -> None:
        self.title: QLabel = label(wrap=True)
        self.key, self.reset = KeyButton(), QPushButton()
        place = self.reset.sizePolicy()
        place.setRetainSizeWhenHidden(True)
        place.setVerticalPolicy(QSizePolicy.Policy.Fixed)
        self.reset.setSizePolicy(place)
        self.key.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show(self, binding: Binding, *, changed: bool) -> None:
        title = _(binding.title)
        self.title.setText(title)
        self.key.show_key(title, binding.legend)
        self.reset.setText(_("As usual"))
        self.reset.setAccessibleName(_("{command}: as usual").format(command=title))
        self.reset.setVisible(changed)
