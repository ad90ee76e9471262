"""The sheet that shows every key, made from the same table the keys are heard by."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.ui.keys import BINDINGS, DIGITS, VIEWS, Command, first_legend, in_force, legends
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class HelpDialog(QDialog):
    """`tour_wished`: somebody wants to be taken round; offered with `tour`."""

    tour_wished = Signal()

    def __init__(self, parent: QWidget, *, tour: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setContentsMargins(0, 0, 2 * GRID, 0)
        rest = {*VIEWS[1:], *DIGITS[1:]}
        commands = [each for each in dict.fromkeys(binding.command for binding in in_force()) if each not in rest]
        titles = {binding.command: binding.title for binding in BINDINGS}
        for line, command in enumerate(commands):
            grid.addWidget(label(_keys_of(command), title=True), line, 0)
            grid.addWidget(label(_(titles[command])), line, 1)
        note = label(_note(), tone="muted", wrap=True)
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closing.rejected.connect(self.reject)
        if tour:
            taking = closing.addButton(_("Tour…"), QDialogButtonBox.ButtonRole.ActionRole)
            taking.clicked.connect(self.reject)
            taking.clicked.connect(self.tour_wished)
        keys = QWidget()
        keys.setLayout(grid)
        area = QScrollArea()
        area.setWidget(keys)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(keys.sizeHint().width() + 2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(area, 1)
        column.addWidget(note)
        column.addWidget(closing)
        # Whole where there is room for it, scrolled where letters are large.
        around = 7 * GRID + note.sizeHint().height() + closing.sizeHint().height() + 2 * GRID
        self.resize(self.sizeHint().width(), min(keys.sizeHint().height() + around, parent.height()))


def _note() -> str:
    place = _("Keys count by their place on the keyboard, in every layout.")
    if len(in_force()) == len(BINDINGS):
        return place
    return " ".join((place, _("Single keys are switched off in the settings; the palette has every command.")))


def _keys_of(command: Command) -> str:
    for series in (VIEWS, DIGITS):
        if command is series[0]:
            return f"{first_legend(command)} … {first_legend(series[-1])}"
    return ",  ".join(legends(command))
