"""Edits the stop words: search, add one or many, change and remove them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.lists import ListKind, StopWord
from moderator_app.domain.message import CommunityKey
from moderator_app.language import _, explain_error, format_number, list_name, ngettext
from moderator_app.ui.settings.new_words_panel import NewWordsPanel
from moderator_app.ui.settings.save_panel import SavePanel
from moderator_app.ui.settings.stop_words_model import StopWordsModel
from moderator_app.ui.settings.stop_words_table import StopWordsTable
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

TYPING_PAUSE_MS = 200


class StopWordsPanel(QWidget):
    """`save_wanted` carries the words; `unsaved_changed` says whether something is unsaved."""

    save_wanted = Signal(tuple)
    unsaved_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored: tuple[StopWord, ...] = ()
        self._unsaved = False
        self._model = StopWordsModel(self)
        self._title, self._purpose = label(title=True), label(tone="muted", wrap=True)
        self._search, self._count = QLineEdit(), label(tone="muted")
        self._remove = QPushButton()
        self._new = NewWordsPanel()
        self._table = StopWordsTable(self._model)
        self._bar = SavePanel(self)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._retranslate()

    @property
    def unsaved(self) -> bool:
        return self._unsaved

    def show_communities(self, names: dict[CommunityKey, str]) -> None:
        self._new.show_communities(names)
        self._table.show_communities(names)

    def add(self, words: Sequence[StopWord]) -> None:
        added = self._model.add(words)
        self._search.clear()
        self._new.say_added(added, len(words))
        if added:
            self._table.scrollToBottom()

    def show_stored(self, words: Sequence[StopWord]) -> None:
        """The list as it is stored; what is being edited is not touched."""
        if tuple(words) == self._stored:
            return
        self._stored = tuple(words)
        if self.unsaved:
            self._bar.show_overtaken()
        elif self._model.words != self._stored:
            self._discard()

    def show_saved(self, words: Sequence[StopWord]) -> None:
        self._stored = tuple(words)
        self._model.clear_wrong()
        if self._model.words == self._stored:
            self._set_unsaved(False)
            self._bar.show_saved()
        else:
            self._bar.show_unsaved()

    def show_refused(self, error: ModeratorError) -> None:
        """Nothing was saved; where the error names an entry, it is marked and shown."""
        why, number = explain_error(error), error.parameters.get("number")
        entry = self._model.words[number - 1].text if isinstance(number, int) else error.parameters.get("pattern", "")
        row = self._model.mark_wrong(str(entry), why)
        self._search.clear()
        if row is not None:
            self._table.show_row(row)
        self._bar.show_wrong(_("{why} Nothing is saved until then.").format(why=why))

    def show_failed(self) -> None:
        """Saving failed; the reason stands in the notice bar."""
        self._bar.show_unsaved()

    def save(self) -> None:
        """Ask for saving."""
        self._bar.show_saving()
        self.save_wanted.emit(self._model.words)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(GRID)
        above.addWidget(self._search, 1)
        above.addWidget(self._count)
        above.addWidget(self._remove)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        box.addWidget(self._title)
        box.addWidget(self._purpose)
        box.addWidget(self._new)
        box.addLayout(above)
        box.addWidget(self._table, 1)
        box.addWidget(self._bar)

    def _connect(self) -> None:
        self._new.words_given.connect(self.add)
        self._search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._find)
        self._remove.clicked.connect(self._remove_chosen)
        self._table.remove_wanted.connect(self._remove_chosen)
        self._table.selectionModel().selectionChanged.connect(self._allow_remove)
        self._model.modelReset.connect(self._allow_remove)
        self._model.modelReset.connect(self._say_count)
        self._model.rowsInserted.connect(self._say_count)
        self._model.edited.connect(self._hear_edited)
        self._bar.save_wanted.connect(self.save)
        self._bar.discard_wanted.connect(self._discard)

    def _find(self) -> None:
        self._pause.stop()
        self._model.search(self._search.text())

    def _remove_chosen(self) -> None:
        self._model.remove(self._table.chosen_rows())

    def _allow_remove(self) -> None:
        self._remove.setEnabled(self._table.selectionModel().hasSelection())

    def _hear_edited(self) -> None:
        self._set_unsaved(True)
        self._bar.show_unsaved()

    def _discard(self) -> None:
        self._model.show_words(self._stored)
        self._set_unsaved(False)
        self._bar.rest()

    def _set_unsaved(self, unsaved: bool) -> None:
        if unsaved != self._unsaved:
            self._unsaved = unsaved
            self.unsaved_changed.emit(unsaved)

    def _say_count(self) -> None:
        n, shown = len(self._model.words), self._model.rowCount()
        if shown == n:
            said = ngettext("{n} entry", "{n} entries", n).format(n=format_number(n))
        else:
            said = _("{shown} of {n}").format(shown=format_number(shown), n=format_number(n))
        self._count.setText(said)

    def _retranslate(self) -> None:
        self._title.setText(list_name(ListKind.STOP_WORDS))
        self._purpose.setText(
            _(
                "A message with one of these counts as what you choose. Saving applies to new messages and judges the "
                "open items of the queue again; decisions stay."
            )
        )
        self._search.setPlaceholderText(_("Search in the list"))
        self._search.setAccessibleName(_("Search in the list"))
        self._search.setClearButtonEnabled(True)
        self._remove.setText(_("Remove"))
        self._remove.setAccessibleDescription(_("Removes the chosen entries; kept only when saved"))
        self._table.setAccessibleName(list_name(ListKind.STOP_WORDS))
        self._say_count()
        self._allow_remove()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._model.retranslate()
        super().changeEvent(event)
