"""Labels that show text as it is: no markup, no mnemonic, no link."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


def label(text: str = "", *, tone: str = "", wrap: bool = False, heading: bool = False, title: bool = False) -> QLabel:
    """A plain-text label. `tone`: muted, danger, warning or good."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("tone", tone)
    made.setProperty("heading", heading)
    made.setProperty("title", title)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def foreign(text: str = "", *, tone: str = "", title: bool = False, most: int = 300) -> QLabel:
    """A label for what members of a chat wrote: wrapped, copyable, cut to `most` characters."""
    made = label(text[:most] + "…" if len(text) > most else text, tone=tone, wrap=True, title=title)
    made.setTextInteractionFlags(_SELECTABLE)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def shortened(text: str, most: int) -> str:
    """`text` with at most `most` characters, an ellipsis for the rest."""
    return text if len(text) <= most else text[: most - 1] + "…"


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
