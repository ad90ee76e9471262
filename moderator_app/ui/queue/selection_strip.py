"""The strip above the list that says how many a decision on the selection will hit."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from moderator_app.domain.reach import Reach
from moderator_app.language import _, format_number, ngettext
from moderator_app.ui.queue.reach_words import numbers


class SelectionStrip(QPushButton):
    """A click lifts the selection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = 0
        self._reach: Reach | None = None
        self.setProperty("strip", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_selection(self, rows: int, reach: Reach | None) -> None:
        self._rows, self._reach = rows, reach
        chosen = ngettext("{n} selected", "{n} selected", rows).format(n=format_number(rows))
        hits = f"{chosen}: {numbers(reach)}" if reach is not None else chosen
        self.setText(_("{selection} · a decision is for all of them · Esc").format(selection=hits))
        self.setToolTip(_("Lift the selection"))
        self.setAccessibleName(hits)
        self.setVisible(rows > 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_selection(self._rows, self._reach)
