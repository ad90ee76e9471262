"""The composition root: builds every part but the window, starts them in order and stops them in reverse."""

import asyncio
import getpass
import logging
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Self

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.ports import Source
from moderator_app.moderation.acting import Acting
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.exporting import Exporting
from moderator_app.moderation.history import History
from moderator_app.moderation.importing import Importing, ImportSummary, Progress
from moderator_app.moderation.intake import Intake
from moderator_app.moderation.judges import Judges
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.outbox import Outbox
from moderator_app.moderation.policies import PolicyKeeping
from moderator_app.moderation.preferences import Preferences
from moderator_app.moderation.records import Explain, ExplainNote
from moderator_app.moderation.review import Review
from moderator_app.moderation.statistics import Statistics
from moderator_app.profile_lock import ProfileLock
from moderator_app.storage import lists as stored_lists
from moderator_app.storage.database import Database

log = logging.getLogger(__name__)

DATABASE = "console.sqlite3"
SETTINGS = "settings.json"


class App:
    """All use cases over one profile. Made by `open` inside the event loop; `stop` must be awaited."""

    def __init__(
        self, profile: Path, database: Database, book: RuleBook, explain: Explain, explain_note: ExplainNote
    ) -> None:
        self.profile = profile
        self.database = database
        self.changes = Changes()
        self.lists = ListKeeping(database, self.changes)
        self.policies = PolicyKeeping(database, self.changes)
        self.preferences = Preferences(profile / SETTINGS, self.lists, self.policies)
        self.judges = Judges(book)
        # What the queue was judged by; the judges may have come to know of newer rules while they were storing.
        self._queue_book = book
        self.intake = Intake(database, self.judges, self.changes)
        self.importing = Importing(self.intake, self.judges)
        self.review = Review(database, self.changes, self._grace_seconds, getpass.getuser())
        self.acting = Acting(database, self.judges, self.changes, self._grace_seconds)
        self.outbox = Outbox(database, self.changes)
        self.history = History(database)
        self.statistics = Statistics(database)
        self.exporting = Exporting(database, explain, explain_note)
        self.lock = ProfileLock(profile)
        self.sources: tuple[Source, ...] = ()
        self._offered: tuple[Source, ...] = ()
        self._role = "window"
        # The window shows a notice; a command has nothing more to say than the log.
        self.on_failure: Callable[[BaseException], None] = lambda _error: None
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, profile: Path, explain: Explain, explain_note: ExplainNote, *, to_read: bool = False) -> Self:
        """Open or make the profile's database. Raises Unreadable and Refused; nothing is changed in these cases.

        `to_read`: nothing will be written, so that a read-only database will do.
        """
        opened = Database.open_to_read if to_read else Database.open
        database = await asyncio.to_thread(opened, profile / DATABASE)
        try:
            book = await database.read(stored_lists.rule_book)
            return cls(profile, database, book, explain, explain_note)
        except BaseException:
            database.close()
            raise

    def start(self, sources: Sequence[Source] = (), role: str = "window") -> bool:
        """Watch for changes and judge what waits. With the profile's lock also run the sources and the outbox.

        Returns whether this process holds them.
        """
        self.changes.subscribe(self._hear)
        self._keep(self.changes.watch(self.database))
        self._keep(self.preferences.watch())
        self._offered, self._role = tuple(sources), role
        holds = self.take_over()
        if not holds:
            self._keep(self._judge_waiting())
        return holds

    def take_over(self) -> bool:
        """Run the sources and the outbox from now on. False while another process does."""
        if not self.lock.take(self._role):
            return False
        self.sources = self._offered
        self._keep(self._run())
        return True

    async def stop(self) -> None:
        """Stop what runs and close the database. What is pending is kept for the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.judges.close()
        await asyncio.to_thread(self.database.close)
        self.lock.release()

    async def import_file(self, path: Path, progress: Progress | None = None) -> ImportSummary:
        """Import a file, then judge what an earlier, interrupted import left. Raises Unreadable and Refused."""
        from moderator_app.sources.export_file import open_export

        try:
            return await self.importing.run(await asyncio.to_thread(open_export, path), progress)
        finally:
            self._keep(self._judge_waiting())

    async def use_new_rules(self) -> None:
        """Go by the lists and policies as they are stored now, and judge the queue again where they say otherwise."""
        book = await self.database.read(stored_lists.rule_book)
        former, self._queue_book = self._queue_book, book
        if book.default.version != self.judges.book.default.version:
            self.judges.use(book)
        if not book.judges_as(former):
            await self.intake.rules_changed()

    def _grace_seconds(self) -> float:
        return self.preferences.current.review.grace_seconds

    def _hear(self, change: Change) -> None:
        if change.lists:
            self._keep(self.use_new_rules())
        if change.items and self.sources:
            self._keep(self._let_rules_act(change.items))

    async def _let_rules_act(self, items: frozenset[int]) -> None:
        await self.acting.consider(items)

    async def _run(self) -> None:
        """Judge what the last run left, then go on with the live feed."""
        await self.intake.judge_waiting()
        for source in self.sources:
            self._keep(self.intake.watch(source))
        if self.sources:
            self._keep(self.outbox.run(self.sources))

    async def _judge_waiting(self) -> None:
        await self.intake.judge_waiting()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Own a task: keep it alive, log its failure."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a background task failed", exc_info=error)
            self.on_failure(error)
