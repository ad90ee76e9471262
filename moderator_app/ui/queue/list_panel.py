"""The list of what waits, or in its place why there is nothing to see."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from moderator_app.language import _
from moderator_app.ui.keys import takes_text
from moderator_app.ui.notices import explain
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.queue_view import QueueView
from moderator_app.ui.widgets.empty_panel import EmptyPanel


class ListPanel(QStackedWidget):
    """`again_wished`: read the queue once more. `import_wished`: bring in a chat. `all_wished`: without a filter.

    `tour_wished`: learn the keys first.
    """

    again_wished = Signal()
    import_wished = Signal()
    all_wished = Signal()
    tour_wished = Signal()

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._problem: Exception | None = None
        self._loaded = self._first = self._filtered = False
        self._words = EmptyPanel()
        self.view = QueueView(model)
        self.addWidget(self.view)
        self.addWidget(self._words)
        self._words.button.clicked.connect(self._pressed)
        self._words.other.clicked.connect(self.tour_wished)
        model.rowsInserted.connect(self._show)
        model.rowsRemoved.connect(self._show)
        self._show()

    def show_problem(self, problem: Exception) -> None:
        """The queue cannot be read."""
        self._problem = problem
        self._show()

    def show_loaded(self, *, filtered: bool = False) -> None:
        """The queue has been read, or what a filter lets through of it."""
        self._problem, self._loaded, self._filtered = None, True, filtered
        self._show()

    def welcome(self, first: bool) -> None:
        """Whether nothing has ever been brought in: then say how to begin."""
        self._first = first
        self._show()

    def _show(self) -> None:
        if not self._model.rowCount():
            self._say()
        self._turn_to(self.view if self._model.rowCount() else self._words)

    def _say(self) -> None:
        """Why there is no list, and what to do about it."""
        if self._problem is not None:
            self._words.say(_("The queue cannot be read"), explain(self._problem), _("Try again"))
        elif not self._loaded:
            self._words.say(_("Opening…"), "")
        elif self._filtered:
            self._words.say(
                _("Nothing here fits the filter"),
                _("Other messages may wait. The strip above says what is wanted and what is left out."),
                _("Show everything"),
            )
        elif self._first:
            self._words.say(
                _("Begin with a chat"),
                _(
                    "Drop a chat's export into this window: result.json of Telegram Desktop, or a file of JSON lines. "
                    "What breaks the rules then waits here, and one key decides. To look around first, start "
                    "moderator-app --demo: it opens sample chats and leaves your data alone."
                ),
                _("Import a chat…"),
                _("Learn the keys in three minutes"),
            )
        else:
            self._words.say(
                _("Nothing waits"),
                _("New messages that break the rules appear here by themselves. Drop a file here to review a chat."),
                _("Import a chat…"),
            )

    def _turn_to(self, shown: QWidget) -> None:
        """Show it and let it have the focus. Left alone, Qt would hand that to a button, which Space presses."""
        if self.currentWidget() is shown and self.focusProxy() is shown:
            return
        writing = takes_text(QApplication.focusWidget())
        self.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if self.isVisible() and not writing:
            shown.setFocus()

    def _pressed(self) -> None:
        if self._problem is not None:
            self.again_wished.emit()
        elif self._filtered:
            self.all_wished.emit()
        else:
            self.import_wished.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
