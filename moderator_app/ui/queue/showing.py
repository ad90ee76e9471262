"""Shows the card of the item under the hand, painted from memory, and has those of the next few ready."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.message import AuthorKey
from moderator_app.language import _
from moderator_app.ui.notices import explain
from moderator_app.ui.queue.actions_panel import ActionsPanel
from moderator_app.ui.queue.card_panel import CardPanel
from moderator_app.ui.queue.cards import Cards, Sight
from moderator_app.ui.queue.looking_back import LookingBack
from moderator_app.ui.queue.queue_model import QueueModel
from moderator_app.ui.queue.queue_view import NOTHING, QueueView
from moderator_app.ui.queue.thumbnails import Thumbnails, places

ARM_SECONDS = 0.15
AHEAD = 5


class Showing(QObject):
    """`turning`: the card is about to show a decision that is looked at, or the queue again."""

    turning = Signal()

    def __init__(
        self,
        cards: Cards,
        panel: CardPanel,
        thumbnails: Thumbnails,
        buttons: ActionsPanel,
        model: QueueModel,
        view: QueueView,
        looking: LookingBack,
        clock: Callable[[], float],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._cards, self._panel, self._thumbnails, self._buttons = cards, panel, thumbnails, buttons
        self._model, self._view, self._looking, self._clock = model, view, looking, clock
        self._armed_at = 0.0
        cards.ready.connect(self._ready)
        cards.failed.connect(self._failed)
        looking.turned.connect(self._turn)

    @property
    def is_armed(self) -> bool:
        """Whether a destructive key would act on the card that is shown."""
        return self._panel.item == self._view.item and self._clock() >= self._armed_at

    @property
    def sight(self) -> Sight | None:
        """What is known of the item under the hand, once it is."""
        return self._cards.get(self._view.item)

    def show_item(self, item: int) -> None:
        """Paint the card of an item if it is in memory, and ask for it and the next ones if not."""
        self._show(item)
        self._want()
        self._want_pictures()

    def read_again(self, items: Sequence[int]) -> None:
        self._cards.forget(items)
        self._want()

    def read_author_again(self, author: AuthorKey) -> None:
        self._cards.forget_author(author)
        self._want()

    def read_all_again(self) -> None:
        self._cards.forget_all()
        self._want()

    def _show(self, item: int) -> None:
        sight, entry = self._cards.get(item), self._model.entry(item)
        self._buttons.allow(item != NOTHING, sight.card.obstacles if sight is not None else ())
        if item == NOTHING:
            self._show_done()
        elif sight is None:
            self._panel.nothing()
        else:
            if self._panel.item != item:
                self._armed_at = self._clock() + ARM_SECONDS
            self._panel.show_sight(sight, entry.row if entry else None)

    def _show_done(self) -> None:
        if self._model.rowCount():
            self._panel.nothing(_("All decided"), _("Esc takes the newest decision back while it is grey."))
        else:
            self._panel.nothing()

    def _turn(self) -> None:
        self.turning.emit()
        case = self._looking.case
        if case is None:
            self._show(self._view.item)
        elif (sight := self._cards.get(case.item)) is not None:
            self._buttons.allow(True)
            self._panel.show_sight(sight, None, self._looking.told)
        else:
            self._cards.want([case.item])

    def _ready(self, item: int) -> None:
        case = self._looking.case
        if case is not None and item == case.item:
            self._turn()
        elif item == self._view.item and case is None:
            self._show(item)
        self._want_pictures()

    def _failed(self, item: int, error: Exception) -> None:
        if item == self._view.item:
            self._panel.nothing(_("This message cannot be shown"), explain(error))

    def _want(self) -> None:
        self._cards.want(self._next_items())

    def _want_pictures(self) -> None:
        """Of the card under the hand, and of the next few."""
        sights = (self._cards.get(item) for item in self._next_items())
        live = (sight for sight in sights if sight is not None and sight.card.can_act)
        self._thumbnails.want([place for sight in live for place in places(sight.parts)])

    def _next_items(self) -> list[int]:
        line = self._view.currentIndex().row()
        entries = (self._model.entry_at(place) for place in range(max(line, 0), line + 1 + 2 * AHEAD))
        wanted = [one.row.item for one in entries if one is not None and one.is_open]
        here = [self._view.item] if self._view.item not in (NOTHING, *wanted) else []
        return [*here, *wanted[: AHEAD + 1]]
