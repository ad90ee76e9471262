"""The three pages over a real profile, from a decision to what is shown of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QTableView

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind, StopWord, WordKind
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.language import explain_finding, explain_note
from moderator_app.ui.dashboard.statistics_page import StatisticsPage
from moderator_app.ui.history.history_model import Column
from moderator_app.ui.history.history_page import HistoryPage
from moderator_app.ui.history.history_table import HistoryTable
from moderator_app.ui.settings.lines_panel import LinesPanel
from moderator_app.ui.settings.settings_page import SettingsPage, section_of
from moderator_app.ui.settings.stop_words_panel import StopWordsPanel
from tests.builders import messages
from tests.fakes import FakeSource
from tests.ui.conftest import Run
from tests.ui.given import Given, button, says, shown
from tests.ui.until import until

YARD = CommunityKey(Platform.TELEGRAM, "100")


@asynccontextmanager
async def judged(folder: Path) -> AsyncIterator[tuple[App, Given, int]]:
    """A profile with one item in the queue, and the item."""
    source = FakeSource(YARD)
    app = await App.open(paths.profile(folder), explain_finding, explain_note)
    app.start((source,))
    try:
        source.post(*messages("Всем доброе утро", "да пошёл ты нахуй"))
        items: list[int] = []
        while not items:
            items = [row.item for row in (await app.queue.page()).rows]
        yield app, Given(changes=app.changes), items[0]
    finally:
        await app.stop()


def settings_page(app: App, given: Given) -> SettingsPage:
    return SettingsPage(
        app.preferences,
        app.lists,
        app.policies,
        app.donors,
        app.statistics,
        app.accounts,
        app.vk,
        given.changes,
        given.tasks,
        given.notices,
    )


def test_a_decision_is_seen_counted_down_and_undone_in_the_history(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with judged(tmp_path) as (app, given, item):
            page = HistoryPage(app.history, app.review, app.exporting, given.changes, given.tasks, given.notices)
            model = page.findChildren(HistoryTable)[0].model()
            async with shown(given, page):
                await until(lambda: says(page, "No decisions yet"))
                await app.review.decide([item], Choice.DELETE, grace=25)
                await until(lambda: model.rowCount() == 1)
                assert str(model.index(0, Column.ACTIONS).data()).startswith("delete · in ")
                button(page, "Undo").click()
                await until(lambda: model.index(0, Column.ACTIONS).data() == "delete · cancelled")
                assert await app.queue.waiting() == 1

    run(work())


def test_the_statistics_count_what_was_judged_and_export_it(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with judged(tmp_path) as (app, given, _item):
            page = StatisticsPage(app.statistics, app.exporting, given.changes, given.tasks, given.notices)
            async with shown(given, page):
                await until(lambda: says(page, "50% of all"))
                words = [table.model().index(0, 0).data() for table in page.findChildren(QTableView)]
                assert any(str(word).endswith("***") for word in words)

    run(work())


def test_lists_are_saved_and_a_wrong_pattern_is_refused_by_the_engine(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with judged(tmp_path) as (app, given, _item):
            page = settings_page(app, given)
            words = page.findChildren(StopWordsPanel)[0]
            async with shown(given, page):
                page.findChildren(QListWidget)[0].setCurrentRow(section_of(ListKind.WHITELIST))
                authors = next(panel for panel in page.findChildren(LinesPanel) if panel.isVisible())
                authors.findChildren(QPlainTextEdit)[0].insertPlainText("telegram:777")
                button(authors, "Save").click()
                await until(lambda: not authors.unsaved)
                page.findChildren(QListWidget)[0].setCurrentRow(section_of(ListKind.STOP_WORDS))
                words.add([StopWord("casino"), StopWord("a(b", WordKind.PATTERN)])
                button(words, "Save").click()
                await until(lambda: says(page, "Nothing is saved until then."))
                lists = await app.lists.read()
                assert len(lists.whitelist) == 1
                assert lists.stop_words == ()

    run(work())
