"""The lower edge of the window: what waits, what leaves soon, what is held, what is being imported."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from moderator_app.language import _, format_number, ngettext
from moderator_app.ui.holding import who_holds
from moderator_app.ui.keys import Command, with_legend
from moderator_app.ui.theme import GRID, tabular
from moderator_app.ui.widgets.labels import ElidedLabel

HEIGHT = 4 * GRID


class StatusPanel(QWidget):
    """`hold_wished`: hold the actions back, or release them."""

    hold_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: int | None = None
        self._pending, self._seconds = 0, 0
        self._held = False
        self._other: str | None = None
        self._count, self._leaving, self._holder = ElidedLabel(), ElidedLabel("muted"), ElidedLabel("warning")
        for shown in (self._count, self._leaving):
            shown.setFont(tabular(shown.font()))
        self._hold = QToolButton()
        self._hold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hold.setCheckable(True)
        self._hold.clicked.connect(self.hold_wished)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, 0, GRID, 0)
        self._row.setSpacing(2 * GRID)
        for part in (self._count, self._leaving, self._holder):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._hold)
        self.setFixedHeight(HEIGHT)
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._retranslate()

    def add(self, part: QWidget) -> None:
        """Give `part` a place at the right."""
        self._row.insertWidget(self._row.count() - 1, part)

    def show_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self._retranslate()

    def show_pending(self, pending: int, seconds: int) -> None:
        self._pending, self._seconds = pending, seconds
        self._retranslate()

    def show_held(self, held: bool) -> None:
        self._held = held
        self._retranslate()

    def show_holder(self, holder: str | None) -> None:
        """The other process that carries the actions out, as "window 4711"; None where this window does."""
        self._other = holder
        self._retranslate()

    def text(self) -> str:
        return " · ".join(part.text() for part in (self._count, self._leaving, self._holder) if part.text())

    def _retranslate(self) -> None:
        self._count.setText(self._count_text())
        self._leaving.setText(self._leaving_text())
        self._holder.setText("" if self._other is None else who_holds(self._other))
        self._hold.setChecked(self._held)
        self._hold.setText(_("Actions are held: release") if self._held else _("Hold all actions"))
        self._hold.setToolTip(with_legend(self._hold.text(), Command.PAUSE))
        self._hold.setAccessibleName(self._hold.text())

    def _count_text(self) -> str:
        if self._waiting is None:
            return _("Opening…")
        return ngettext("{count} waiting", "{count} waiting", self._waiting).format(count=format_number(self._waiting))

    def _leaving_text(self) -> str:
        if not self._pending:
            return ""
        text = ngettext("{count} decision in {seconds} s", "{count} decisions, next in {seconds} s", self._pending)
        return text.format(count=self._pending, seconds=self._seconds)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
