"""The composition root: builds every part but the window, starts them in order and stops them in reverse."""

import asyncio
import getpass
import logging
import os
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from moderator_app import settings
from moderator_app.accounts import TelegramAccounts
from moderator_app.ai_access import AiAccess, limits
from moderator_app.classifiers.pictures import NoPicture, downscaled
from moderator_app.credentials import Credentials
from moderator_app.domain.accounts import Account
from moderator_app.domain.canned import Canned, lines_of
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import AuthorKey, Message, MessageKey, Platform
from moderator_app.domain.ports import Source
from moderator_app.domain.profile import Profile
from moderator_app.moderation.acting import Acting
from moderator_app.moderation.ai_budget import Budget
from moderator_app.moderation.ai_preview import Preview
from moderator_app.moderation.archive import StoredArchive
from moderator_app.moderation.author_notes import AuthorNotes
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.classifying import Classifying
from moderator_app.moderation.donors import DonorKeeping
from moderator_app.moderation.exporting import Exporting
from moderator_app.moderation.history import History
from moderator_app.moderation.importing import Importing, ImportSummary, Progress
from moderator_app.moderation.intake import Intake
from moderator_app.moderation.judges import Judges
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.on_demand import OnDemand
from moderator_app.moderation.outbox import Outbox
from moderator_app.moderation.pace import UNPACED, Pace
from moderator_app.moderation.pictures import Pictures
from moderator_app.moderation.policies import PolicyKeeping
from moderator_app.moderation.preferences import Preferences
from moderator_app.moderation.profiles import Profiles
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.moderation.records import Explain, ExplainNote
from moderator_app.moderation.review import Review
from moderator_app.moderation.rights import RightsKeeping
from moderator_app.moderation.search import Search
from moderator_app.moderation.snoozing import Snoozing
from moderator_app.moderation.source_states import SourceStates
from moderator_app.moderation.statistics import Statistics
from moderator_app.moderation.stories import Stories
from moderator_app.moderation.sweeping import Sweeping
from moderator_app.moderation.views import Views
from moderator_app.moderation.watching import Watching
from moderator_app.profile_lock import ProfileLock
from moderator_app.settings import Settings
from moderator_app.storage import lists as stored_lists
from moderator_app.storage.database import Database
from moderator_app.vk_communities import VkCommunities

log = logging.getLogger(__name__)

DATABASE = "console.sqlite3"
PHOTO = "photo"
SETTINGS = "settings.json"


class App:
    """All use cases over one profile. Made by `open` inside the event loop; `stop` must be awaited."""

    def __init__(
        self,
        profile: Path,
        database: Database,
        book: RuleBook,
        explain: Explain,
        explain_note: ExplainNote,
        kept: Credentials,
    ) -> None:
        self.profile = profile
        self.database = database
        self.changes = Changes()
        self.lists = ListKeeping(database, self.changes)
        self.policies = PolicyKeeping(database, self.changes)
        self.preferences = Preferences(profile / SETTINGS, self.lists, self.policies)
        self.accounts = TelegramAccounts(profile / SETTINGS, kept, self._telegram, self._language)
        self.accounts.let_go = self._let_go
        self.vk = VkCommunities(profile / SETTINGS, kept, self._vk)
        self.vk.let_go = self._let_go
        self.judges = Judges(book)
        # What the queue was judged by; the judges may have come to know of newer rules while they were storing.
        self._queue_book = book
        self.ai = AiAccess(kept, lambda: self._settings_of_run().openai)
        self._budget = Budget(database, lambda: limits(self.preferences.current))
        self.classifying = Classifying(
            database,
            self.changes,
            lambda: self.judges.book,
            self._budget,
            self.ai.connect,
            picture=self._picture,
            profile=self._profile,
        )
        self.ai_preview = Preview(database, lambda: self.judges.book, self._budget)
        self.intake = Intake(database, self.judges, self.changes, judged=self.classifying.offer)
        self.importing = Importing(self.intake, self.judges)
        self.queue = QueueReading(database)
        self.review = Review(
            database,
            self.changes,
            self._grace_seconds,
            getpass.getuser(),
            warnings=self._warnings,
            most_unasked=lambda: self.preferences.current.review.confirm_over,
        )
        self.sweeping = Sweeping(
            database, self.changes, self._grace_seconds, getpass.getuser(), warnings=self._warnings
        )
        self.snoozing = Snoozing(database, self.changes, getpass.getuser())
        self.acting = Acting(database, self.judges, self.changes, self._grace_seconds, self._warnings)
        self.outbox = Outbox(database, self.changes, pace=self._pace)
        self.rights = RightsKeeping(database, self.changes)
        self.donors = DonorKeeping(database, self.changes, self._grace_seconds, getpass.getuser())
        # What sources are built with.
        self.archive = StoredArchive(database)
        self.states = SourceStates()
        self._watching = Watching(self.intake, self.states)
        self.author_notes = AuthorNotes(database, getpass.getuser())
        # Each at its own pace: Telegram counts questions about people apart.
        self.pictures = Pictures(OnDemand(lambda: self.sources))
        self.profiles = Profiles(OnDemand(lambda: self.sources))
        self.history = History(database)
        self.views = Views(database)
        self.search = Search(database)
        self.stories = Stories(database, self.changes, self._grace_seconds)
        self.statistics = Statistics(database)
        self.exporting = Exporting(database, explain, explain_note)
        self.lock = ProfileLock(profile)
        self.sources: tuple[Source, ...] = ()
        self._offered: tuple[Source, ...] = ()
        self._role = "window"
        # The window shows a notice; a command has nothing more to say than the log.
        self.on_failure: Callable[[BaseException], None] = lambda _error: None
        self._tasks: set[asyncio.Task[None]] = set()
        # What runs for a source.
        self._recovered = asyncio.Event()
        self._running: dict[Source, tuple[asyncio.Task[None], ...]] = {}

    @classmethod
    async def open(
        cls,
        profile: Path,
        explain: Explain,
        explain_note: ExplainNote,
        *,
        to_read: bool = False,
        kept: Credentials | None = None,
    ) -> Self:
        """Open or make the profile's database. Raises Unreadable and Refused; nothing is changed in these cases.

        `to_read`: nothing will be written, so that a read-only database will do. `kept`: the secrets of this run.
        """
        opened = Database.open_to_read if to_read else Database.open
        database = await asyncio.to_thread(opened, profile / DATABASE)
        try:
            book = await database.read(stored_lists.rule_book)
            return cls(profile, database, book, explain, explain_note, kept or Credentials())
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
        self._keep(self.snoozing.watch())
        self._keep(self.accounts.watch())
        self._keep(self.vk.watch())
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

    async def use_sources(self, sources: Sequence[Source]) -> None:
        """Have these sources and no others, once this process runs any; those that run already go on."""
        self._offered = tuple(sources)
        if not self.lock.is_held:
            return
        former, self.sources = self.sources, self._offered
        for source in former:
            if source not in self.sources:
                await self._end(source)
        if self._recovered.is_set():
            self._run_sources()

    def start_again(self, source: str) -> None:
        """Start a source that was signed out or stopped: somebody has seen to it."""
        self._watching.start_again(source)

    async def stop(self) -> None:
        """Stop what runs and close the database. What is pending is kept for the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.judges.close()
        await self.classifying.close()
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
        self.classifying.look_again()
        if not book.judges_as(former):
            await self.intake.rules_changed()

    def _grace_seconds(self) -> float:
        return self.preferences.current.review.grace_seconds

    def _telegram(self) -> settings.Telegram:
        return settings.for_this_run(self.preferences.current, os.environ).telegram

    def _vk(self) -> settings.Vk:
        return settings.for_this_run(self.preferences.current, os.environ).vk

    def _language(self) -> str:
        return self.preferences.current.appearance.language or settings.Language.ENGLISH

    def canned(self) -> Canned:
        """What moderators choose among by a digit."""
        reasons, warnings = self.preferences.current.reasons, self.preferences.current.warnings
        return Canned(
            {"ru": lines_of(reasons.ru), "en": lines_of(reasons.en)},
            {"ru": lines_of(warnings.ru), "en": lines_of(warnings.en)},
        )

    def _warnings(self) -> dict[str, str]:
        warnings = self.preferences.current.warnings
        return {"ru": warnings.ru, "en": warnings.en}

    def _pace(self, source: str) -> Pace:
        chosen = self.preferences.current
        match source.partition(":")[0]:
            case Platform.TELEGRAM:
                return Pace(chosen.telegram.actions_per_minute)
            case Platform.VK:
                return replace(UNPACED, gap=self._vk().write_gap)
        return UNPACED

    def _hear(self, change: Change) -> None:
        if change.lists:
            self._keep(self.use_new_rules())
        if change.items and self.sources:
            self._keep(self._let_rules_act(change.items))

    async def _let_go(self, account: Account) -> None:
        name = f"{account.platform}:{account.id}"
        await self.use_sources([source for source in self._offered if source.name != name])

    async def _let_rules_act(self, items: frozenset[int]) -> None:
        await self.acting.consider(items)

    async def _run(self) -> None:
        """Judge what the last run left, then go on with the live feed."""
        await self.intake.judge_waiting()
        await self.outbox.recover()
        self._recovered.set()
        self._run_sources()
        self._keep(self._classify())
        self._keep(self.donors.watch(lambda: self.sources))
        await self.rights.watch(lambda: self.sources)

    async def _classify(self) -> None:
        """Have AI asked about what arrives, by the settings as they are at any moment."""
        asked_by = self._about_ai()

        def hear(_settings: Settings) -> None:
            nonlocal asked_by
            if asked_by != self._about_ai():
                asked_by = self._about_ai()
                self._keep(self.classifying.use_new_settings())

        self.preferences.subscribe(hear)
        await self.classifying.run()

    async def _profile(self, key: MessageKey, author: AuthorKey) -> Profile | None:
        return await self.profiles.profile(key, author)

    async def _picture(self, message: Message) -> bytes | None:
        """The first picture of a message as it may be sent; None where there is none, or none to be had now."""
        for index, part in enumerate(message.attachments):
            if part.kind != PHOTO:
                continue
            try:
                content = await self.pictures.thumbnail(message.key, index)
                return None if content is None else await asyncio.to_thread(downscaled, content)
            except (ModeratorError, NoPicture):
                return None
        return None

    def _about_ai(self) -> tuple[object, ...]:
        return self.preferences.current.ai, self._settings_of_run().openai

    def _settings_of_run(self) -> Settings:
        return settings.for_this_run(self.preferences.current, os.environ)

    def _run_sources(self) -> None:
        for source in self.sources:
            if source not in self._running:
                work = (self._watching.watch(source), self.outbox.serve(source))
                self._running[source] = tuple(self._keep(each) for each in work)

    async def _end(self, source: Source) -> None:
        tasks = self._running.pop(source, ())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.states.forget(source.name)

    async def _judge_waiting(self) -> None:
        await self.intake.judge_waiting()

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Own a task: keep it alive, log its failure."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a background task failed", exc_info=error)
            self.on_failure(error)
