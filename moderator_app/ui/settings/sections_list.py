"""The list of sections, with a dot at those that hold something unsaved."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QStyleOptionViewItem, QWidget

from moderator_app.language import _
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.row_delegate import Index, RowDelegate


class SectionsList(QListWidget):
    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems([""] * count)
        self.setItemDelegate(_SectionDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def name(self, sections: Sequence[tuple[str, bool]]) -> None:
        """Names, and whether something in the section is unsaved."""
        for place, (name, unsaved) in enumerate(sections):
            item = self.item(place)
            item.setText(_("{section} •").format(section=name) if unsaved else name)
            item.setToolTip(_("Changes not saved yet") if unsaved else name)
        self.setAccessibleName(_("Sections of the settings"))
        # Wide enough for every name with its dot, so that nothing moves when one comes.
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(_("{section} •").format(section=name)) for name, _unsaved in sections)
        self.setFixedWidth(widest + 3 * GRID)


class _SectionDelegate(RowDelegate):
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        colors = tokens(option.widget.palette())
        option.palette.setColor(option.palette.ColorRole.Highlight, colors.color("selected"))
        option.palette.setColor(option.palette.ColorRole.HighlightedText, colors.color("text"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + 2 * GRID)
