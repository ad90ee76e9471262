"""One value of a policy: its name, an editor that fits it, and the way back to the common value."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QToolButton, QWidget

from moderator_app.domain.policy_keys import SETTINGS
from moderator_app.language import _, policy_key_name, value_name
from moderator_app.setting_values import Value
from moderator_app.ui import icons
from moderator_app.ui.settings.number_box import NumberBox, TimeBox
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import label, set_tone

# Scores and shares are 0-1 in data and 0-100 on the screen.
PERCENT = 100


class ValueField(QObject):
    """`given` carries the key and a value set by hand, `back_wanted` the key."""

    given = Signal(str, object)
    back_wanted = Signal(str)

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.label: QLabel = label(wrap=True)
        self.editor, self._show_value = self._made()
        self.back = QToolButton()
        self.back.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kept = self.back.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept)
        self.label.setBuddy(self.editor)
        self.back.clicked.connect(lambda: self.back_wanted.emit(self.key))
        self.retranslate()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at."""
        editors = self.editor.stops if isinstance(self.editor, TimeBox) else (self.editor,)
        return (*editors, self.back)

    def show_value(self, value: Value, *, own: bool, common: str) -> None:
        """`common` names the value that a way back leads to."""
        self._show_value(value)
        set_tone(self.label, "accent" if own else "")
        self.back.setVisible(own)
        self.back.setToolTip(_("Reset") + f" · {common}")
        self.back.setIcon(icons.icon("arrow-go-back-line", tokens(self.back.palette()).accent))
        self.editor.setToolTip(common if own else "")

    def allow(self, allowed: bool) -> None:
        self.editor.setEnabled(allowed)

    def retranslate(self) -> None:
        name = policy_key_name(self.key)
        self.label.setText(name)
        self.back.setAccessibleName(_("Reset: {name}").format(name=name))
        if isinstance(self.editor, TimeBox):
            self.editor.name(name)
            self.editor.retranslate()
        else:
            self.editor.setAccessibleName(name)
        if isinstance(self.editor, QComboBox):
            for place in range(self.editor.count()):
                self.editor.setItemText(place, value_name(SETTINGS[self.key].kind(self.editor.itemData(place))))

    def _made(self) -> tuple[QWidget, Callable[[Value], None]]:
        setting = SETTINGS[self.key]
        if setting.kind is bool:
            return self._check_box()
        if issubclass(setting.kind, StrEnum):
            return self._choice_box(setting.kind)
        if self.key.endswith("seconds"):
            time = TimeBox(*setting.range)
            time.given.connect(self._give)
            return time, lambda value: time.show_value(float(value))
        number = NumberBox()
        least, most = setting.range
        if setting.kind is float and most <= 1:
            number.allow(PERCENT * least, PERCENT * most, 1)
            if self.key.endswith("share"):
                number.setSuffix(" %")
            number.given.connect(lambda value: self._give(round(value / PERCENT, 4)))
            return number, lambda value: number.show_value(PERCENT * float(value))
        if setting.kind is float:
            number.allow(least, most, 2)
            number.setSingleStep(0.1)
            number.given.connect(lambda value: self._give(round(value, 2)))
        else:
            number.allow(least, most, 0)
            number.given.connect(lambda value: self._give(round(value)))
        return number, lambda value: number.show_value(float(value))

    def _check_box(self) -> tuple[QWidget, Callable[[Value], None]]:
        box = QCheckBox()
        box.toggled.connect(self._give)

        def show(value: Value) -> None:
            with QSignalBlocker(box):
                box.setChecked(bool(value))

        return box, show

    def _choice_box(self, choices: type[StrEnum]) -> tuple[QWidget, Callable[[Value], None]]:
        box = _ChoiceBox()
        for choice in choices:
            box.addItem("", choice.value)
        box.setMinimumWidth(18 * GRID)
        box.activated.connect(lambda: self._give(box.currentData()))
        return box, lambda value: box.setCurrentIndex(box.findData(str(value)))

    def _give(self, value: Value) -> None:
        self.given.emit(self.key, value)


class _ChoiceBox(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turned to scroll the form chooses nothing on its way."""
        event.ignore()
