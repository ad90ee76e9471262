"""Has the window hear and name the keys that the settings choose."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from moderator_app import settings
from moderator_app.language import _
from moderator_app.ui import keymap, keys
from moderator_app.ui.notices import Notices, Tone


class KeyChoice(QObject):
    def __init__(self, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices
        self._worn: settings.Keys | None = None
        self._told = ""

    def use(self, chosen: settings.Keys) -> None:
        """Entries that cannot be followed are told once; their keys stay where they are."""
        if chosen == self._worn:
            return
        self._worn = chosen
        read = keymap.read(chosen.own)
        keys.use(read.bindings if chosen.single else keymap.without_letters(read.bindings))
        # Whoever shows a legend words it anew, as after a change of the language.
        if (application := QApplication.instance()) is not None:
            QCoreApplication.sendEvent(application, QEvent(QEvent.Type.LanguageChange))
        wrong = ", ".join(read.faults)
        if wrong and wrong != self._told:
            text = _("These keys of the settings cannot be followed and lie where they usually do: {entries}.")
            self._notices.tell(text.format(entries=wrong[:200]), Tone.WARNING)
        self._told = wrong
