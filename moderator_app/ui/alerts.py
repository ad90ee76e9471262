"""Tells outside the window what is grave enough, unless somebody looks already or wants quiet."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from moderator_app.domain.queue import QueueRow
from moderator_app.language import _, format_number, ngettext
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.settings import Notifications
from moderator_app.ui.names import named, shortened
from moderator_app.ui.queue.evidence import percent, printable
from moderator_app.ui.tasks import Tasks

# What arrives together is told together.
TOGETHER_MS = 1000
_LETTERS = 100


class Teller(Protocol):
    """Where alerts go."""

    def tell(self, title: str, text: str) -> None: ...

    def sound(self) -> None: ...


class Alerts(QObject):
    """`looks`: whether the window is in front, so that there is nothing to tell."""

    def __init__(
        self,
        queue: QueueReading,
        changes: Changes,
        teller: Teller,
        tasks: Tasks,
        looks: Callable[[], bool],
        parent: QObject,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._queue, self._teller, self._tasks = queue, teller, tasks
        self._looks, self._clock = looks, clock
        self._chosen = Notifications()
        self._since: int | None = None
        self._items: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._soon.timeout.connect(lambda: self._tasks.start(self._tell_new()))
        changes.subscribe(self._hear)

    @property
    def has_begun(self) -> bool:
        """Whether it is known what waited already."""
        return self._since is not None

    def begin(self) -> None:
        """What waits already is no news."""
        self._tasks.start(self._take_stock())

    def use(self, chosen: Notifications) -> None:
        self._chosen = chosen

    def tell_source(self, text: str) -> None:
        """A source stands still until somebody sees to it."""
        self._tell(_("A source needs you"), text)

    async def _take_stock(self) -> None:
        self._since = (await self._queue.page(limit=1)).revision

    def _hear(self, change: Change) -> None:
        if change.items and self._since is not None and self._wants:
            self._items |= change.items
            # Not begun anew with each message: where many come it would never end.
            if not self._soon.isActive():
                self._soon.start()

    @property
    def _wants(self) -> bool:
        return self._chosen.desktop or self._chosen.sound

    async def _tell_new(self) -> None:
        items, self._items = self._items, set()
        rows = await self._queue.rows(items)
        since = self._since or 0
        fresh = [row for row in rows if row.entered > since]
        self._since = max([since, *(row.entered for row in fresh)])
        grave = [row for row in fresh if percent(row.score) >= self._chosen.threshold]
        if grave:
            self._tell(_grave(len(grave)), self._text(max(grave, key=lambda row: row.score)))

    def _text(self, row: QueueRow) -> str:
        place = named(row.community_name, row.key.community)
        if not self._chosen.show_text:
            return place
        return shortened(f"{place} · {named(row.author_name)}: {printable(row.excerpt).strip()}", _LETTERS)

    def _tell(self, title: str, text: str) -> None:
        if self._looks() or (self._chosen.quiet and is_quiet(self._clock().time(), self._chosen)):
            return
        if self._chosen.desktop:
            self._teller.tell(title, text)
        if self._chosen.sound:
            self._teller.sound()


def is_quiet(now: time, chosen: Notifications) -> bool:
    """Whether `now` lies between the two times of day, over midnight where the first is the later one."""
    first, last = time.fromisoformat(chosen.quiet_from), time.fromisoformat(chosen.quiet_to)
    return first <= now < last if first <= last else now >= first or now < last


def _grave(count: int) -> str:
    text = ngettext("{n} grave message waits", "{n} grave messages wait", count)
    return text.format(n=format_number(count))
