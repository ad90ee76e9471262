"""The queue page: the list, the card of the item under the hand, and one key for each decision."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.canned import Canned
from moderator_app.domain.message import Message
from moderator_app.domain.queue import CommunityQueue
from moderator_app.domain.traits import EVERYTHING
from moderator_app.language import _, explain_note, format_number, ngettext
from moderator_app.moderation.author_notes import AuthorNotes
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.pictures import Pictures
from moderator_app.moderation.profiles import Profiles
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.moderation.review import Review, Undone
from moderator_app.moderation.snoozing import Snoozing
from moderator_app.moderation.sweeping import Sweeping
from moderator_app.moderation.views import Views
from moderator_app.ui.keys import DIGITS, VIEWS, Command
from moderator_app.ui.notices import Notices
from moderator_app.ui.queue import opening, panes
from moderator_app.ui.queue.actions_panel import CHOICES, ActionsPanel
from moderator_app.ui.queue.aside import Aside
from moderator_app.ui.queue.author_noting import AuthorNoting
from moderator_app.ui.queue.author_profiles import AuthorProfiles
from moderator_app.ui.queue.card_panel import CardPanel
from moderator_app.ui.queue.cards import Cards
from moderator_app.ui.queue.closed_rows import ClosedRows
from moderator_app.ui.queue.communities_panel import CommunitiesPanel
from moderator_app.ui.queue.deciding import Deciding
from moderator_app.ui.queue.digits_panel import DigitsPanel
from moderator_app.ui.queue.filtering import Filtering
from moderator_app.ui.queue.hand import Hand
from moderator_app.ui.queue.links_dialog import LinksDialog, addresses_in
from moderator_app.ui.queue.list_panel import ListPanel
from moderator_app.ui.queue.loading import Loading
from moderator_app.ui.queue.looking_back import LookingBack
from moderator_app.ui.queue.new_strip import NewStrip
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.queue_view import NOTHING
from moderator_app.ui.queue.selection_strip import SelectionStrip
from moderator_app.ui.queue.showing import Showing
from moderator_app.ui.queue.sweeps import Sweeps
from moderator_app.ui.queue.thumbnails import Thumbnails
from moderator_app.ui.queue.wording import spoken
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.widgets.scrolled import scrolled

# The next page is asked for when the hand comes this near to the end of what is loaded.
NEAR_END = 40


class ReviewPage(QWidget):
    """`counted`: how many wait in all. `pending_changed`: decisions in their grace, seconds until the next leaves."""

    counted = Signal(int)
    pending_changed = Signal(int, int)
    import_wished = Signal()

    def __init__(
        self,
        queue: QueueReading,
        review: Review,
        pictures: Pictures,
        profiles: Profiles,
        notes: AuthorNotes,
        changes: Changes,
        tasks: Tasks,
        notices: Notices,
        views: Views,
        parent: QWidget | None = None,
        clock: Callable[[], float] = time.monotonic,
        canned: Callable[[], Canned] = Canned,
        *,
        snoozing: Snoozing,
        sweeping: Sweeping,
    ) -> None:
        super().__init__(parent)
        self._notices = notices
        self._notes = AuthorNoting(notes, tasks, self)
        self._waiting = 0
        self._campaign: set[int] = set()
        self.model = QueueModel(spoken, self)
        self.list = ListPanel(self.model)
        self.view = self.list.view
        thumbnails = Thumbnails(pictures, tasks, self)
        self.card = CardPanel(thumbnails, AuthorProfiles(profiles, tasks, self))
        self.buttons = ActionsPanel()
        self.strip = NewStrip()
        self.digits = DigitsPanel()
        self.selected = SelectionStrip()
        self.communities = CommunitiesPanel()
        self.filtering = Filtering(views, tasks, notices, self)
        self.splitter = QSplitter()
        cards = Cards(queue, tasks, self)
        self._loading = Loading(queue, self.model, changes, tasks, self)
        self._deciding = Deciding(review, snoozing, self.model, self._loading, tasks, self)
        self.looking = LookingBack(review, self._deciding, self.buttons, tasks, notices, self)
        self._showing = Showing(
            cards, self.card, thumbnails, self.buttons, self.model, self.view, self.looking, clock, self
        )
        self._hand = Hand(
            queue,
            review,
            snoozing,
            self._deciding,
            self.model,
            self.view,
            cards,
            self.buttons,
            self.digits,
            canned,
            lambda: self._showing.is_armed,
            tasks,
            notices,
            self,
        )
        self._sweeps = Sweeps(sweeping, self._deciding, tasks, self)
        self.aside = Aside(queue, review, self._hand, self.buttons, tasks, notices, self, clock)
        self._right = QStackedWidget()
        self._closed = ClosedRows(self.model, lambda: self.view.item, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)

    def begin(self) -> None:
        """Load the queue."""
        self._loading.start()

    def close_down(self) -> None:
        self._loading.stop()
        self._closed.stop()

    @property
    def pending(self) -> int:
        """Decisions in their grace after which something will be carried out."""
        return self._deciding.pending

    async def settled(self) -> None:
        """Wait until what was decided by now is stored."""
        await self._deciding.settled()

    @property
    def is_armed(self) -> bool:
        """Whether a destructive key would act on the card that is shown."""
        return self._showing.is_armed

    def show_item(self, item: int) -> None:
        """Put the hand on an open item, or say that it waits further down."""
        self._loading.bring(item)

    def do(self, command: Command) -> None:
        """Carry out what a key or a button asked for."""
        if self.looking.do(command) or (not self.aside.is_open and self._hand.compose(command)):
            return
        if command in DIGITS:
            self._hand.follow_up.digit(DIGITS.index(command))
            return
        if self.aside.takes(command) and self.aside.do(command):
            return
        if command in CHOICES:
            self._hand.decide(command)
            return
        if command is Command.KEEP:
            self._hand.follow_up.keep()
            return
        self._hand.follow_up.end()
        if command in VIEWS:
            self.filtering.choose_nth(VIEWS.index(command))
            return
        orders: dict[Command, Callable[[], object]] = {
            Command.NEXT: lambda: self._step(True),
            Command.PREVIOUS: lambda: self._step(False),
            Command.SKIP: lambda: self._step(True),
            Command.SELECT: self._hand.selection.toggle,
            Command.EXTEND_NEXT: lambda: self._extend(True),
            Command.EXTEND_PREVIOUS: lambda: self._extend(False),
            Command.CANCEL: self._hand.cancel,
            Command.CONTEXT: lambda: self._turn_aside(Command.CONTEXT),
            Command.GROUP: lambda: self._turn_aside(Command.GROUP),
            Command.PURGE: lambda: self._about_author(self._sweeps.purge),
            Command.BAN_EVERYWHERE: lambda: self._about_author(self._sweeps.ban_everywhere),
            Command.BY_SCORE: self._sweeps.dismiss_by_score,
            Command.SNOOZE: self._hand.snooze,
            Command.OPINION: self._hand.ask_opinion,
            Command.OPEN: self._open,
            Command.LINKS: self._show_links,
            Command.UNDO: self._deciding.undo,
            Command.SHOW_NEW: self._loading.start,
            Command.FILTERS: self.filtering.open_all,
            Command.AUTHOR: self.card.turn_to_author,
            Command.NOTE: self.card.write_note,
        }
        if command in orders:
            orders[command]()

    def _extend(self, down: bool) -> None:
        if not self._hand.selection.extend(down) and down:
            self._loading.more()

    def _step(self, down: bool) -> None:
        if not self.view.step(down) and down:
            self._loading.more()

    def _turn_aside(self, kind: Command) -> None:
        """Show the conversation, or the group, in the place of the card."""
        entry = self.model.entry(self.view.item)
        if entry is None:
            return
        if kind is Command.GROUP and entry.row.campaign is None:
            self._notices.tell(_("This message is like no other."))
            return
        self.aside.open(kind, self.view.item)

    def _hand_on(self, item: int) -> None:
        """Another item is under the hand: paint its card from memory if it is there."""
        self._campaign = self.model.campaigns_of([item])
        if item != self.aside.item:
            self.aside.close()
        self._showing.show_item(item)
        if self.model.rowCount() - self.view.currentIndex().row() < NEAR_END:
            self._loading.more()

    def _started(self) -> None:
        self.list.show_loaded(filtered=bool(self.filtering.wanted))
        self.strip.show_count(0)
        self._showing.read_all_again()
        if not (self.view.select(self.view.item) or self._select_campaign() or self.view.to_undecided()):
            self.view.nothing()
        self._hand_on(self.view.item)

    def _select_campaign(self) -> bool:
        """Another message may stand by now for the campaign under the hand."""
        standing = self.model.of_campaigns(self._campaign)
        return any(self.view.select(item) for item in standing)

    def _continued(self) -> None:
        if self.view.item == NOTHING:
            self.view.to_undecided()

    def _came_back(self, seen: Sequence[int], undone: Undone) -> None:
        self._showing.read_again(undone.items)
        told = []
        if not self.aside.is_open and not any(self.view.select(item) for item in seen):
            told.append(_("Taken back. The message waits further down in the queue."))
        count = len(undone.items)
        if count > 1:
            text = ngettext("{n} item is back in the queue.", "{n} items are back in the queue.", count)
            told.append(text.format(n=format_number(count)))
        if undone.note is not None:
            told.append(explain_note(undone.note))
        if told:
            self._notices.tell(" ".join(told))
        self._hand_on(self.view.item)

    def _bring_under_hand(self, item: int) -> None:
        if not self.view.select(item):
            self._notices.tell(_("The message waits further down in the queue."))

    def _put_back(self, item: int) -> None:
        if self.view.item == NOTHING:
            self.view.select(item)

    def _counted(self, newer: int, communities: Sequence[CommunityQueue]) -> None:
        self._waiting = sum(each.waiting for each in communities)
        self.counted.emit(self._waiting)
        self.communities.show_queues(communities)
        self.filtering.know(communities)
        self.filtering.count()
        idle = self.view.item == NOTHING and self.model.continues_after is None
        if newer and idle:
            # Nobody's hand is on the list: nothing can slip from under it.
            self._loading.start()
        else:
            self.strip.show_count(newer)

    def show_canned(self) -> None:
        """The reasons, or the words of warnings, are others now."""
        self._hand.show_offer()

    def _open(self) -> None:
        """Show the message in the platform's own app."""
        sight = self._showing.sight
        if sight is not None:
            opening.open_message(sight.card.message, self._notices)

    def _show_links(self) -> None:
        sight = self._showing.sight
        if sight is not None:
            LinksDialog(self, addresses_in(sight.parts)).open()

    def _about_author(self, open_dialog: Callable[[Message], object]) -> None:
        sight = self._showing.sight
        if sight is not None:
            open_dialog(sight.card.message)

    def _lay_out(self) -> None:
        self._right.addWidget(self.card)
        self._right.addWidget(self.aside.panel)
        panes.fill(
            self.splitter,
            (scrolled(self.communities), self.filtering.panel),
            (self.filtering.strip, self.strip, self.selected, self.list),
            (self._right, self.digits, self.buttons),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _connect(self) -> None:
        self.view.current_item.connect(self._hand_on)
        self.filtering.changed.connect(self._loading.use)
        self.list.all_wished.connect(lambda: self.filtering.use(EVERYTHING))
        self.buttons.wished.connect(self.do)
        self.strip.clicked.connect(self._loading.start)
        self.list.again_wished.connect(self._loading.start)
        self.list.import_wished.connect(self.import_wished)
        self._notes.changed.connect(self._showing.read_author_again)
        self.card.author.note_written.connect(self._notes.add)
        self.card.author.note_removed.connect(self._notes.remove)
        self.card.author.notes.left.connect(self.view.setFocus)
        self._loading.started.connect(self._started)
        self._loading.continued.connect(self._continued)
        self._loading.changed.connect(self._showing.read_again)
        self._loading.closed.connect(self._closed.take)
        self._loading.brought.connect(self._bring_under_hand)
        self._loading.counted.connect(self._counted)
        self._loading.failed.connect(self.list.show_problem)
        self._deciding.came_back.connect(self._came_back)
        self._deciding.failed.connect(self._put_back)
        self.digits.chosen.connect(lambda number: self.do(DIGITS[number]))
        self.aside.opened.connect(lambda: self._right.setCurrentWidget(self.aside.panel))
        self.aside.closed.connect(lambda: self._right.setCurrentWidget(self.card))
        self._deciding.stored.connect(self.aside.read_again)
        self._deciding.came_back.connect(self.aside.read_again)
        self._showing.turning.connect(self.aside.close)
        self._hand.records_changed.connect(self._showing.read_all_again)
        self._hand.selection.changed.connect(self.selected.show_selection)
        self.selected.clicked.connect(self._hand.selection.clear)
        self._deciding.pending_changed.connect(self.pending_changed)
