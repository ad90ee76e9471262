"""Edits the cells of a stop word, and marks one that was refused."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QRect, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QStyleOptionViewItem, QWidget

from moderator_app.domain.message import CommunityKey
from moderator_app.ui import icons
from moderator_app.ui.settings.stop_words_model import WRONG_ROLE, Column
from moderator_app.ui.settings.word_choices import fill_kinds, fill_labels, fill_places
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.row_delegate import Index, RowDelegate


class StopWordsDelegate(RowDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._places: dict[CommunityKey, str] = {}

    def show_communities(self, names: dict[CommunityKey, str]) -> None:
        self._places = names

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        wrong = index.column() == Column.TEXT and index.data(WRONG_ROLE)
        if not wrong:
            super().paint_content(painter, option, place, index)
            return
        danger = tokens(option.widget.palette()).color("danger")
        top = place.center().y() - icons.SIZE // 2 + 1
        icons.icon("error-warning-line", danger.name()).paint(painter, place.x(), top, icons.SIZE, icons.SIZE)
        for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
            option.palette.setColor(role, danger)
        super().paint_content(painter, option, place.adjusted(icons.SIZE + GRID // 2, 0, 0, 0), index)

    # Qt

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == Column.TEXT:
            return super().createEditor(parent, option, index)
        combo = QComboBox(parent)
        match index.column():
            case Column.KIND:
                fill_kinds(combo)
            case Column.LABEL:
                fill_labels(combo)
            case _:
                fill_places(combo, self._places)
        combo.activated.connect(lambda: self._take(combo))
        QTimer.singleShot(0, combo, combo.showPopup)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            value: Any = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(next((n for n in range(editor.count()) if editor.itemData(n) == value), 0))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)

    def _take(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)
