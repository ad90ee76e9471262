"""A chart under its title, with what its colours mean and the values at the place pointed at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from moderator_app.language import format_number
from moderator_app.ui.dashboard.bar_chart import BarChart, Series
from moderator_app.ui.dashboard.span_names import full_name
from moderator_app.ui.dashboard.spans import Span, Width
from moderator_app.ui.theme import GRID, Tokens, tokens


@dataclass(frozen=True, slots=True)
class Measure:
    """`name` is asked for anew after a change of language."""

    name: Callable[[], str]
    count: Callable[[Span], int]
    colour: Callable[[Tokens], QColor]


class ChartPanel(QWidget):
    """`title` names the chart by the width of its spans."""

    def __init__(
        self, title: Callable[[Width], str], measures: Sequence[Measure], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title_of, self._measures = title, tuple(measures)
        self._spans: tuple[Span, ...] = ()
        self._width = Width.DAY
        self._at = -1
        self._title, self._reading = QLabel(), QLabel()
        self._title.setProperty("heading", True)
        self._keys = [(QLabel(), QLabel()) for _measure in self._measures] if len(self._measures) > 1 else []
        self._chart = BarChart()
        self._chart.pointed.connect(self._read)
        self._lay_out()

    def show_spans(self, spans: Sequence[Span], width: Width) -> None:
        self._spans, self._width, self._at = tuple(spans), width, -1
        series = [Series(tuple(map(measure.count, spans)), measure.colour) for measure in self._measures]
        self._chart.show_series(self._spans, width, series)
        self._say()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._reading)
        for swatch, name in self._keys:
            swatch.setFixedSize(10, 10)
            swatch.setAutoFillBackground(True)
            name.setProperty("tone", "muted")
            top.addWidget(swatch)
            top.addWidget(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addLayout(top)
        box.addWidget(self._chart, 1)

    def _say(self) -> None:
        self._title.setText(self._title_of(self._width))
        for (swatch, name), measure in zip(self._keys, self._measures, strict=False):
            colours = QPalette(self.palette())
            colours.setColor(QPalette.ColorRole.Window, measure.colour(tokens(self.palette())))
            swatch.setPalette(colours)
            name.setText(measure.name())
        self._chart.setAccessibleName(self._title.text())
        self._read(self._at)

    def _read(self, place: int) -> None:
        """Show the values at a span; without one the colours' names stand there instead."""
        self._at = place
        reading = self._worded(self._spans[place]) if 0 <= place < len(self._spans) else ""
        self._reading.setText(reading)
        self._reading.setVisible(bool(reading))
        for swatch, name in self._keys:
            swatch.setVisible(not reading)
            name.setVisible(not reading)
        self._chart.setAccessibleDescription(reading)

    def _worded(self, span: Span) -> str:
        counts = [f"{measure.name()}: {format_number(measure.count(span))}" for measure in self._measures]
        return " · ".join([full_name(span, self._width), *counts])

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._say()
