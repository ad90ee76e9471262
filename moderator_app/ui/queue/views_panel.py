"""The saved views with what each of them shows now: chosen, renamed, put in order and deleted in place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from moderator_app.domain.traits import QueueCounts, View
from moderator_app.language import _, format_number
from moderator_app.ui.keys import VIEWS, with_legend
from moderator_app.ui.names import as_tip
from moderator_app.ui.queue.trait_words import view_name
from moderator_app.ui.theme import GRID, tabular, tokens
from moderator_app.ui.widgets.labels import label

# The row that shows all that waits; it is no view and stays.
ALL = 0
_VIEW, _NUMBER = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2
MOST_ROWS = 12

Index = QModelIndex | QPersistentModelIndex


class ViewsPanel(QWidget):
    """The signals carry a view's number; `ordered` the numbers of all in their new order."""

    chosen = Signal(int)
    renamed = Signal(int, str)
    replaced = Signal(int)
    removed = Signal(int)
    ordered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: Sequence[View] = ()
        self._head = label(heading=True)
        self.list = _ViewsList()
        self.list.itemClicked.connect(lambda row: self._choose(row))
        self.list.itemActivated.connect(lambda row: self._choose(row))
        self.list.itemChanged.connect(self._rename)
        self.list.move_wished.connect(self._move)
        self.list.remove_wished.connect(self._remove)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._head)
        column.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._retranslate()

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What is read: names and numbers."""
        rows = (self.list.item(line) for line in range(self.list.count()))
        return [(row.text(), str(row.data(_NUMBER) or "")) for row in rows]

    def nth(self, place: int) -> int | None:
        """The view at a place, counted from 0; None where there is none."""
        row = self.list.item(place)
        return None if row is None else int(row.data(_VIEW))

    def show_views(self, views: Sequence[View], counts: QueueCounts, current: int | None) -> None:
        """`current` is the one whose filter is in force, ALL without a filter, None where no view shows the same."""
        if self.list.is_editing:
            return
        self._views = tuple(views)
        with QSignalBlocker(self.list):
            while self.list.count() > len(views) + 1:
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(views) + 1:
                self.list.addItem(QListWidgetItem())
            self._describe(0, ALL, _("All"), counts.everything)
            for place, view in enumerate(views, start=1):
                self._describe(place, view.view, view_name(view), counts.views.get(view.view, 0))
            self.list.mark(self._place(current))
        self.list.fit()

    def edit(self, view: int) -> None:
        """Let a view be given another name."""
        row = self.list.item(self._place(view))
        if row is not None and view != ALL:
            self.list.setCurrentItem(row)
            self.list.setFocus()
            self.list.editItem(row)

    def _describe(self, place: int, view: int, name: str, count: int) -> None:
        row, number = self.list.item(place), format_number(count)
        row.setText(name)
        row.setData(_VIEW, view)
        row.setData(_NAME, name)
        row.setData(_NUMBER, number)
        row.setFlags(
            row.flags() | Qt.ItemFlag.ItemIsEditable if view != ALL else row.flags() & ~Qt.ItemFlag.ItemIsEditable
        )
        row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {number}")
        row.setToolTip(as_tip(with_legend(name, VIEWS[place]) if place < len(VIEWS) else name))

    def _place(self, view: int | None) -> int:
        listed = [ALL, *(each.view for each in self._views)]
        return listed.index(view) if view in listed else -1

    def _choose(self, row: QListWidgetItem) -> None:
        self.chosen.emit(int(row.data(_VIEW)))

    def _rename(self, row: QListWidgetItem) -> None:
        if row.text() != row.data(_NAME):
            self.renamed.emit(int(row.data(_VIEW)), row.text())

    def _move(self, row: QListWidgetItem, by: int) -> None:
        listed = [each.view for each in self._views]
        view = int(row.data(_VIEW))
        if view == ALL or not 0 <= (place := listed.index(view) + by) < len(listed):
            return
        listed.remove(view)
        listed.insert(place, view)
        self.ordered.emit(listed)
        self.list.setCurrentRow(place + 1)

    def _remove(self, row: QListWidgetItem) -> None:
        if (view := int(row.data(_VIEW))) != ALL:
            self.removed.emit(view)

    def _offer(self, where: QPoint) -> None:
        row = self.list.itemAt(where)
        if row is None or row.data(_VIEW) == ALL:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view = int(row.data(_VIEW))
        menu.addAction(_("Rename")).triggered.connect(lambda: self.edit(view))
        menu.addAction(_("Show here what is filtered now")).triggered.connect(lambda: self.replaced.emit(view))
        menu.addAction(_("Move up")).triggered.connect(lambda: self._move(row, -1))
        menu.addAction(_("Move down")).triggered.connect(lambda: self._move(row, 1))
        menu.addAction(_("Delete")).triggered.connect(lambda: self.removed.emit(view))
        menu.popup(self.list.mapToGlobal(where))

    def _retranslate(self) -> None:
        self._head.setText(_("Views"))
        self.list.setAccessibleName(_("Views of the queue"))
        self.list.setToolTip(_("A group counts once. F2 renames, Delete removes, Alt+Up and Alt+Down move a view."))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


class _ViewsList(QListWidget):
    move_wished = Signal(QListWidgetItem, int)
    remove_wished = Signal(QListWidgetItem)

    def __init__(self) -> None:
        super().__init__()
        self._marked = -1
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def is_editing(self) -> bool:
        return self.state() == QListWidget.State.EditingState

    @property
    def marked(self) -> int:
        """The row that is in force."""
        return self._marked

    def mark(self, row: int) -> None:
        self._marked = row
        self.viewport().update()

    def fit(self) -> None:
        """As high as its rows, up to a bound."""
        height = self.sizeHintForRow(0) if self.count() else 0
        self.setFixedHeight(min(self.count(), MOST_ROWS) * height + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentItem()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if row is not None and alt and event.key() in steps:
            self.move_wished.emit(row, steps[Qt.Key(event.key())])
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self.remove_wished.emit(row)
        else:
            super().keyPressEvent(event)


class _RowDelegate(QStyledItemDelegate):
    """A name, and its number at the right; a bar before the view that is in force."""

    def __init__(self, parent: _ViewsList) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = tokens(option.palette)
        painter.save()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(option.rect, colors.color("selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colors.color("hover"))
        marked = index.row() == self._list.marked
        if marked:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.color("accent")
            )
        place = option.rect.adjusted(GRID, 0, -GRID // 2, 0)
        number = str(index.data(_NUMBER) or "")
        painter.setFont(tabular(option.font))
        painter.setPen(colors.color("muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        room = place.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(number) - GRID, 0)
        font = option.font
        font.setBold(marked)
        painter.setFont(font)
        painter.setPen(colors.color("text"))
        name = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()
