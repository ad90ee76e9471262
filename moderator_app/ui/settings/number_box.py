"""Boxes for numbers: without needless decimals, and times with their unit."""

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from moderator_app.language import _
from moderator_app.ui.theme import GRID

UNITS: Mapping[int, Callable[[], str]] = {
    1: lambda: _("s"),
    60: lambda: _("min"),
    3600: lambda: _("h"),
    86_400: lambda: _("d"),
}
WIDTH = 11 * GRID
# The style sheet's padding does not reach the text of a box.
TEXT_MARGIN = 6


class NumberBox(QDoubleSpinBox):
    """Shows `7`, not `7,00`. `given` carries a value set by hand: "15" is typed as 1 and 5, and given as 15."""

    given = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.setMinimumWidth(WIDTH)
        self.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self.valueChanged.connect(self.given)

    def allow(self, least: float, most: float, decimals: int) -> None:
        with QSignalBlocker(self):
            self.setDecimals(decimals)
            self.setRange(least, most)

    def show_value(self, value: float) -> None:
        if value != self.value():
            with QSignalBlocker(self):
                self.setValue(value)

    # Qt

    def textFromValue(self, value: float) -> str:
        written = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return written.rstrip("0").rstrip(point) if point in written else written

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turned to scroll the form changes no number on its way."""
        event.ignore()


class WholeBox(QSpinBox):
    """A whole number. `given` carries one set by hand, once it has been typed to its end."""

    given = Signal(int)

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        # "15" is typed as 1 and 5: the setting follows the finished number only.
        self.setKeyboardTracking(False)
        self.setMinimumWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.lineEdit().setTextMargins(TEXT_MARGIN, 0, 0, 0)
        self.valueChanged.connect(self.given)

    def show_value(self, value: int) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    # Qt

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turned to scroll the form changes no number on its way."""
        event.ignore()


class TimeBox(QWidget):
    """A time in the unit in which it is a whole number. `given` carries the seconds set by hand."""

    given = Signal(int)

    def __init__(self, least: float, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._number, self._unit = NumberBox(), _UnitBox()
        for seconds in UNITS:
            if seconds <= most:
                self._unit.addItem("", seconds)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self._number)
        row.addWidget(self._unit)
        self.setFocusProxy(self._number)
        self._number.given.connect(self._give)
        self._unit.activated.connect(self._take_unit)
        self.retranslate()

    def show_value(self, seconds: float) -> None:
        if seconds == self._seconds():
            return
        fitting = [unit for unit in UNITS if unit <= self._most and seconds % unit == 0]
        self._unit.setCurrentIndex(self._unit.findData(max(fitting, default=1)))
        self._set_range()
        self._number.show_value(seconds / self._unit.currentData())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at."""
        return self._number, self._unit

    def name(self, name: str) -> None:
        self._number.setAccessibleName(name)
        self._unit.setAccessibleName(_("{name}: unit").format(name=name))

    def retranslate(self) -> None:
        for place in range(self._unit.count()):
            self._unit.setItemText(place, UNITS[self._unit.itemData(place)]())

    def _seconds(self) -> float:
        return float(self._number.value() * self._unit.currentData())

    def _set_range(self) -> None:
        unit = self._unit.currentData()
        self._number.allow(max(1, math.ceil(self._least / unit)), self._most // unit, 0)

    def _take_unit(self) -> None:
        self._set_range()
        self._give()

    def _give(self) -> None:
        self.given.emit(round(self._seconds()))


class _UnitBox(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
