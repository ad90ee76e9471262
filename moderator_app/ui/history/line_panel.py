"""Shows one decision in full, with what can still be done about it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from moderator_app.domain.decision import Action
from moderator_app.domain.history import HistoryLine
from moderator_app.language import _, choice_name, decider_name, format_moment
from moderator_app.ui.history import wording
from moderator_app.ui.history.marks import MARKS, painted
from moderator_app.ui.icons import SIZE
from moderator_app.ui.names import named
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import foreign, set_tone

HEIGHT = 18 * GRID
SHOWN = 300


class LinePanel(QFrame):
    """The buttons announce wishes about the line shown."""

    undo_wanted = Signal()
    confirm_wanted = Signal()
    drop_wanted = Signal()
    again_wanted = Signal()
    queue_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: HistoryLine | None = None
        self._title = _plain_label()
        self._title.setProperty("title", True)
        self._who = _plain_label("muted")
        self._text = _plain_label()
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._reason = _plain_label("muted")
        self._hint = _plain_label("muted")
        self._actions = QVBoxLayout()
        self._rows: list[_ActionRow] = []
        self._nothing = _plain_label("muted")
        self._undo, self._confirm, self._drop = QPushButton(), QPushButton(), QPushButton()
        self._again, self._queue = QPushButton(), QPushButton()
        self._undo.clicked.connect(self.undo_wanted)
        self._confirm.clicked.connect(self.confirm_wanted)
        self._drop.clicked.connect(self.drop_wanted)
        self._again.clicked.connect(self.again_wanted)
        self._queue.clicked.connect(self.queue_wanted)
        self._lay_out()
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setFixedHeight(HEIGHT)
        self._retranslate()

    @property
    def line(self) -> HistoryLine | None:
        return self._line

    def show_line(self, line: HistoryLine | None) -> None:
        self._line = line
        self._fill()

    def tick(self) -> None:
        """Count the seconds down."""
        if self._line:
            self._fill_actions(self._line)

    def _lay_out(self) -> None:
        said = QVBoxLayout()
        said.setSpacing(GRID // 2)
        for label in (self._title, self._who, self._text, self._reason):
            said.addWidget(label)
        said.addStretch(1)
        done = QVBoxLayout()
        done.setSpacing(GRID)
        done.addLayout(self._actions)
        done.addStretch(1)
        done.addWidget(self._hint)
        done.addLayout(self._buttons())
        self._actions.setSpacing(GRID // 2)
        self._actions.addWidget(self._nothing)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID + GRID // 2, 2 * GRID, GRID + GRID // 2)
        row.setSpacing(4 * GRID)
        row.addLayout(said, 1)
        row.addLayout(done, 1)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self._undo, self._confirm, self._drop, self._again, self._queue):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fill(self) -> None:
        line = self._line
        late = line is not None and wording.is_late(line)
        again = line is not None and not late and wording.is_given_back(line)
        self._confirm.setVisible(late)
        self._drop.setVisible(late)
        self._again.setVisible(again)
        self._queue.setVisible(line is not None and not late and line.given_back)
        self._undo.setVisible(not late and not again)
        self._undo.setEnabled(line is not None and wording.may_undo(line))
        if line is None:
            for label in (self._title, self._who, self._reason, self._hint):
                label.clear()
            self._text.setText(_("Choose a decision to see it in full."))
            self._clear_actions()
            return
        self._title.setText(_title(line))
        self._who.setText(_who(line))
        self._text.setText(wording.excerpt(line))
        self._reason.setText(_("Reason: {reason}").format(reason=line.decision.reason) if line.decision.reason else "")
        question = wording.question(line, wording.now())
        self._hint.setText(question or wording.undo_hint(line) or wording.undo_effect(line))
        set_tone(self._hint, "warning" if question else "muted")
        self._fill_actions(line)

    def _fill_actions(self, line: HistoryLine) -> None:
        self._nothing.setVisible(not line.decision.actions)
        while len(self._rows) < len(line.decision.actions):
            self._rows.append(_ActionRow())
            self._actions.addWidget(self._rows[-1])
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(line.decision.actions))
            if place < len(line.decision.actions):
                row.show_action(line.decision.actions[place])

    def _clear_actions(self) -> None:
        self._nothing.hide()
        for row in self._rows:
            row.hide()

    def _retranslate(self) -> None:
        self._nothing.setText(_("No action: the message stays."))
        self._undo.setText(_("Undo"))
        self._confirm.setText(_("Carry out"))
        self._drop.setText(_("Drop"))
        self._again.setText(_("Try again"))
        self._again.setAccessibleDescription(_("Decide the same once more"))
        self._queue.setText(_("Show in the queue"))
        self._confirm.setAccessibleDescription(_("Carry the late action out after all"))
        self._drop.setAccessibleDescription(_("Do not carry it out; the item returns to the queue undecided"))
        self.setAccessibleName(_("The chosen decision"))
        self._fill()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._fill()
        super().changeEvent(event)


class _ActionRow(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._icon.setFixedWidth(SIZE)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words = _plain_label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)

    def show_action(self, action: Action) -> None:
        mark = MARKS[action.state]
        color = tokens(self.palette()).color(mark.color).name()
        self._icon.setPixmap(painted(mark.icon, color).pixmap(SIZE, SIZE))
        self._words.setText(wording.full_state(action, wording.now()))


def _plain_label(tone: str = "", text: str = "") -> QLabel:
    made = foreign(text, tone=tone, most=SHOWN)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def _title(line: HistoryLine) -> str:
    choice = choice_name(line.decision.choice)
    name = _("{choice} (undone)").format(choice=choice) if line.decision.undone else choice
    return f"{name} · {format_moment(line.decision.at)} · {decider_name(line.decision.by)}"


def _who(line: HistoryLine) -> str:
    return f"{named(line.author_name, line.author)} · {named(line.community_name, line.key.community)}"
