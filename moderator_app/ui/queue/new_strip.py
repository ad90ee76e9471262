"""The strip above the list behind which newer messages wait until they are called."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from moderator_app.language import _, format_number, ngettext
from moderator_app.ui.keys import Command, with_legend


class NewStrip(QPushButton):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setProperty("strip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        text = ngettext("{count} new message", "{count} new messages", count).format(count=format_number(count))
        self.setText(with_legend(text, Command.SHOW_NEW))
        self.setAccessibleName(_("Show {text}").format(text=text))
        self.setVisible(count > 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_count(self._count)
