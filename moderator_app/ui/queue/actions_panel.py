"""The actions below the card, always at the same place, their keys printed on them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.rights import Obstacles, obstacle_to
from moderator_app.language import N_, _, explain_note
from moderator_app.ui.keys import BINDINGS, Command, legends
from moderator_app.ui.theme import GRID, tokens

FLASH_MS = 220
# Two lines of three; fewer in a line where the letters are large or the pane is narrow.
COLUMNS = (3, 2, 1)

CHOICES: Mapping[Command, Choice] = {
    Command.DISMISS: Choice.DISMISS,
    Command.WARN: Choice.WARN,
    Command.MUTE: Choice.MUTE,
    Command.DELETE: Choice.DELETE,
    Command.DELETE_BAN: Choice.DELETE_BAN,
}

# What is pressed most stands first.
_NAMES: Mapping[Command, str] = {
    Command.DISMISS: N_("Dismiss"),
    Command.DELETE: N_("Delete"),
    Command.DELETE_BAN: N_("Delete + ban"),
    Command.WARN: N_("Warn"),
    Command.MUTE: N_("Mute"),
    Command.UNDO: N_("Undo"),
}


_TITLES = {binding.command: binding.title for binding in BINDINGS}


class ActionsPanel(QWidget):
    """`wished` carries the command of the pressed button."""

    wished = Signal(Command)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {command: _ActionButton() for command in _NAMES}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._grid.setSpacing(GRID)
        self._columns = 0
        self._possible = True
        self._obstacles: Obstacles = ()
        for command, button in self._buttons.items():
            # A click must not take the keys away from the list: Space would press the button again.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("action", command.value)
            button.clicked.connect(lambda _checked=False, wish=command: self.wished.emit(wish))
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._retranslate()
        self._arrange(COLUMNS[0])

    def allow(self, possible: bool, obstacles: Obstacles = ()) -> None:
        """Grey the decisions out while there is no item, and those that cannot be carried out; undo stays."""
        self._possible, self._obstacles = possible, obstacles
        for command, button in self._buttons.items():
            why = self.obstacle(command)
            button.setEnabled(command is Command.UNDO or (possible and why is None))
            told = explain_note(why) if why is not None else _(_TITLES[command])
            button.setToolTip(told)
            button.setAccessibleDescription(told if why is not None else "")

    def obstacle(self, command: Command) -> Note | None:
        """Why a decision cannot be carried out for the item."""
        return self.obstacle_to(CHOICES[command]) if command in CHOICES else None

    def obstacle_to(self, choice: Choice) -> Note | None:
        return obstacle_to(choice, self._obstacles)

    def flash(self, command: Command) -> None:
        """Show that a press was heard and refused."""
        button = self._buttons.get(command)
        if button is not None:
            self._light(button, True)
            QTimer.singleShot(FLASH_MS, button, lambda: self._light(button, False))

    def is_flashing(self, command: Command) -> bool:
        return bool(self._buttons[command].property("flash"))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(COLUMNS[0]):
            self._grid.setColumnStretch(column, int(column < columns))

    def _width_of(self, columns: int) -> int:
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        return columns * widest + (columns - 1) * GRID + 4 * GRID

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(COLUMNS[-1]), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (columns for columns in COLUMNS if self._width_of(columns) <= event.size().width())
        self._arrange(next(fitting, COLUMNS[-1]))

    def _light(self, button: QPushButton, on: bool) -> None:
        button.setProperty("flash", on)
        button.style().unpolish(button)
        button.style().polish(button)

    def _retranslate(self) -> None:
        for command, button in self._buttons.items():
            name, keys = _(_NAMES[command]), legends(command)
            button.setText(name)
            button.show_key(keys[0] if keys else "")
            button.setAccessibleName(", ".join((name, *keys)))
        self.allow(self._possible, self._obstacles)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


class _ActionButton(QPushButton):
    """A button with its key at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._key = ""

    def show_key(self, key: str) -> None:
        self._key = key
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self.fontMetrics().horizontalAdvance(self._key) + GRID, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(tokens(self.palette()).color("text" if self.property("flash") else "muted"))
        edge = self.rect().adjusted(0, 0, -GRID - 2, 0)
        painter.drawText(edge, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key)
        painter.end()
