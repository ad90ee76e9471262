"""All attributes that the queue can be filtered by, with their counts, in a list that keys go through."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from moderator_app.domain.traits import EVERYTHING, Group, QueueFilter, Wish, group_of
from moderator_app.language import _, format_number
from moderator_app.ui.names import as_tip, named
from moderator_app.ui.queue.trait_words import MARKS, group_name, trait_name, wish_name
from moderator_app.ui.theme import GRID, tabular, tokens
from moderator_app.ui.widgets.labels import label

_TRAIT = Qt.ItemDataRole.UserRole
_MARK, _NAME, _COUNT = 0, 1, 2
LETTERS, HEIGHT = 48, 60 * GRID
# Of communities and rules the fullest; what is asked for is always there.
MOST_OF_GROUP = 60


class FiltersPopup(QFrame):
    """`wished` carries a trait and what is wanted of it; `cleared`: nothing is asked for any more."""

    wished = Signal(str, Wish)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._wanted = EVERYTHING
        self._rows: dict[str, QTreeWidgetItem] = {}
        self.list = _List()
        self.list.wished.connect(self._wish)
        self._clear = QPushButton()
        self._clear.clicked.connect(self.cleared)
        self._hint = label(tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for part in (self.list, self._hint, self._clear):
            column.addWidget(part)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("panel", True)

    def open_below(self, anchor: QWidget) -> None:
        """Show it, its right edge below that of `anchor`, within the window."""
        self._hint.setText(_("Space or Enter goes on: wanted ✓, left out ×, all the same –. Esc closes."))
        self._clear.setText(_("Show everything"))
        self.list.setAccessibleName(_("Attributes to filter by"))
        window = anchor.window()
        width = min(window.width(), LETTERS * self.fontMetrics().averageCharWidth())
        corner = anchor.mapToGlobal(QPoint(anchor.width() - width, anchor.height()))
        bottom = window.mapToGlobal(QPoint(0, window.height())).y()
        left = max(corner.x(), window.mapToGlobal(QPoint(0, 0)).x())
        self.resize(width, max(20 * GRID, min(HEIGHT, bottom - corner.y() - GRID)))
        self.move(left, corner.y())
        self.show()
        self.list.setFocus()
        if self.list.currentItem() is None:
            self.list.to_first()

    def show_filter(self, wanted: QueueFilter, counts: Mapping[str, int], communities: Mapping[str, str]) -> None:
        """The rows stay where they are while it is open: only marks and numbers change."""
        self._wanted = wanted
        self._clear.setEnabled(bool(wanted))
        listed = self._listed(counts)
        missing = any(trait not in self._rows for traits in listed.values() for trait in traits)
        if missing or not self.isVisible():
            self._build(listed, communities)
        muted, text = (QBrush(tokens(self.palette()).color(name)) for name in ("muted", "text"))
        for trait, row in self._rows.items():
            wish = wanted.wish(trait)
            name, count = trait_name(trait, communities), format_number(counts.get(trait, 0))
            row.setText(_MARK, MARKS[wish])
            row.setText(_COUNT, count)
            row.setForeground(_MARK, muted if wish is Wish.IGNORE else text)
            row.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {wish_name(wish)}, {count}")

    def _listed(self, counts: Mapping[str, int]) -> dict[Group, list[str]]:
        used = self._wanted.require | self._wanted.exclude
        listed: dict[Group, list[str]] = {}
        for group in Group:
            found = [trait for trait in counts if group_of(trait) is group and trait not in used]
            fullest = sorted(found, key=lambda trait: (-counts[trait], trait))[:MOST_OF_GROUP]
            asked = sorted(trait for trait in used if group_of(trait) is group)
            if asked or fullest:
                listed[group] = sorted([*asked, *fullest], key=lambda trait: (-counts.get(trait, 0), trait))
        return listed

    def _build(self, listed: Mapping[Group, list[str]], communities: Mapping[str, str]) -> None:
        current = self.list.trait
        self.list.clear()
        self._rows.clear()
        for group, traits in listed.items():
            self.list.add_heading(group_name(group))
            for trait in traits:
                self._rows[trait] = self.list.add(trait, named(trait_name(trait, communities)))
        if current in self._rows:
            self.list.setCurrentItem(self._rows[current])

    def _wish(self, trait: str, wish: Wish | None) -> None:
        self.wished.emit(trait, wish or self._wanted.wish(trait).following)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class _List(QTreeWidget):
    """`wished` carries a trait and the wish that a key names, None for the next one."""

    wished = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(_MARK, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(lambda row, _column: self._wish(row))

    @property
    def trait(self) -> str:
        row = self.currentItem()
        return "" if row is None else str(row.data(_NAME, _TRAIT) or "")

    def add_heading(self, name: str) -> None:
        row = QTreeWidgetItem(self, ["", name, ""])
        row.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = row.font(_NAME)
        font.setBold(True)
        row.setFont(_NAME, font)
        row.setForeground(_NAME, QBrush(tokens(self.palette()).color("muted")))

    def add(self, trait: str, name: str) -> QTreeWidgetItem:
        row = QTreeWidgetItem(self, ["", name, ""])
        row.setData(_NAME, _TRAIT, trait)
        row.setToolTip(_NAME, as_tip(name))
        row.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.setFont(_COUNT, tabular(self.font()))
        return row

    def to_first(self) -> None:
        """Put the hand on the first attribute; the first row is a heading."""
        if (first := self.topLevelItem(1)) is not None:
            self.setCurrentItem(first)

    def _wish(self, row: QTreeWidgetItem | None, wish: Wish | None = None) -> None:
        trait = row.data(_NAME, _TRAIT) if row is not None else None
        if trait:
            self.wished.emit(trait, wish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._wish(self.currentItem())
            case Qt.Key.Key_Plus:
                self._wish(self.currentItem(), Wish.REQUIRE)
            case Qt.Key.Key_Minus:
                self._wish(self.currentItem(), Wish.EXCLUDE)
            case Qt.Key.Key_Escape:
                self.window().close()
            case _:
                super().keyPressEvent(event)
