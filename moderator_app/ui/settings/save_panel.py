"""Saves or takes back what was edited, and says which of the two is due."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from moderator_app.language import _
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, set_tone


class SavePanel(QWidget):
    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._save, self._discard = QPushButton(), QPushButton()
        self._said = label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._save)
        row.addWidget(self._discard)
        row.addSpacing(GRID)
        row.addWidget(self._said, 1)
        self._save.clicked.connect(self.save_wanted)
        self._discard.clicked.connect(self.discard_wanted)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), parent)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._save.click)
        self._unsaved = False
        self._retranslate()
        self.rest()

    def reach_after(self, stop: QWidget) -> None:
        """Have the Tab key come here behind `stop`."""
        QWidget.setTabOrder(stop, self._save)
        QWidget.setTabOrder(self._save, self._discard)

    def rest(self) -> None:
        """Nothing is edited."""
        self._show(unsaved=False, text="", tone="")

    def show_unsaved(self) -> None:
        self._show(unsaved=True, text=_("Changes not saved yet"), tone="warning")

    def show_saving(self) -> None:
        self._show(unsaved=False, text=_("Saving…"), tone="muted")

    def show_saved(self) -> None:
        self._show(unsaved=False, text=_("Saved"), tone="good")

    def show_wrong(self, text: str) -> None:
        self._show(unsaved=True, text=text, tone="danger")

    def show_overtaken(self) -> None:
        text = _("The list was changed elsewhere meanwhile. Saving replaces it; Discard shows it.")
        self._show(unsaved=True, text=text, tone="warning")

    def _show(self, *, unsaved: bool, text: str, tone: str) -> None:
        self._unsaved = unsaved
        self._save.setEnabled(unsaved)
        self._save.setDefault(unsaved)
        self._discard.setEnabled(unsaved)
        self._said.setText(text)
        self._said.setAccessibleName(text)
        set_tone(self._said, tone)

    def _retranslate(self) -> None:
        self._save.setText(_("Save"))
        self._discard.setText(_("Discard"))
        self._discard.setAccessibleDescription(_("Shows what was saved last"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
