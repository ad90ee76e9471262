"""The line in which a search is written, with what may come next."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from moderator_app.domain.message import Community
from moderator_app.language import _
from moderator_app.ui.search.vocabulary import Offer, offered

TYPING_PAUSE_MS = 350


class SearchField(QLineEdit):
    """`wished` carries what to search for: when the typing rests, or at once by Enter. `down`: on to the results."""

    wished = Signal(str)
    down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._communities: Sequence[Community] = ()
        self._offer = Offer(0)
        self._words = QStringListModel(self)
        self._list = QCompleter(self._words, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(self)
        self._list.activated[str].connect(self._take)  # type: ignore[index]
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._announce)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(lambda: self._pause.start())
        self.setClearButtonEnabled(True)
        self._retranslate()

    @property
    def offers(self) -> list[str]:
        """What may come next; empty where nothing is offered."""
        return self._words.stringList() if self._is_offering() else []

    def _is_offering(self) -> bool:
        popup = self._list.popup()
        return popup is not None and popup.isVisible()

    def _is_chosen(self) -> bool:
        """Whether the hand is on something that is offered."""
        popup = self._list.popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    def _hide(self) -> None:
        if (popup := self._list.popup()) is not None:
            popup.hide()

    def know(self, communities: Sequence[Community]) -> None:
        """Offer these behind the field for communities."""
        self._communities = tuple(communities)

    def write(self, text: str) -> None:
        """Search for this now."""
        self.setText(text)
        self._announce()

    def _announce(self) -> None:
        self._pause.stop()
        self.wished.emit(self.text())

    def _typed(self) -> None:
        self._offer = offered(self.text()[: self.cursorPosition()], self._communities)
        self._words.setStringList(list(self._offer.words))
        if self._offer.words:
            self._list.complete()
        else:
            self._hide()

    def _take(self, word: str) -> None:
        """Put what was chosen in the place of what was begun; behind a field its value is offered at once."""
        rest = self.text()[self.cursorPosition() :]
        begun = self.text()[: self._offer.start] + word + ("" if word.endswith(":") else " ")
        self.setText(begun + rest.lstrip())
        self.setCursorPosition(len(begun))
        if word.endswith(":"):
            # The list closes itself when it has told what was chosen.
            QTimer.singleShot(0, self, self._typed)

    def _retranslate(self) -> None:
        self.setPlaceholderText(_("Words in any form, @name, a link, or field:value"))
        self.setAccessibleName(_("Search everything"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._is_chosen():
                # The list takes it.
                event.ignore()
                return
            self._hide()
            self._announce()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
