"""Shows the totals of a period as a row of calm figures."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from moderator_app.domain.statistics import Overview
from moderator_app.language import _, format_number, format_percent
from moderator_app.ui.theme import GRID, tabular


class FiguresPanel(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview: Overview | None = None
        self._figures = [_Figure() for _place in range(4)]
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.setSpacing(4 * GRID)
        for figure in self._figures:
            row.addWidget(figure, 1)
        self.setProperty("rule", "bottom")

    def show_overview(self, overview: Overview) -> None:
        self._overview = overview
        share = format_percent(overview.flagged_share)
        told = (
            (_("Messages"), overview.messages, ""),
            (_("Flagged"), overview.flagged, _("{share} of all").format(share=share) if overview.messages else ""),
            (_("Decided"), overview.decided, ""),
            (_("Obscene words"), overview.profanity, ""),
        )
        for figure, (name, count, note) in zip(self._figures, told, strict=True):
            figure.show_count(name, format_number(count), note)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange and self._overview:
            self.show_overview(self._overview)
        super().changeEvent(event)


class _Figure(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._name, self._count, self._note = QLabel(), QLabel(), QLabel()
        self._name.setProperty("tone", "muted")
        self._note.setProperty("tone", "muted")
        self._count.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._count.setFont(tabular(self._count.font()))
        self._count.setProperty("letters", "figure")
        number = QHBoxLayout()
        number.setSpacing(GRID)
        number.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBaseline)
        number.addWidget(self._note, 1, Qt.AlignmentFlag.AlignBaseline)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._name)
        box.addLayout(number)

    def show_count(self, name: str, count: str, note: str) -> None:
        self._name.setText(name)
        self._count.setText(count)
        self._note.setText(note)
        self._count.setAccessibleName(f"{name}: {count} {note}".strip())
