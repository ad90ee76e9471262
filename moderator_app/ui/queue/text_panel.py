"""Shows a message's text as it was written, evidence marked in place; never as rich text."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from moderator_app.language import _, format_number
from moderator_app.ui.queue.evidence import Span, in_utf16, inside, joined, pieces, printable, stretches
from moderator_app.ui.queue.queue_delegate import mark_format
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import label

LEAST_LINES, MOST_LINES = 1, 14
_GAP = "\n⋯\n"


class TextPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._spans: tuple[Span, ...] = ()
        self._whole = False
        self._marks: list[Span] = []
        self._field = _TextField()
        self.setFocusProxy(self._field)
        self._part = label(tone="warning", wrap=True)
        self._all = QPushButton()
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all.clicked.connect(self.show_all)
        self._field.widened.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._field)
        column.addWidget(self._part)
        column.addWidget(self._all, alignment=Qt.AlignmentFlag.AlignLeft)
        self._retranslate()

    def show_text(self, text: str, spans: tuple[Span, ...]) -> None:
        self._text, self._spans, self._whole = text, joined(spans), False
        self._show()

    def show_all(self) -> None:
        """Show the whole text, however long."""
        self._whole = True
        self._show()

    @property
    def shown(self) -> str:
        return self._field.toPlainText()

    @property
    def marked(self) -> tuple[str, ...]:
        """The marked pieces, as a reader sees them."""
        return tuple(selection.cursor.selectedText() for selection in self._field.extraSelections())

    def _show(self) -> None:
        parts = pieces(self._text) if self._whole else stretches(self._text, self._spans)
        cut = sum(len(part.text) for part in parts) < len(self._text)
        gap, shown, at = "\n" if self._whole else _GAP, "", 0
        self._marks = []
        for number, part in enumerate(parts):
            before = gap if number else ""
            shown += before + printable(part.text)
            at += len(before)
            self._marks += [(at + first, at + last) for first, last in inside(self._spans, part)]
            at += len(part.text)
        self._field.setPlainText(shown)
        self._marks = list(in_utf16(shown, self._marks))
        self._mark()
        self._part.setVisible(cut)
        self._all.setVisible(cut)
        self._retranslate()
        self._fit()

    def _mark(self) -> None:
        look, selections = mark_format(tokens(self.palette())), []
        for first, last in self._marks:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._field.document())
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, look
            selections.append(selection)
        self._field.setExtraSelections(selections)

    def _fit(self) -> None:
        self._field.fit(LEAST_LINES, MOST_LINES)

    def _retranslate(self) -> None:
        self._field.setAccessibleName(_("Text of the message"))
        self._field.setPlaceholderText(_("(no text)"))
        self._part.setText(
            _("This text has {count} characters. Shown are its beginning and what surrounds the evidence.").format(
                count=format_number(len(self._text))
            )
        )
        self._all.setText(_("Show all"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._mark()


class _TextField(QPlainTextEdit):
    """A field as high as its text, within limits."""

    widened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setProperty("letters", "message")

    def fit(self, least: int, most: int) -> None:
        lines, block = 0, self.document().firstBlock()
        while block.isValid() and lines < most:
            lines += max(1, round(self.blockBoundingRect(block).height() / self.fontMetrics().lineSpacing()))
            block = block.next()
        wanted = min(max(lines, least), most) * self.fontMetrics().lineSpacing() + 4
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.widened.emit()
