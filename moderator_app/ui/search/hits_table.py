"""The table of what was found, with the words that were looked for marked."""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from moderator_app.domain.search import Hit
from moderator_app.language import _
from moderator_app.ui.history.wording import short_time
from moderator_app.ui.search.hits_model import HIT, Column, HitsModel
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.row_delegate import Index, RowDelegate
from moderator_app.ui.widgets.row_table import RowTable

# A moment as wide as any, seen from another day of its year.
_WIDE = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
_THAT_YEAR = datetime(2026, 3, 1, tzinfo=UTC)
# In widths of an average letter.
_LETTERS = {Column.AUTHOR: 18, Column.COMMUNITY: 18, Column.STATE: 28}
_MOST_OF_WIDTH = 0.14


class HitsTable(RowTable):
    """`opened`: somebody wants to go where the current message is. `up`: back to the field above."""

    opened = Signal()
    up = Signal()

    def __init__(self, model: HitsModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setItemDelegate(RowDelegate(self))
        self._marking = _MarkingDelegate(self)
        self.setItemDelegateForColumn(Column.MESSAGE, self._marking)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._set_sizes()
        self.setAccessibleName(_("Messages found, newest first"))

    @property
    def hit(self) -> Hit | None:
        index = self.currentIndex()
        found: Hit | None = index.data(HIT) if index.isValid() else None
        return found

    def _set_sizes(self) -> None:
        self.set_row_height(2 * GRID)
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        for column, letters in _LETTERS.items():
            wished = letters * metrics.averageCharWidth() + 2 * GRID
            # Where letters are large, the message keeps its room.
            header.resizeSection(column, min(wished, max(6 * GRID, int(_MOST_OF_WIDTH * self.width()))))
        header.resizeSection(Column.TIME, metrics.horizontalAdvance(short_time(_WIDE, _THAT_YEAR)) + 3 * GRID)
        header.setSectionResizeMode(Column.MESSAGE, QHeaderView.ResizeMode.Stretch)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.up.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._set_sizes()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Messages found, newest first"))
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._set_sizes()
        super().changeEvent(event)


class _MarkingDelegate(RowDelegate):
    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        hit: Hit | None = index.data(HIT)
        if hit is None:
            return
        colors = tokens(option.palette)
        shown = option.fontMetrics.elidedText(hit.excerpt, Qt.TextElideMode.ElideRight, place.width())
        layout = QTextLayout(shown, option.font)
        plain = QTextOption()
        plain.setWrapMode(QTextOption.WrapMode.NoWrap)
        # Whatever the text begins with, the column begins at its left.
        plain.setTextDirection(Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(plain)
        layout.setFormats(_formats(hit, shown, colors.color("mark")))
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        painter.setPen(colors.color("muted" if hit.deleted else "text"))
        layout.draw(painter, QPointF(place.left(), place.top() + (place.height() - line.height()) / 2))


def _formats(hit: Hit, shown: str, mark: object) -> list[QTextLayout.FormatRange]:
    """Qt counts in UTF-16."""
    made = []
    for start, end in hit.spans:
        if end > len(shown):
            break
        one = QTextLayout.FormatRange()
        one.start = _units(shown[:start])
        one.length = _units(shown[start:end])
        marked = QTextCharFormat()
        marked.setBackground(mark)  # type: ignore[arg-type]
        one.format = marked
        made.append(one)
    return made


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
