"""Tells one person's story: what still stands and can be lifted, and every decision with its reasons."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.people import Chapter, Person, StandingPenalty, Story
from moderator_app.language import _
from moderator_app.ui.search import story_words
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign, label, rule
from moderator_app.ui.widgets.scrolled import scrolled


class StoryPanel(QWidget):
    """`lift_wanted` carries what to take back, `person_wanted` one of several who are meant."""

    lift_wanted = Signal(object)
    person_wanted = Signal(object)
    messages_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._story: Story | None = None
        self._people: tuple[Person, ...] = ()
        self._title = foreign(title=True)
        self._summary = label(tone="muted", wrap=True)
        self._back, self._messages, self._copy = QPushButton(), QPushButton(), QPushButton()
        self._back.clicked.connect(self.left)
        self._messages.clicked.connect(self.messages_wanted)
        self._copy.clicked.connect(self._put_on_clipboard)
        self._told = QVBoxLayout()
        self._told.setSpacing(GRID)
        self._lay_out()
        self._retranslate()

    @property
    def story(self) -> Story | None:
        return self._story

    @property
    def lifting(self) -> list[QPushButton]:
        """The buttons that lift what stands."""
        return [each for each in self.findChildren(QPushButton) if each.property("lifts") and each.isEnabled()]

    def show_story(self, story: Story) -> None:
        self._story, self._people = story, ()
        self._fill()

    def show_people(self, people: Sequence[Person]) -> None:
        """Let one of several be chosen."""
        self._story, self._people = None, tuple(people)
        self._fill()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self._title, 1)
        for button in (self._messages, self._copy, self._back):
            head.addWidget(button)
        said = QWidget()
        said.setProperty("panel", True)
        inside = QVBoxLayout(said)
        inside.setContentsMargins(2 * GRID, 0, 2 * GRID, 2 * GRID)
        inside.addLayout(self._told)
        inside.addStretch(1)
        area = scrolled(said)
        area.setProperty("plain", False)
        # The keys of a page move what is read.
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(area)
        top = QVBoxLayout()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        top.addLayout(head)
        top.addWidget(self._summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(area, 1)
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _fill(self) -> None:
        _clear(self._told)
        story = self._story
        for button in (self._messages, self._copy):
            button.setVisible(story is not None)
        if story is None:
            self._title.setText(_("Who is meant?"))
            self._summary.setText(_("Several people fit this. Choose one."))
            for person in self._people:
                self._told.addWidget(self._choice_of(person))
            return
        self._title.setText(story_words.title(story))
        self._summary.setText(story_words.summary(story))
        self._told.addSpacing(GRID)
        self._told.addWidget(label(_("What stands now"), heading=True))
        for penalty in story.penalties:
            self._told.addWidget(self._standing(penalty))
        if not story.penalties:
            text = _("Nothing that this console did keeps this person out or silent.")
            self._told.addWidget(label(text, tone="muted", wrap=True))
        self._told.addSpacing(GRID)
        self._told.addWidget(label(_("What happened, newest first"), heading=True))
        for chapter in story.chapters:
            self._told.addWidget(_told(chapter))
        if not story.chapters:
            self._told.addWidget(label(_("Nothing was ever decided about this person."), tone="muted", wrap=True))
        if story.more:
            self._told.addWidget(
                label(_("There are older decisions; the history shows them."), tone="muted", wrap=True)
            )

    def _choice_of(self, person: Person) -> QPushButton:
        button = QPushButton(story_words.person_words(person).replace("&", "&&"))
        button.clicked.connect(lambda: self.person_wanted.emit(person.key))
        return button

    def _standing(self, penalty: StandingPenalty) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(foreign(story_words.penalty_words(penalty), tone="danger"), 1)
        lift = QPushButton(_("Being lifted") if penalty.lifting else _lift_name(penalty))
        lift.setProperty("lifts", True)
        lift.setEnabled(not penalty.lifting)
        lift.clicked.connect(lambda: self.lift_wanted.emit(penalty))
        line.addWidget(lift)
        return row

    def _put_on_clipboard(self) -> None:
        if self._story is not None:
            QGuiApplication.clipboard().setText(story_words.as_text(self._story))

    def _retranslate(self) -> None:
        self._back.setText(_("Back to the messages"))
        self._messages.setText(_("Their messages"))
        self._copy.setText(_("Copy as text"))
        self._copy.setToolTip(_("To answer whoever asks"))
        self.setAccessibleName(_("The story of a person"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


def _lift_name(penalty: StandingPenalty) -> str:
    return _("Lift the mute") if penalty.kind is ActionKind.MUTE else _("Lift the ban")


def _told(chapter: Chapter) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, GRID, 0, 0)
    column.setSpacing(GRID // 2)
    column.addWidget(rule())
    column.addWidget(foreign(story_words.chapter_title(chapter), title=True))
    column.addWidget(foreign(chapter.text, most=500))
    for line in (*story_words.reasons(chapter), *story_words.outcome(chapter)):
        column.addWidget(foreign(line, tone="muted"))
    return made


def _clear(layout: QLayout) -> None:
    while (taken := layout.takeAt(0)) is not None:
        if (part := taken.widget()) is not None:
            part.hide()
            part.deleteLater()
