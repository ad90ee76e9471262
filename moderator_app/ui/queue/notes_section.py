"""Notes about the author: those that are kept, and a line for the next one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from moderator_app.domain.queue import AuthorNote
from moderator_app.language import _, decider_name, format_day
from moderator_app.moderation.author_notes import LONGEST
from moderator_app.ui.icons import icon
from moderator_app.ui.names import shortened
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import foreign, label

_NAME_LENGTH = 24


class NotesSection(QWidget):
    """`written` carries the text of a new note, `removed` the id of one; `left`: nobody types any more."""

    written = Signal(str)
    removed = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._field = label(heading=True), _NoteField()
        self._rows: list[_NoteRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID // 2)
        self._field.setMaxLength(LONGEST)
        self._field.returnPressed.connect(self._keep)
        self._field.given_up.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._heading)
        column.addLayout(self._list)
        column.addWidget(self._field)
        self.hide()

    def show_notes(self, notes: Sequence[AuthorNote], *, wide: bool) -> None:
        """`wide`: they may be removed, and another one be written."""
        while len(self._rows) < len(notes):
            self._add_row()
        for row, note in zip(self._rows, notes, strict=False):
            row.show_note(note, wide=wide)
        for row in self._rows[len(notes) :]:
            row.hide()
        self._heading.setText(_("Notes"))
        self._field.setVisible(wide)
        self._field.setPlaceholderText(_("A note for you and your colleagues; Enter keeps it"))
        self._field.setAccessibleName(_("A new note about the author"))
        self.setVisible(wide or bool(notes))

    def write(self, text: str = "") -> None:
        """Put the hand on the line for a new note."""
        if text:
            self._field.setText(text)
        self._field.setFocus()

    def texts(self) -> list[str]:
        return [row.text for row in self._rows if not row.isHidden()]

    def clear(self) -> None:
        """Forget what was typed: it is about somebody else."""
        self._field.clear()

    def _keep(self) -> None:
        text = self._field.text().strip()
        if text:
            self._field.clear()
            self.written.emit(text)
        self.left.emit()

    def _leave(self) -> None:
        self._field.clear()
        self.left.emit()

    def _add_row(self) -> None:
        row = _NoteRow()
        row.removed.connect(self.removed)
        self._rows.append(row)
        self._list.addWidget(row)


class _NoteRow(QWidget):
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._note = 0
        self._text, self._by, self._remove = foreign(most=LONGEST), label(tone="muted"), QToolButton()
        self._remove.setProperty("chip", "tool")
        self._remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._remove.clicked.connect(lambda: self.removed.emit(self._note))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for widget in (self._by, self._text, self._remove):
            row.addWidget(widget, int(widget is self._text), Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_note(self, note: AuthorNote, *, wide: bool) -> None:
        self._note = note.id
        self._text.setText(note.text)
        self._by.setText(f"{format_day(note.at)} · {shortened(decider_name(note.by), _NAME_LENGTH)}")
        self._remove.setIcon(icon("close-line", tokens(self.palette()).muted))
        self._remove.setToolTip(_("Remove the note"))
        self._remove.setAccessibleName(_("Remove the note"))
        self._remove.setVisible(wide)
        self.show()


class _NoteField(QLineEdit):
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
