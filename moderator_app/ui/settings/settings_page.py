"""The settings: sections on the left, the chosen one beside them."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.accounts import TelegramAccounts
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.list_entries import LINES, entries
from moderator_app.domain.lists import ListKind, StopWord
from moderator_app.language import _, list_name
from moderator_app.moderation import policies
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.donors import DonorKeeping
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.policies import PolicyKeeping, Scope
from moderator_app.moderation.preferences import Preferences
from moderator_app.moderation.statistics import Statistics
from moderator_app.ui.names import MOST_CHOSEN, named, shortened
from moderator_app.ui.notices import Notices
from moderator_app.ui.settings.accounts_panel import AccountsPanel
from moderator_app.ui.settings.accounts_tabs import AccountsTabs
from moderator_app.ui.settings.ai_panel import AiPanel
from moderator_app.ui.settings.appearance_panel import AppearancePanel
from moderator_app.ui.settings.donors_panel import DonorsPanel
from moderator_app.ui.settings.keys_panel import KeysPanel
from moderator_app.ui.settings.lines_panel import LinesPanel
from moderator_app.ui.settings.notifications_panel import NotificationsPanel
from moderator_app.ui.settings.policy_panel import PolicyPanel
from moderator_app.ui.settings.review_panel import ReviewPanel
from moderator_app.ui.settings.rules_panel import RulesPanel
from moderator_app.ui.settings.sections_list import SectionsList
from moderator_app.ui.settings.stop_words_panel import StopWordsPanel
from moderator_app.ui.settings.violations_panel import ViolationsPanel
from moderator_app.ui.settings.vk_panel import VkPanel
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.vk_communities import VkCommunities

WIDEST = 110 * GRID

APPEARANCE, KEYS, NOTIFICATIONS, ACCOUNTS, REVIEW, RULES, VIOLATIONS, AI, FIRST_LIST = range(9)

LISTS = (ListKind.STOP_WORDS, *(kind for kind in ListKind if kind is not ListKind.STOP_WORDS))

SECTIONS: tuple[Callable[[], str], ...] = (
    lambda: _("Appearance"),
    lambda: _("Keys"),
    lambda: _("Notifications"),
    lambda: _("Accounts"),
    lambda: _("Review"),
    lambda: _("Rules"),
    lambda: _("Violations"),
    lambda: _("AI"),
    *(partial(list_name, kind) for kind in LISTS),
)

# Panels that hold what is saved only when it is asked for.
Saved = PolicyPanel | LinesPanel | StopWordsPanel


def section_of(kind: ListKind) -> int:
    """The place of a list among the sections."""
    return FIRST_LIST + LISTS.index(kind)


class SettingsPage(QWidget):
    """What `preferences` hears takes effect through whoever else listens to them.

    `ai_server` is where the server is set that all communities share.
    """

    def __init__(
        self,
        preferences: Preferences,
        lists: ListKeeping,
        policies: PolicyKeeping,
        donors: DonorKeeping,
        statistics: Statistics,
        accounts: TelegramAccounts,
        vk: VkCommunities,
        changes: Changes,
        tasks: Tasks,
        notices: Notices,
        ai_server: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._lists, self._policies, self._statistics = preferences, lists, policies, statistics
        self._tasks, self._notices = tasks, notices
        self._appearance, self._keys, self._review = AppearancePanel(), KeysPanel(), ReviewPanel()
        self._notifications = NotificationsPanel()
        self._of_machine = (self._appearance, self._keys, self._notifications, self._review)
        telegram = AccountsPanel(accounts, preferences, tasks, notices)
        self._accounts = AccountsTabs(telegram, VkPanel(vk, tasks, notices))
        self._of_policies: tuple[PolicyPanel, ...] = (RulesPanel(), ViolationsPanel(), AiPanel(ai_server))
        self._words = StopWordsPanel()
        self._lines = {kind: LinesPanel(kind) for kind in LINES}
        self._panels: dict[int, Saved] = {
            **dict(enumerate(self._of_policies, RULES)),
            section_of(ListKind.STOP_WORDS): self._words,
            **{section_of(kind): panel for kind, panel in self._lines.items()},
        }
        self._donors = DonorsPanel(self._lines[ListKind.DONORS], donors, changes, tasks, notices)
        self._saving: set[asyncio.Task[None]] = set()
        self._sections, self._body = SectionsList(len(SECTIONS)), QStackedWidget()
        self._lay_out()
        self._connect()
        self.close_subscription = changes.subscribe(self._hear)
        preferences.subscribe(lambda _settings: self._show_settings())
        self._show_settings()
        self._name_sections()
        self._sections.setCurrentRow(0)

    @property
    def unsaved(self) -> bool:
        """Whether closing the window now would lose something."""
        return bool(self._edited())

    def show_section(self, place: int) -> None:
        self._sections.setCurrentRow(place)

    async def save(self) -> bool:
        """Save what is unsaved. False, and the section in view, where something could not be."""
        for place in self._edited():
            self._panels[place].save()
        await asyncio.gather(*self._saving, return_exceptions=True)
        refused = self._edited()
        if refused:
            self._sections.setCurrentRow(refused[0])
        return not refused

    def _edited(self) -> list[int]:
        """The sections with something unsaved."""
        return [place for place, panel in sorted(self._panels.items()) if panel.unsaved]

    def _lay_out(self) -> None:
        for panel in (self._appearance, self._keys, self._notifications, self._accounts, self._review):
            self._body.addWidget(panel)
        for _place, saved in sorted(self._panels.items()):
            self._body.addWidget(self._donors if saved is self._lines[ListKind.DONORS] else saved)
        self._body.setMaximumWidth(WIDEST)
        ground = QWidget()
        ground.setProperty("panel", True)
        ground.setProperty("rule", "left")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QHBoxLayout(ground)
        inner.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inner.addWidget(self._body, 1)
        # What the column leaves over stays empty at its right.
        inner.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_panel(self._sections))
        row.addWidget(ground, 1)

    def _connect(self) -> None:
        self._sections.currentRowChanged.connect(self._body.setCurrentIndex)
        for chooser in self._of_machine:
            chooser.chosen.connect(self._set)
        for kind, panel in self._lines.items():
            panel.save_wanted.connect(lambda entries, kind=kind: self._start(self._save_lines(kind, entries)))
        for policy in self._of_policies:
            policy.save_wanted.connect(lambda changes, panel=policy: self._start(self._save_policies(panel, changes)))
        self._words.save_wanted.connect(lambda words: self._start(self._save_words(words)))
        for each in self._panels.values():
            each.unsaved_changed.connect(self._name_sections)

    def _start(self, saving: Coroutine[Any, Any, None]) -> None:
        task = self._tasks.start(saving)
        self._saving.add(task)
        task.add_done_callback(self._saving.discard)

    def _set(self, key: str, value: str) -> None:
        try:
            self._preferences.set(key, value)
        except ModeratorError as error:
            self._notices.report(error)
            self._show_settings()

    def _show_settings(self) -> None:
        for chooser in self._of_machine:
            chooser.show_settings(self._preferences.current)

    def _hear(self, change: Change) -> None:
        if change.lists:
            self._tasks.start(self._read())

    async def _read(self) -> None:
        communities = await self._statistics.communities()
        names = {each.key: shortened(named(each.name, each.key.community), MOST_CHOSEN) for each in communities}
        lists, kept = await self._lists.read(), await self._policies.read()
        for policy in self._of_policies:
            policy.show_stored(kept)
            policy.show_communities(names)
        self._words.show_communities(names)
        self._words.show_stored(lists.stop_words)
        for kind, panel in self._lines.items():
            panel.show_stored(entries(lists, kind))

    async def _save_lines(self, kind: ListKind, entries: tuple[str, ...]) -> None:
        panel = self._lines[kind]
        try:
            await self._lists.set_lines(kind, entries)
        except ModeratorError as error:
            panel.show_refused(error)
            return
        except Exception:
            panel.show_failed()
            raise
        panel.show_saved(entries)

    async def _save_policies(self, panel: PolicyPanel, changes: Mapping[Scope, policies.Change]) -> None:
        try:
            await self._policies.change(changes)
        except ModeratorError as error:
            panel.show_refused(error)
            return
        except Exception:
            panel.show_failed()
            raise
        panel.show_saved(await self._policies.read())

    async def _save_words(self, words: tuple[StopWord, ...]) -> None:
        try:
            await self._lists.set_stop_words(words)
        except ModeratorError as error:
            self._words.show_refused(error)
            return
        except Exception:
            self._words.show_failed()
            raise
        self._words.show_saved(words)

    def _name_sections(self) -> None:
        edited = self._edited()
        self._sections.name([(name(), place in edited) for place, name in enumerate(SECTIONS)])

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tasks.start(self._read())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._name_sections()
        super().changeEvent(event)


def _panel(sections: QWidget) -> QWidget:
    panel = QWidget()
    box = QVBoxLayout(panel)
    box.setContentsMargins(GRID, GRID, GRID, GRID)
    box.addWidget(sections)
    return panel
