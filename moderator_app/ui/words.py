"""Speaks the chosen language in the whole window at once, Qt's own dialogs included."""

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from moderator_app import language


class Words:
    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translator = QTranslator(application)
        self._installed = False

    def use(self, code: str) -> None:
        """Speak `code` ("ru", "en", "" for the machine's); every widget hears LanguageChange."""
        language.use(code)
        if self._installed:
            self._application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        name = f"qtbase_{language.current()}"
        self._installed = self._translator.load(name, folder) and self._application.installTranslator(self._translator)
        if not self._installed:
            QCoreApplication.sendEvent(self._application, QEvent(QEvent.Type.LanguageChange))
