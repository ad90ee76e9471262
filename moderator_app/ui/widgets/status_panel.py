"""The lower edge of the window: what waits, what leaves soon, what needs an answer, what is held or being imported."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from moderator_app.domain.history import Unanswered
from moderator_app.language import _, format_number, ngettext
from moderator_app.ui.holding import who_holds
from moderator_app.ui.icons import SIZE, icon
from moderator_app.ui.keys import Command, with_legend
from moderator_app.ui.theme import GRID, tabular, tokens
from moderator_app.ui.widgets.labels import ElidedLabel

HEIGHT = 4 * GRID
AFTER_ICON = GRID // 2


class StatusPanel(QWidget):
    """`hold_wished`: hold the actions back, or release them. `answer_wished`: show what waits for an answer."""

    hold_wished = Signal()
    answer_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: int | None = None
        self._pending, self._seconds = 0, 0
        self._held = False
        self._other: str | None = None
        self._count, self._leaving, self._holder = ElidedLabel(), ElidedLabel("muted"), ElidedLabel("warning")
        for shown in (self._count, self._leaving):
            shown.setFont(tabular(shown.font()))
        self._unanswered = Unanswered()
        self._answer = QToolButton()
        self._answer.setProperty("tone", "warning")
        self._answer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._answer.setIconSize(QSize(SIZE + AFTER_ICON, SIZE))
        self._answer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._answer.clicked.connect(self.answer_wished)
        self._hold = QToolButton()
        self._hold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hold.setCheckable(True)
        self._hold.setProperty("held", True)
        self._hold.clicked.connect(self.hold_wished)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2 * GRID, 0, GRID, 0)
        self._row.setSpacing(2 * GRID)
        for part in (self._count, self._leaving, self._holder):
            self._row.addWidget(part)
        self._row.addWidget(self._answer)
        self._row.addStretch(1)
        self._row.addWidget(self._hold)
        self.setFixedHeight(HEIGHT)
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._retranslate()
        self.draw_icons()

    def add(self, part: QWidget) -> None:
        """Give `part` a place at the right."""
        self._row.insertWidget(self._row.count() - 1, part)

    def show_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self._retranslate()

    def show_pending(self, pending: int, seconds: int) -> None:
        self._pending, self._seconds = pending, seconds
        self._retranslate()

    def show_hold(self, shown: bool) -> None:
        """Whether the actions can be held from here."""
        self._hold.setVisible(shown)

    def show_held(self, held: bool) -> None:
        self._held = held
        self._retranslate()

    def show_unanswered(self, unanswered: Unanswered) -> None:
        self._unanswered = unanswered
        self._retranslate()

    def show_holder(self, holder: str | None) -> None:
        """The other process that carries the actions out, as "window 4711"; None where this window does."""
        self._other = holder
        self._retranslate()

    def text(self) -> str:
        parts = (self._count, self._leaving, self._holder, self._answer)
        return " · ".join(part.text() for part in parts if part.text())

    def _retranslate(self) -> None:
        self._count.setText(self._count_text())
        self._leaving.setText(self._leaving_text())
        self._holder.setText("" if self._other is None else who_holds(self._other))
        for shown in (self._leaving, self._holder):
            # An empty one would still keep its neighbours apart.
            shown.setVisible(bool(shown.text()))
        self._retranslate_answer()
        self._hold.setChecked(self._held)
        self._hold.setText(self._hold_text())
        self._hold.setToolTip(with_legend(self._hold.text(), Command.PAUSE))
        self._hold.setAccessibleName(self._hold.text())

    def _retranslate_answer(self) -> None:
        count = self._unanswered.total
        text = ngettext("{count} decision waits for your answer", "{count} decisions wait for your answer", count)
        self._answer.setText(text.format(count=format_number(count)) if count else "")
        self._answer.setVisible(count > 0)
        kinds = (
            (_("asked again because it is late: {count}"), self._unanswered.late),
            (_("not carried out, back in the queue: {count}"), self._unanswered.given_back),
            (_("left behind: {count}"), self._unanswered.left_behind),
        )
        lines = [sentence.format(count=format_number(number)) for sentence, number in kinds if number]
        self._answer.setToolTip("\n".join([with_legend(_("Show what waits for your answer"), Command.ANSWER), *lines]))
        self._answer.setAccessibleName(self._answer.text())
        self._answer.setAccessibleDescription("; ".join(lines))

    def _hold_text(self) -> str:
        if not self._held:
            return _("Hold all actions")
        due = self._unanswered.due
        if not due:
            return _("Actions are held: release")
        text = ngettext("{count} action is held: release", "{count} actions are held: release", due)
        return text.format(count=format_number(due))

    def draw_icons(self) -> None:
        self._answer.setIcon(icon("question-line", tokens(self.palette()).warning, AFTER_ICON))

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
        elif event.type() is QEvent.Type.PaletteChange:
            self.draw_icons()
