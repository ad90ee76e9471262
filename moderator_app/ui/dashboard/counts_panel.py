"""A titled list of names with their counts, each underlaid by a bar as long as its share."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from moderator_app.ui.dashboard.counts_model import SHARE_ROLE, Column, CountsModel
from moderator_app.ui.theme import GRID, tabular, tokens
from moderator_app.ui.widgets.row_delegate import Index, RowDelegate

ROW_PADDING = 5
BAR_HEIGHT = 2
WIDEST = "9 999 999"


class CountsPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._nothing = QLabel(), QLabel()
        self._title.setProperty("heading", True)
        self._nothing.setProperty("tone", "muted")
        self._nothing.setWordWrap(True)
        for label in (self._title, self._nothing):
            label.setContentsMargins(GRID, 0, 0, 0)
        self._model = CountsModel(self)
        self._table = _quiet_table(self._model)
        self._beside = QHBoxLayout()
        self._beside.addWidget(self._table)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addWidget(self._nothing)
        box.addLayout(self._beside, 1)
        self._table.verticalScrollBar().rangeChanged.connect(self._hold_place)
        self._hold_place(0, self._table.verticalScrollBar().maximum())

    def say(self, title: str, nothing: str, columns: tuple[str, str]) -> None:
        """`nothing` is shown where there is nothing to count."""
        self._title.setText(title)
        self._nothing.setText(nothing)
        self._table.setAccessibleName(title)
        self._model.name_columns(*columns)

    def show_counts(self, rows: tuple[tuple[str, int], ...]) -> None:
        self._model.show_counts(rows)
        self._nothing.setVisible(not rows)
        self._table.setVisible(bool(rows))

    def _hold_place(self, _least: int, most: int) -> None:
        """Figures and bars end at one line, whether there is a scroll bar beside them or not."""
        bar = self._table.verticalScrollBar()
        self._beside.setContentsMargins(0, 0, 0 if most else bar.sizeHint().width(), 0)


class ShareDelegate(RowDelegate):
    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        super().paint_content(painter, option, place, index)
        if index.column() == Column.NAME:
            bar = QRect(place.left(), place.bottom() - BAR_HEIGHT + 1, place.width(), BAR_HEIGHT)
            bar.setWidth(max(BAR_HEIGHT, round(place.width() * index.data(SHARE_ROLE))))
            painter.fillRect(bar, tokens(option.widget.palette()).color("accent"))


def _quiet_table(model: CountsModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(ShareDelegate(table))
    table.setFont(tabular(table.font()))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 2 * ROW_PADDING)
    table.horizontalHeader().setVisible(False)
    table.horizontalHeader().setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
    # Not by its contents: the hidden header's words count among them.
    table.horizontalHeader().setSectionResizeMode(Column.COUNT, QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().resizeSection(Column.COUNT, table.fontMetrics().horizontalAdvance(WIDEST) + 2 * GRID)
    return table
