"""Labels that show text as it is: no markup, no mnemonic, no link."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QStylePainter, QWidget

from moderator_app.language import _
from moderator_app.ui.names import LONGEST_WORD, breakable, shortened, unbroken

_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


def label(text: str = "", *, tone: str = "", wrap: bool = False, heading: bool = False, title: bool = False) -> QLabel:
    """A plain-text label. `tone`: muted, danger, warning or good."""
    return _dressed(QLabel(), text, tone=tone, wrap=wrap, heading=heading, title=title)


def foreign(
    text: str = "", *, tone: str = "", title: bool = False, most: int = 300, longest: int = LONGEST_WORD
) -> QLabel:
    """A label for what members of a chat wrote: wrapped, copyable, cut to `most` characters.

    Words of more than `longest` may be broken.
    """
    made = _dressed(_ForeignLabel(most, longest), text, tone=tone, wrap=True, title=title)
    made.setTextInteractionFlags(_SELECTABLE)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


class ElidedLabel(QLabel):
    """One line, cut with an ellipsis where there is no room for it."""

    def __init__(self, tone: str = "") -> None:
        super().__init__()
        _dressed(self, "", tone=tone)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawItemText(self.rect(), _MIDDLE, self.palette(), self.isEnabled(), shown, self.foregroundRole())


def set_tone(shown: QLabel, tone: str) -> None:
    """Change the tone of a label that is already styled."""
    if shown.property("tone") != tone:
        shown.setProperty("tone", tone)
        shown.style().unpolish(shown)
        shown.style().polish(shown)


def rule(parent: QWidget | None = None) -> QFrame:
    """A line between two things."""
    line = QFrame(parent)
    line.setFixedHeight(1)
    line.setProperty("line", True)
    return line


def _dressed(
    made: QLabel, text: str, *, tone: str = "", wrap: bool = False, heading: bool = False, title: bool = False
) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("tone", tone)
    made.setProperty("heading", heading)
    made.setProperty("title", title)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


class _ForeignLabel(QLabel):
    """Breaks words that are wider than it, and gives them back unbroken."""

    def __init__(self, most: int, longest: int) -> None:
        super().__init__()
        self._most, self._longest, self._text = most, longest, ""

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._text = shortened(text, self._most)
        super().setText(breakable(self._text, self._longest))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        chosen = unbroken(self.selectedText()) or self._text
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy")).triggered.connect(lambda: QGuiApplication.clipboard().setText(chosen))
        menu.popup(event.globalPos())
