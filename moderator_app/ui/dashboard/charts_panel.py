"""The charts of the statistics, or the same counts as a table."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from moderator_app.domain.statistics import DayCount
from moderator_app.language import _
from moderator_app.ui.dashboard.chart_panel import ChartPanel, Measure
from moderator_app.ui.dashboard.days_model import DaysModel
from moderator_app.ui.dashboard.spans import Width, spans_of, width_for
from moderator_app.ui.theme import GRID, Tokens, tabular
from moderator_app.ui.widgets.row_delegate import RowDelegate

QUIET = 0.55

MESSAGES = Measure(lambda: _("Messages"), lambda span: span.messages, lambda colors: quiet(colors))
FLAGGED = Measure(lambda: _("Flagged"), lambda span: span.flagged, lambda colors: colors.color("accent"))
PROFANITY = Measure(lambda: _("Obscene words"), lambda span: span.profanity, lambda colors: colors.color("accent"))


class ChartsPanel(QStackedWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity = ChartPanel(_activity_title, (MESSAGES, FLAGGED))
        self._profanity = ChartPanel(_profanity_title, (PROFANITY,))
        self._days = DaysModel(self)
        self._table = _days_table(self._days)
        charts = QWidget()
        box = QVBoxLayout(charts)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3 * GRID)
        box.addWidget(self._activity, 3)
        box.addWidget(self._profanity, 2)
        self.addWidget(charts)
        self.addWidget(self._table)
        self._table.setAccessibleName(_("Counts by day"))

    def show_days(self, days: Sequence[DayCount]) -> None:
        width = width_for(days)
        spans = spans_of(days, width)
        self._activity.show_spans(spans, width)
        self._profanity.show_spans(spans, width)
        self._days.show_spans(spans, width)

    def show_as_table(self, table: bool) -> None:
        self.setCurrentIndex(int(table))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._days.retranslate()
            self._table.setAccessibleName(_("Counts by day"))
        super().changeEvent(event)


def quiet(colors: Tokens) -> QColor:
    """A grey that stays behind the accent and is still seen."""
    front, back = colors.color("muted"), colors.color("panel")
    parts = (
        (front.red(), back.red()),
        (front.green(), back.green()),
        (front.blue(), back.blue()),
    )
    return QColor(*(round(QUIET * one + (1 - QUIET) * other) for one, other in parts))


def _activity_title(width: Width) -> str:
    match width:
        case Width.DAY:
            return _("Messages and flagged by day")
        case Width.WEEK:
            return _("Messages and flagged by week")
    return _("Messages and flagged by month")


def _profanity_title(width: Width) -> str:
    match width:
        case Width.DAY:
            return _("Obscene words by day")
        case Width.WEEK:
            return _("Obscene words by week")
    return _("Obscene words by month")


def _days_table(model: DaysModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(RowDelegate(table))
    table.setFont(tabular(table.font()))
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().setVisible(False)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    return table
