"""Draws counts per span of days as bars whose values can be read by mouse and by arrow keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moderator_app.language import format_number
from moderator_app.ui.dashboard.span_names import short_name
from moderator_app.ui.dashboard.spans import Span, Width, without_gaps
from moderator_app.ui.dashboard.ticks import span_ticks, value_ticks
from moderator_app.ui.theme import Tokens, tokens

LABEL_WIDTH = 88
LEFT_AXIS_WIDTH = 48
BAR_SHARE = 0.72
HEADROOM = 1.04
FEWEST_BARS = 12
MARK_STRENGTH = 40

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Series:
    """One number per span, and the colour of its bars under a theme."""

    values: tuple[int, ...]
    colour: Callable[[Tokens], QColor]


class BarChart(QWidget):
    """`pointed` says which span the mouse or the keys are at, -1 for none."""

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[Span, ...] = ()
        self._series: tuple[Series, ...] = ()
        self._width = Width.DAY
        self._at = -1
        self._plot = _quiet_plot(self)
        self._mark = pyqtgraph.BarGraphItem(x=[], height=[], width=1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._plot)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        self._plot.scene().sigMouseMoved.connect(self._follow)

    def show_series(self, spans: Sequence[Span], width: Width, series: Sequence[Series]) -> None:
        """Draw the series over each other, the first at the back."""
        self._spans, self._width, self._series = tuple(spans), width, tuple(series)
        self._point(-1)
        self._draw()

    def background(self) -> QColor:
        colour: QColor = self._plot.backgroundBrush().color()
        return colour

    def redraw(self) -> None:
        """Colours or language changed."""
        self._draw()

    def _draw(self) -> None:
        plot, palette = self._plot.getPlotItem(), self.palette()
        self._plot.setBackground(palette.color(QPalette.ColorRole.Base))
        plot.clear()
        plot.addItem(self._mark, ignoreBounds=True)
        for series in self._series:
            plot.addItem(self._bars(series.values, series.colour(tokens(palette))))
        self._draw_axes()
        self._draw_mark()

    def _bars(self, values: Sequence[int], colour: QColor) -> object:
        width = BAR_SHARE * self._reach()
        return pyqtgraph.BarGraphItem(
            x=[self._middle(span) for span in self._spans], height=list(values), width=width, pen=None, brush=colour
        )

    def _draw_axes(self) -> None:
        plot, muted = self._plot.getPlotItem(), self.palette().color(QPalette.ColorRole.PlaceholderText)
        values = value_ticks(max((max(series.values, default=0) for series in self._series), default=0))
        most = max(2, (self.width() - LEFT_AXIS_WIDTH) // LABEL_WIDTH)
        # At equal distances, wherever something was counted.
        named = span_ticks(without_gaps(self._spans, self._width), most)
        days = [(self._middle(span), short_name(span.first, self._width)) for span in named]
        plot.getAxis("bottom").setTicks([days])
        plot.getAxis("left").setTicks([[(value, format_number(value)) for value in values]])
        for side in ("bottom", "left"):
            plot.getAxis(side).setTextPen(muted)
            plot.getAxis(side).setTickFont(self.font())
        plot.getAxis("bottom").setPen(self.palette().color(QPalette.ColorRole.Mid))
        plot.setYRange(0, values[-1] * HEADROOM, padding=0)
        if self._spans:
            first, last = self._middle(self._spans[0]), self._middle(self._spans[-1])
            # A single day is a bar among its like, not a wall.
            half = max(self._reach(), FEWEST_BARS * self._reach() - (last - first)) / 2
            plot.setXRange(first - half, last + half, padding=0.01)

    def _draw_mark(self) -> None:
        colour = QColor(self.palette().color(QPalette.ColorRole.Text))
        colour.setAlpha(MARK_STRENGTH)
        top = self._plot.getPlotItem().viewRange()[1][1]
        at = [self._middle(self._spans[self._at])] if self._at >= 0 else []
        self._mark.setOpts(x=at, height=[top for _ in at], width=self._reach(), pen=None, brush=colour)

    def _middle(self, span: Span) -> float:
        return (span.first.toordinal() + span.last.toordinal()) / 2

    def _reach(self) -> float:
        """Days from one bar to the next."""
        return {Width.DAY: 1.0, Width.WEEK: 7.0, Width.MONTH: 30.4}[self._width]

    def _follow(self, position: QPointF) -> None:
        box = self._plot.getPlotItem().getViewBox()
        if not box.sceneBoundingRect().contains(position):
            self._point(-1)
            return
        day = date.fromordinal(max(1, round(box.mapSceneToView(position).x())))
        self._point(next((place for place, span in enumerate(self._spans) if span.first <= day <= span.last), -1))

    def _point(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self._draw_mark()
            self.pointed.emit(place)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._spans:
            super().keyPressEvent(event)
            return
        last = len(self._spans) - 1
        self._point(min(last, max(0, self._at + step)) if self._at >= 0 else last)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._spans and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._point(len(self._spans) - 1)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(-1)
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_axes()
        self._draw_mark()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.redraw()


def _quiet_plot(parent: QWidget) -> pyqtgraph.PlotWidget:
    """A plot that neither zooms nor offers menus: it is read, not worked on."""
    plot = pyqtgraph.PlotWidget(parent)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setMouseEnabled(x=False, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    item = plot.getPlotItem()
    # Half a label of the last day stands to the right of its bar.
    item.layout.setContentsMargins(0, 0, LABEL_WIDTH // 3, 0)
    item.getAxis("bottom").setStyle(hideOverlappingLabels=LABEL_WIDTH // 2)
    item.getAxis("left").setPen(None)
    item.getAxis("left").setWidth(LEFT_AXIS_WIDTH)
    for side in ("left", "bottom"):
        item.getAxis(side).setStyle(tickLength=0, tickAlpha=0)
    return plot
