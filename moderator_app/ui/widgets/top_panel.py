"""The upper edge of the window: the pages, importing and the sheet of keys."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from moderator_app.language import N_, _
from moderator_app.ui.icons import SIZE, icon
from moderator_app.ui.keys import Command, with_legend
from moderator_app.ui.theme import GRID, tokens

PAGES: Mapping[Command, tuple[str, str]] = {
    Command.QUEUE: (N_("Queue"), "inbox-line"),
    Command.STATISTICS: (N_("Statistics"), "bar-chart-2-line"),
    Command.HISTORY: (N_("History"), "history-line"),
    Command.SETTINGS: (N_("Settings"), "settings-3-line"),
}
TOOLS: Mapping[Command, tuple[str, str]] = {
    Command.SEARCH: (N_("Search"), "search-line"),
    Command.IMPORT: (N_("Import…"), "file-upload-line"),
    Command.HELP: (N_("Keys"), "keyboard-line"),
}

AFTER_ICON = GRID // 2

_WORDED = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_BARE = Qt.ToolButtonStyle.ToolButtonIconOnly


class TopPanel(QWidget):
    """`wished` carries the command of the pressed button."""

    wished = Signal(Command)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = {command: QToolButton() for command in (*PAGES, *TOOLS)}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(0)
        for command, button in self._buttons.items():
            if command is next(iter(TOOLS)):
                row.addStretch(1)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIconSize(QSize(SIZE + AFTER_ICON, SIZE))
            button.clicked.connect(lambda _checked=False, wish=command: self.wished.emit(wish))
            if command in PAGES or command is Command.SEARCH:
                button.setCheckable(True)
                button.setProperty("page", True)
                self._group.addButton(button)
            row.addWidget(button)
        self.setProperty("panel", True)
        self.setProperty("rule", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._retranslate()
        self.draw_icons()

    def show_page(self, page: Command) -> None:
        self._buttons[page].setChecked(True)

    def draw_icons(self) -> None:
        color = tokens(self.palette()).muted
        for command, (_name, picture) in {**PAGES, **TOOLS}.items():
            self._buttons[command].setIcon(icon(picture, color, AFTER_ICON))

    def _fit(self) -> None:
        """Where there is no room for words, the tools' icons stand alone, then those of the pages too."""
        for worded in (self._buttons.keys(), PAGES.keys(), ()):
            for command, button in self._buttons.items():
                button.setToolButtonStyle(_WORDED if command in worded else _BARE)
            if sum(button.sizeHint().width() for button in self._buttons.values()) + 2 * GRID <= self.width():
                return

    def _retranslate(self) -> None:
        for command, (name, _picture) in {**PAGES, **TOOLS}.items():
            button, text = self._buttons[command], _(name)
            button.setText(text)
            button.setToolTip(with_legend(text, command))
            button.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self.draw_icons()
