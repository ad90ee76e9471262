"""Takes new stop words: one typed, or as many lines as the clipboard holds."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.lists import StopWord, WordKind
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.verdict import Label
from moderator_app.language import _, format_number, ngettext
from moderator_app.ui.settings.word_choices import fill_kinds, fill_labels, fill_places
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label


class NewWordsPanel(QWidget):
    """`words_given` carries a tuple of stop words."""

    words_given = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[CommunityKey, str] = {}
        self._text = _Line()
        self._kind, self._label, self._place = QComboBox(), QComboBox(), QComboBox()
        self._add, self._paste = QPushButton(), QPushButton()
        self._said = label(tone="muted", wrap=True)
        self._lay_out()
        self._add.clicked.connect(self._give_typed)
        self._text.returnPressed.connect(self._give_typed)
        self._text.textChanged.connect(self._allow_add)
        self._text.lines_pasted.connect(self._give_pasted)
        self._paste.clicked.connect(self._give_pasted)
        self._retranslate()

    def show_communities(self, names: dict[CommunityKey, str]) -> None:
        self._names = names
        fill_places(self._place, names)

    def say_added(self, added: int, given: int) -> None:
        """How many of the given words are new to the list."""
        said = ngettext("{n} added.", "{n} added.", added).format(n=format_number(added))
        there = given - added
        if there:
            known = ngettext("{n} was there already.", "{n} were there already.", there)
            said = f"{said} {known.format(n=format_number(there))}"
        self._said.setText(said)

    def _lay_out(self) -> None:
        what, how = QHBoxLayout(), QHBoxLayout()
        what.addWidget(self._text, 1)
        for widget in (self._add, self._paste):
            what.addWidget(widget)
        for combo in (self._kind, self._label, self._place):
            how.addWidget(combo)
        how.addWidget(self._said, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, GRID, 0, 2 * GRID)
        box.setSpacing(GRID)
        for row in (what, how):
            row.setSpacing(GRID)
            box.addLayout(row)

    def _give_typed(self) -> None:
        if self._text.text().strip():
            self._give([self._text.text()])
            self._text.clear()
        self._text.setFocus()

    def _give_pasted(self) -> None:
        lines = [line for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        if lines:
            self._give(lines)
        else:
            self._said.setText(_("The clipboard holds no text. Copy a list first, one entry a line."))

    def _give(self, texts: Iterable[str]) -> None:
        kind, counts_as = WordKind(self._kind.currentData()), Label(self._label.currentData())
        place = self._place.currentData()
        self.words_given.emit(tuple(StopWord(text.strip(), kind, counts_as, place) for text in texts))

    def _allow_add(self) -> None:
        self._add.setEnabled(bool(self._text.text().strip()))

    def _retranslate(self) -> None:
        fill_kinds(self._kind)
        fill_labels(self._label)
        fill_places(self._place, self._names)
        self._text.setPlaceholderText(_("New word or phrase"))
        self._text.setAccessibleName(_("New word or phrase"))
        self._kind.setAccessibleName(_("Matches"))
        self._label.setAccessibleName(_("Counts as"))
        self._place.setAccessibleName(_("Where"))
        self._add.setText(_("Add"))
        self._paste.setText(_("Paste a list"))
        self._paste.setAccessibleDescription(_("Adds every line of the clipboard as an entry"))
        self._said.clear()
        self._allow_add()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _Line(QLineEdit):
    """A list pasted here is not squeezed into one line."""

    lines_pasted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        many = "\n" in QGuiApplication.clipboard().text().strip() if event.matches(_PASTE) else False
        if many:
            self.lines_pasted.emit()
            return
        super().keyPressEvent(event)


_PASTE = QKeySequence.StandardKey.Paste
