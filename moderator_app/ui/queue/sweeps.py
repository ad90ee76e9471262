"""Opens the dialogs that decide very many at once, with the numbers of this moment."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Message
from moderator_app.moderation.review import Decided
from moderator_app.moderation.sweeping import Sweeping
from moderator_app.ui.queue.deciding import Deciding, Wish
from moderator_app.ui.queue.sweep_dialogs import BanDialog, BandsDialog, PurgeDialog
from moderator_app.ui.queue.wording import writer
from moderator_app.ui.tasks import Tasks


class Sweeps(QObject):
    def __init__(self, sweeping: Sweeping, deciding: Deciding, tasks: Tasks, page: QWidget) -> None:
        super().__init__(page)
        self._sweeping, self._deciding, self._tasks, self._page = sweeping, deciding, tasks, page

    def purge(self, message: Message) -> None:
        """Everything by the author of a message."""
        if message.author is not None:
            self._tasks.start(self._purge(message))

    def ban_everywhere(self, message: Message) -> None:
        """The author of a message, in all communities."""
        if message.author is not None:
            self._tasks.start(self._ban_everywhere(message))

    def dismiss_by_score(self) -> None:
        self._tasks.start(self._dismiss_by_score())

    async def _purge(self, message: Message) -> None:
        assert message.author is not None
        who = message.author.key
        counted = await self._sweeping.purges(who)

        def decide(seconds: int | None, choice: Choice) -> None:
            self._make(choice, lambda: self._sweeping.purge(who, seconds, choice))

        PurgeDialog(self._page, writer(message), counted, decide).open()

    async def _ban_everywhere(self, message: Message) -> None:
        assert message.author is not None
        who = message.author.key
        places = await self._sweeping.ban_places(who)

        def ban() -> None:
            self._make(Choice.BAN, lambda: self._sweeping.ban_everywhere(who))

        BanDialog(self._page, writer(message), who.platform, places, ban).open()

    async def _dismiss_by_score(self) -> None:
        counts = await self._sweeping.bands()

        def dismiss(band: int) -> None:
            self._make(Choice.DISMISS, lambda: self._sweeping.dismiss_below(band))

        BandsDialog(self._page, counts, dismiss).open()

    def _make(self, choice: Choice, store: Callable[[], Awaitable[Decided]]) -> None:
        self._deciding.decide(Wish((), choice), store)
