"""The list of the queue: one line per item, moved through by keys, never sorted under the hand."""

from collections.abc import Collection
from itertools import chain

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from moderator_app.language import _
from moderator_app.settings import Density
from moderator_app.ui.queue.queue_delegate import QueueDelegate, row_height
from moderator_app.ui.queue.queue_model import QueueModel

NOTHING = -1
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class QueueView(QTableView):
    """`current_item` carries the item under the hand, NOTHING where there is none.

    A table with rows of one height: Qt's list and tree views ask every row for its size (100 times slower).
    """

    current_item = Signal(int)

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._item = NOTHING
        self.setModel(model)
        self._density = Density.NORMAL
        self._painting = QueueDelegate(self)
        self.setItemDelegate(self._painting)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        self._retranslate()
        # After the table's own slots, which it connected with the model.
        model.rowsRemoved.connect(lambda _parent, first, last: self._hold_still(first, first - last - 1))
        model.rowsInserted.connect(lambda _parent, first, last: self._hold_still(first, last - first + 1))

    @property
    def item(self) -> int:
        return self._item

    def use_look(self, density: Density, *, masks: bool) -> None:
        """How high the rows are, and whether profanity is covered in those that the hand is not on."""
        self._painting.masks = masks
        if density is not self._density:
            self._density = density
            self._fit_rows()
        self.viewport().update()

    def select(self, item: int) -> bool:
        """Put the hand on `item`. False where it is not loaded."""
        line = self._model.row_of(item)
        if line >= 0:
            self._go(line)
        return line >= 0

    def step(self, down: bool) -> bool:
        """To the neighbouring row; False at the end of what is loaded."""
        line = self._line + (1 if down else -1)
        if not 0 <= line < self._model.rowCount():
            return False
        self._go(line)
        return True

    def to_undecided(self) -> bool:
        """On to the next undecided row below, else to the nearest above; False when none is left."""
        return self.to_undecided_besides(())

    def to_undecided_besides(self, items: Collection[int]) -> bool:
        """The same, passing over `items`."""
        line = self._line
        below = range(line + 1, self._model.rowCount())
        above = range(min(line, self._model.rowCount()) - 1, -1, -1)
        for candidate in chain(below, above):
            entry = self._model.entry_at(candidate)
            if entry is not None and entry.is_open and entry.row.item not in items:
                self._go(candidate)
                return True
        return False

    def nothing(self) -> None:
        """Take the hand off."""
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        self._take(NOTHING)

    @property
    def _line(self) -> int:
        return self.currentIndex().row()

    def _go(self, line: int) -> None:
        index = self._model.index(line, 0)
        self.selectionModel().setCurrentIndex(index, _SELECT)
        self.scrollTo(index)

    def _take(self, item: int) -> None:
        if item != self._item:
            self._item = item
            self.current_item.emit(item)

    def _hold_still(self, first: int, more: int) -> None:
        """Scroll by as many rows as came above the hand, or left there: what is under it stays where it is."""
        if self._line >= first and self.verticalScrollBar().value() > 0:
            self.updateGeometries()
            height = self.verticalHeader().defaultSectionSize()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + more * height)

    def _fit_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(row_height(self.font(), self._density))

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Messages waiting for a decision"))
        self.viewport().update()

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        entry = self._model.entry_at(current.row()) if current.isValid() else None
        self._take(entry.row.item if entry else NOTHING)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        last = self._model.rowCount() - 1
        if action is QAbstractItemView.CursorAction.MoveHome:
            return self._model.index(min(0, last), 0)
        if action is QAbstractItemView.CursorAction.MoveEnd:
            return self._model.index(last, 0)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:
        """Letters decide here; they do not search."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit_rows()
