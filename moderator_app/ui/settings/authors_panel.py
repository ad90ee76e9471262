"""Edits a list of authors as lines of text."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import AuthorKey
from moderator_app.language import _, list_name
from moderator_app.ui.settings.author_lines import AuthorLines, read_lines, write_lines
from moderator_app.ui.settings.save_panel import SavePanel
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import label

TYPING_PAUSE_MS = 300
MARK_STRENGTH = 48
MOST_MARKED = 200


class AuthorsPanel(QWidget):
    """`save_wanted` carries the authors; `unsaved_changed` says whether something is unsaved."""

    save_wanted = Signal(frozenset)
    unsaved_changed = Signal(bool)

    def __init__(self, kind: ListKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._stored: frozenset[AuthorKey] = frozenset()
        self._title, self._purpose = label(title=True), label(tone="muted", wrap=True)
        self._form = label(tone="muted", wrap=True)
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._edit.setProperty("field", True)
        self._bar = SavePanel(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for widget in (self._title, self._purpose, self._form, self._edit, self._bar):
            box.addWidget(widget, 1 if widget is self._edit else 0)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._mark_wrong)
        self._edit.document().modificationChanged.connect(self._hear_modified)
        self._edit.textChanged.connect(self._pause.start)
        self._bar.save_wanted.connect(self.save)
        self._bar.discard_wanted.connect(self._discard)
        self._retranslate()

    @property
    def unsaved(self) -> bool:
        return self._edit.document().isModified()

    def show_stored(self, authors: frozenset[AuthorKey]) -> None:
        """The list as it is stored; what is being edited is not touched."""
        if authors == self._stored:
            return
        self._stored = authors
        if self.unsaved:
            self._bar.show_overtaken()
        # Comments stay as long as the lines still name the same authors.
        elif self._lines().authors != authors:
            self._discard()

    def show_saved(self, authors: frozenset[AuthorKey]) -> None:
        self._stored = authors
        if self._lines().authors == authors:
            self._edit.document().setModified(False)
            self._bar.show_saved()
        else:
            self._bar.show_unsaved()

    def show_failed(self) -> None:
        """Saving failed; the reason stands in the notice bar."""
        self._bar.show_unsaved()

    def save(self) -> None:
        """Ask for saving, unless a line names no author: then show it."""
        lines = self._lines()
        if lines.wrong:
            self._mark_wrong()
            cursor = QTextCursor(self._edit.document().findBlockByNumber(lines.wrong[0]))
            self._edit.setTextCursor(cursor)
            self._edit.setFocus()
            return
        self._bar.show_saving()
        self.save_wanted.emit(lines.authors)

    def _lines(self) -> AuthorLines:
        return read_lines(self._edit.toPlainText())

    def _discard(self) -> None:
        self._edit.setPlainText(write_lines(self._stored))
        self._edit.document().setModified(False)
        self._bar.rest()
        self._mark_wrong()

    def _hear_modified(self, modified: bool) -> None:
        if modified:
            self._bar.show_unsaved()
        else:
            self._bar.rest()
        self.unsaved_changed.emit(modified)

    def _mark_wrong(self) -> None:
        self._pause.stop()
        wrong = self._lines().wrong
        self._edit.setExtraSelections([self._mark(number) for number in wrong[:MOST_MARKED]])
        if wrong:
            self._bar.show_wrong(_wrong_lines(wrong))
        elif self.unsaved:
            self._bar.show_unsaved()

    def _mark(self, number: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        colors = tokens(self.palette())
        back = colors.color("danger")
        back.setAlpha(MARK_STRENGTH)
        marked: QTextFormat = selection.format
        marked.setProperty(QTextFormat.Property.FullWidthSelection, True)
        marked.setBackground(back)
        selection.cursor = QTextCursor(self._edit.document().findBlockByNumber(number))
        return selection

    def _retranslate(self) -> None:
        trusted = self._kind is ListKind.WHITELIST
        name = list_name(self._kind)
        self._title.setText(name)
        self._purpose.setText(
            _("Messages of these authors always pass and never count as violations.")
            if trusted
            else _("Every message of these authors is put into the queue.")
        )
        self._form.setText(
            _(
                "One author a line: telegram:123 or vk:123, a community with a minus: vk:-45. What stands behind # is "
                "a comment for you; it is not kept. Saving judges the open items of the queue again; decisions stay."
            )
        )
        self._edit.setAccessibleName(name)
        self._edit.setAccessibleDescription(self._form.text())
        self._edit.setPlaceholderText("telegram:123456789\nvk:6099\nvk:-45  # " + _("a community"))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._mark_wrong()
        elif event.type() is QEvent.Type.PaletteChange:
            self._mark_wrong()
        super().changeEvent(event)


def _wrong_lines(wrong: tuple[int, ...]) -> str:
    line, more = wrong[0] + 1, len(wrong) - 1
    if more:
        said = _(
            "Line {line} and {more} more name no author. Write telegram:123 or vk:123. Nothing is saved until then."
        )
    else:
        said = _("Line {line} names no author. Write telegram:123 or vk:123. Nothing is saved until then.")
    return said.format(line=line, more=more)
