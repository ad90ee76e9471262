"""Paints cells of a table with their text where the header's text stands."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from moderator_app.ui.theme import GRID

Index = QModelIndex | QPersistentModelIndex

# Fusion keeps this much around an item's text; the header's padding of the theme is one grid step.
_OF_STYLE = 3


class RowDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        drawn.state &= ~QStyle.StateFlag.State_HasFocus
        style = QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, drawn, painter, drawn.widget)
        painter.save()
        # Marks piled up on letters would stand in the neighbouring rows.
        painter.setClipRect(option.rect)
        self.paint_content(painter, drawn, text_place(option.rect), index)
        painter.restore()

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        """Paint into `place`, over the row's background."""
        option.rect = place.adjusted(-_OF_STYLE, 0, _OF_STYLE, 0)
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)


def text_place(cell: QRect) -> QRect:
    return cell.adjusted(GRID, 0, -GRID, 0)
