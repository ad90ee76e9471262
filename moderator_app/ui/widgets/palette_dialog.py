"""Finds a command by a few letters of its name, shows its keys and carries it out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from moderator_app.language import _
from moderator_app.ui.fuzzy import NO_FIT, fit
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import label
from moderator_app.ui.widgets.row_delegate import Index, RowDelegate

LETTERS, LINES = 72, 12
_ENTRY = Qt.ItemDataRole.UserRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Entry:
    """`names`: in the language in use, then in the others. `why_not`: why it cannot be done now, "" where it can."""

    names: tuple[str, ...]
    run: Callable[[], None]
    keys: str = ""
    why_not: str = ""


class PaletteDialog(QDialog):
    """`chosen` carries the entry to be carried out; the dialog has closed by then."""

    chosen = Signal(object)

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Commands"))
        self._field, self._list, self._told = QLineEdit(), QListWidget(), label(tone="muted", wrap=True)
        self._field.setPlaceholderText(_("What to do: a few letters of it, in English or in Russian"))
        self._field.setAccessibleName(_("Command to look for"))
        self._list.setAccessibleName(_("Commands"))
        self._list.setItemDelegate(_EntryDelegate(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        box.setSpacing(GRID)
        box.addWidget(self._field)
        box.addWidget(self._list, 1)
        box.addWidget(self._told)
        self._field.textChanged.connect(self._search)
        self._list.itemClicked.connect(lambda _item: self._choose())
        self._list.currentRowChanged.connect(lambda _row: self._tell())
        self._field.installEventFilter(self)
        self._search("")
        self._fit(parent)

    def shown(self) -> list[Entry]:
        return [self._list.item(row).data(_ENTRY) for row in range(self._list.count())]

    def _fit(self, parent: QWidget) -> None:
        line = self._list.sizeHintForRow(0)
        width = LETTERS * self.fontMetrics().averageCharWidth()
        height = LINES * line + self._field.sizeHint().height() + 2 * self.fontMetrics().height() + 7 * GRID
        self.resize(min(width, parent.width() - 4 * GRID), min(height, parent.height() - 4 * GRID))

    def _search(self, typed: str) -> None:
        """Those that fit best stand first; in each rank what can be done stands before what cannot."""
        fits = [(fit(typed, *entry.names) if typed.strip() else 1.0, entry) for entry in self._entries]
        found = sorted((one for one in fits if one[0] > NO_FIT), key=lambda one: (-one[0], bool(one[1].why_not)))
        self._list.clear()
        for _fit, entry in found:
            item = QListWidgetItem(entry.names[0])
            item.setData(_ENTRY, entry)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (entry.names[0], entry.keys, entry.why_not)))
            )
            self._list.addItem(item)
        self._list.setCurrentRow(0 if found else -1)
        self._tell()

    def _tell(self) -> None:
        entry = self._current()
        if entry is None:
            self._told.setText(_("Nothing is called so."))
        else:
            self._told.setText(entry.why_not or _("Enter does it. ↑ ↓ choose, Esc closes."))
        self._field.setAccessibleDescription("" if entry is None else f"{entry.names[0]}. {self._told.text()}")

    def _current(self) -> Entry | None:
        item = self._list.currentItem()
        entry: Entry | None = None if item is None else item.data(_ENTRY)
        return entry

    def _choose(self) -> None:
        entry = self._current()
        if entry is not None and not entry.why_not:
            self.accept()
            self.chosen.emit(entry)

    def _move(self, by: int) -> None:
        count = self._list.count()
        if count:
            self._list.setCurrentRow((self._list.currentRow() + by) % count)

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        page = max(1, self._list.height() // max(1, self._list.sizeHintForRow(0)))
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        if event.key() in steps:
            self._move(steps[Qt.Key(event.key())])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._choose()
            return True
        return False


class _EntryDelegate(RowDelegate):
    """The name, why it cannot be done now, and at the right the keys."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colors = tokens(option.widget.palette())
        option.palette.setColor(option.palette.ColorRole.Highlight, colors.color("selected"))

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, index: Index) -> None:
        entry, colors = index.data(_ENTRY), tokens(option.widget.palette())
        metrics = option.fontMetrics
        if option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(bar, colors.color("accent"))
        painter.setFont(option.font)
        painter.setPen(colors.color("muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | _MIDDLE, entry.keys)
        room = place.adjusted(0, 0, -metrics.horizontalAdvance(entry.keys) - 2 * GRID, 0)
        painter.setPen(colors.color("muted" if entry.why_not else "text"))
        said = f"{entry.names[0]} — {entry.why_not}" if entry.why_not else entry.names[0]
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignLeft | _MIDDLE,
            metrics.elidedText(said, Qt.TextElideMode.ElideRight, room.width()),
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + GRID)
