"""The search page: what is looked for, what was found, and the ways on from there."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.domain.message import AuthorKey
from moderator_app.domain.people import Person, StandingPenalty
from moderator_app.domain.search import Found, Hit
from moderator_app.language import _, explain_note, format_number, ngettext
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.search import Search
from moderator_app.moderation.statistics import Statistics
from moderator_app.moderation.stories import Stories
from moderator_app.ui.notices import Notices, Tone, explain
from moderator_app.ui.search.hit_panel import HitPanel
from moderator_app.ui.search.hits_model import PAGE, HitsModel
from moderator_app.ui.search.hits_table import HitsTable
from moderator_app.ui.search.search_field import SearchField
from moderator_app.ui.search.story_panel import StoryPanel
from moderator_app.ui.search.vocabulary import field_hint, values
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.empty_panel import EmptyPanel
from moderator_app.ui.widgets.labels import ElidedLabel

_CHOSEN = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class SearchPage(QWidget):
    """`queue_wanted` and `history_wanted` carry an item to be shown there. `left`: back to where one came from."""

    queue_wanted = Signal(int)
    history_wanted = Signal(int)
    left = Signal()

    def __init__(
        self,
        search: Search,
        stories: Stories,
        statistics: Statistics,
        changes: Changes,
        tasks: Tasks,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search, self._stories, self._statistics = search, stories, statistics
        self._tasks, self._notices = tasks, notices
        self._asked = ""
        self._problem: Exception | None = None
        self._searching: asyncio.Task[None] | None = None
        self.model = HitsModel(self)
        self.field = SearchField()
        self.table = HitsTable(self.model)
        self.story = StoryPanel()
        self._said, self._empty, self._panel = ElidedLabel("muted"), EmptyPanel(), HitPanel()
        self._found, self._body = QWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.field)
        self._retranslate()
        self.close_down = changes.subscribe(self._heard)

    def begin(self) -> None:
        """The hand goes to the field, what stands there ready to be written over."""
        self.field.setFocus()
        self.field.selectAll()

    @property
    def says(self) -> str:
        """What is said about the search: how much was found, or what cannot be understood."""
        return self._said.text()

    def _search_for(self, text: str) -> None:
        """Only the newest search counts."""
        if text == self._asked and self._problem is None:
            return
        self._asked = text
        if self._searching is not None:
            self._searching.cancel()
        self._searching = self._tasks.start(self._find(text), failed=self._failed)

    async def _find(self, text: str) -> None:
        people = await self._stories.people(text)
        if people:
            await self._tell_of(people)
            return
        self._said.setText(_("Searching…") if text.strip() else "")
        found = await self._search.find(text, values())
        hits = await self._search.hits(found, found.messages[:PAGE])
        self._problem = None
        self.model.start(found, hits)
        self._show_found()
        if hits:
            self.table.selectionModel().setCurrentIndex(self.model.index(0, 0), _CHOSEN)
        self._panel.show_hit(self.table.hit)

    async def _tell_of(self, people: Sequence[Person]) -> None:
        self._problem = None
        if len(people) > 1:
            self.story.show_people(people)
        else:
            self.story.show_story(await self._stories.story(people[0].key))
        self._said.setText("")
        self._body.setCurrentWidget(self.story)

    async def _tell(self, key: AuthorKey) -> None:
        self.story.show_story(await self._stories.story(key))
        self._body.setCurrentWidget(self.story)
        self.story.setFocus()

    async def _lift(self, penalty: StandingPenalty) -> None:
        note = await self._stories.lift(penalty)
        self._notices.tell(explain_note(note), Tone.GOOD)
        await self._tell_again()

    async def _tell_again(self) -> None:
        if self.story.story is not None:
            self.story.show_story(await self._stories.story(self.story.story.author.key))

    async def _append(self) -> None:
        found = self.model.found
        try:
            self.model.append(found, await self._search.hits(found, self.model.missing))
        finally:
            self.model.give_up()

    async def _read_again(self, messages: Sequence[int]) -> None:
        self.model.update(await self._search.hits(self.model.found, messages))
        self._panel.show_hit(self.table.hit)

    async def _know_communities(self) -> None:
        self.field.know(await self._statistics.communities())

    def _heard(self, change: Change) -> None:
        if not self.isVisible():
            return
        if change.items and (stale := self.model.of_items(change.items)):
            self._tasks.start(self._read_again(stale))
        if change.decisions and self._body.currentWidget() is self.story:
            self._tasks.start(self._tell_again())

    def _failed(self, error: Exception) -> None:
        self._problem = error
        self.model.start(Found(), ())
        self._show_found()
        if not isinstance(error, ModeratorError):
            self._notices.report(error)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._notices.tell(explain(error), Tone.WARNING)
            self._tasks.start(self._tell_again())
        else:
            self._notices.report(error)

    def _show_found(self) -> None:
        some = self.model.rowCount() > 0
        self._said.setText(self._count() if some else "")
        if not some:
            self._say_empty()
        self._body.setCurrentWidget(self._found if some else self._empty)

    def _count(self) -> str:
        found = self.model.found
        count = len(found.messages)
        if found.more:
            text = _("More than {n} messages: those received last are shown. Add a word or a field to narrow it down.")
            return text.format(n=format_number(count))
        return ngettext("{n} message", "{n} messages", count).format(n=format_number(count))

    def _say_empty(self) -> None:
        """Why there is nothing to see, and what would change that."""
        hint = _("Fields: {fields}").format(fields=field_hint())
        if not self._asked.strip():
            self._empty.say(
                _("Search everything"),
                _("Words are found in all their forms, in the queue and in everything that was ever stored.")
                + " "
                + _("A @name, an id or a link to a message tells the story of a person.")
                + "\n\n"
                + hint,
            )
        elif self._problem is not None:
            self._empty.say(_("This cannot be searched for"), f"{explain(self._problem)}\n\n{hint}")
        else:
            self._empty.say(_("Nothing found"), _("No message fits. Leave a word or a field out.") + f"\n\n{hint}")

    def _open(self) -> None:
        hit = self.table.hit
        if hit is not None:
            self._go_to(hit)

    def _go_to(self, hit: Hit) -> None:
        if hit.is_open and hit.item is not None:
            self.queue_wanted.emit(hit.item)
        elif hit.decision is not None and hit.item is not None:
            self.history_wanted.emit(hit.item)
        else:
            self._notices.tell(_("This message was never in the queue, so there is nowhere else to show it."))

    def _to_table(self) -> None:
        if self._body.currentWidget() is self._found:
            self.table.setFocus()
        elif self._body.currentWidget() is self.story:
            self.story.setFocus()

    def _show_messages(self) -> None:
        """What the person of the story wrote."""
        if self.story.story is not None:
            self.field.write(f"author:{self.story.story.author.key}")

    def _leave_story(self) -> None:
        self._show_found()
        self._to_table()

    def _tell_of_author(self) -> None:
        hit = self.table.hit
        if hit is not None and hit.author is not None:
            self._tasks.start(self._tell(hit.author))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        top.setSpacing(2 * GRID)
        top.addWidget(self.field, 3)
        top.addWidget(self._said, 2)
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(0)
        found.addWidget(self.table, 1)
        found.addWidget(self._panel)
        for part in (self._empty, self._found, self.story):
            self._body.addWidget(part)
        self._body.setProperty("panel", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self._body, 1)

    def _connect(self) -> None:
        self.field.wished.connect(self._search_for)
        self.field.down.connect(self._to_table)
        self.table.up.connect(self.field.setFocus)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._panel.show_hit(self.table.hit))
        self.model.more_wanted.connect(lambda: self._tasks.start(self._append()))
        self._panel.queue_wanted.connect(self._open)
        self._panel.history_wanted.connect(self._open)
        self._panel.story_wanted.connect(self._tell_of_author)
        self.story.lift_wanted.connect(lambda each: self._tasks.start(self._lift(each), failed=self._refused))
        self.story.person_wanted.connect(lambda key: self._tasks.start(self._tell(key)))
        self.story.messages_wanted.connect(self._show_messages)
        self.story.left.connect(self._leave_story)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Search"))
        if self._body.currentWidget() is not self.story:
            self._show_found()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._body.currentWidget() is self.story and self.model.rowCount():
            self._leave_story()
        else:
            self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tasks.start(self._know_communities())
        if self.model.rowCount():
            self._tasks.start(self._read_again([*self.model.found.messages[: self.model.rowCount()]]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.model.retranslate()
