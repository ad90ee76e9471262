"""Shows one message that was found in full, with the ways on from there."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.search import Hit
from moderator_app.language import _, format_moment
from moderator_app.ui.names import named
from moderator_app.ui.search.hits_model import state_words
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label
from moderator_app.ui.widgets.scrolled import scrolled

HEIGHT = 19 * GRID


class HitPanel(QFrame):
    """The buttons announce wishes about the message shown."""

    queue_wanted = Signal()
    history_wanted = Signal()
    story_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hit: Hit | None = None
        self._who = foreign(title=True)
        self._text = foreign(most=4000)
        self._state = label(tone="muted")
        self._queue, self._history, self._story = QPushButton(), QPushButton(), QPushButton()
        self._queue.clicked.connect(self.queue_wanted)
        self._history.clicked.connect(self.history_wanted)
        self._story.clicked.connect(self.story_wanted)
        said = QWidget()
        said.setProperty("panel", True)
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for part in (self._queue, self._history, self._story):
            buttons.addWidget(part)
        buttons.addStretch(1)
        buttons.addWidget(self._state)
        area = scrolled(said)
        area.setProperty("plain", False)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        box.setSpacing(GRID)
        box.addWidget(self._who)
        box.addWidget(area, 1)
        box.addLayout(buttons)
        self.setProperty("panel", True)
        self.setProperty("rule", "top")
        self.setFixedHeight(HEIGHT)
        self._retranslate()

    @property
    def hit(self) -> Hit | None:
        return self._hit

    def show_hit(self, hit: Hit | None) -> None:
        self._hit = hit
        self._queue.setEnabled(hit is not None and hit.is_open)
        self._history.setEnabled(hit is not None and hit.decision is not None)
        self._story.setEnabled(hit is not None and hit.author is not None)
        if hit is None:
            for each in (self._who, self._text, self._state):
                each.setText("")
            return
        place = named(hit.community.name, hit.community.key.community)
        who = named(hit.author_name) or _("Unknown author")
        self._who.setText(f"{who} · {place} · {format_moment(hit.date)}")
        self._text.setText(hit.text)
        self._state.setText(state_words(hit) or _("never in the queue"))

    def _retranslate(self) -> None:
        self._queue.setText(_("Show in the queue"))
        self._history.setText(_("Show in the history"))
        self._story.setText(_("The author's story"))
        self._story.setAccessibleDescription(_("What was decided about this person, and lifting a ban"))
        self.setAccessibleName(_("The message chosen"))
        self.show_hit(self._hit)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
