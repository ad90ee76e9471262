"""The statistics page over counts in memory."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QTableView, QToolButton

from moderator_app import language
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.statistics import Overview, Period
from moderator_app.moderation.changes import Change
from moderator_app.moderation.exporting import ExportKind
from moderator_app.ui.dashboard.bar_chart import BarChart
from moderator_app.ui.dashboard.statistics_page import StatisticsPage
from moderator_app.ui.theme import DARK, LIGHT, palette
from tests.ui.conftest import Run
from tests.ui.given import Given, button, says, shown
from tests.ui.stored import ExportingInMemory, StatisticsInMemory, counted
from tests.ui.until import until

YARD = CommunityKey(Platform.TELEGRAM, "1")
NOTHING = Overview(Period.ALL, None, None, 0, 0, 0, 0, (), (), (), ())


class Screen:
    def __init__(self, shown_first: Overview | None = None) -> None:
        self.given = Given()
        self.statistics = StatisticsInMemory(shown_first or counted(), [Community(YARD, "Yard")])
        self.exporting = ExportingInMemory()
        self.page = StatisticsPage(
            self.statistics, self.exporting, self.given.changes, self.given.tasks, self.given.notices
        )

    def tab(self, text: str) -> QToolButton:
        return next(each for each in self.page.findChildren(QToolButton) if each.text() == text)

    def cells(self) -> list[str]:
        tables = [table for table in self.page.findChildren(QTableView) if table.isVisible()]
        models = [table.model() for table in tables]
        return [
            str(model.index(row, column).data())
            for model in models
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]


def test_totals_users_and_censored_words_are_shown(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        async with shown(screen.given, screen.page):
            await until(lambda: says(screen.page, "1,200"))
            assert says(screen.page, "25% of all")
            assert {"Иван", "9", "х**", "оскорбление"} <= set(screen.cells())

    run(work())


def test_nothing_counted_yet_says_what_would_change_that(run: Run) -> None:
    async def work() -> None:
        screen = Screen(NOTHING)
        async with shown(screen.given, screen.page):
            await until(lambda: says(screen.page, "Nothing counted yet"))
            screen.tab("Today").click()
            await until(lambda: says(screen.page, "Nothing in this period"))
            button(screen.page, "Show all time").click()
            await until(lambda: says(screen.page, "Nothing counted yet"))

    run(work())


def test_period_and_community_are_asked_for(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        async with shown(screen.given, screen.page):
            await until(lambda: screen.page.findChildren(QComboBox)[0].count() == 2)
            screen.tab("7 days").click()
            screen.page.findChildren(QComboBox)[0].setCurrentIndex(1)
            await until(lambda: (Period.WEEK, YARD) in screen.statistics.asked)

    run(work())


def test_the_values_of_a_bar_are_read_by_the_arrow_keys(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        async with shown(screen.given, screen.page):
            await until(lambda: screen.page.findChildren(BarChart))
            chart = screen.page.findChildren(BarChart)[0]
            QTest.keyClick(chart, Qt.Key.Key_Left)
            assert says(screen.page, "Mar 11, 2026 · Messages: 49 · Flagged: 9")
            QTest.keyClick(chart, Qt.Key.Key_Left)
            assert chart.accessibleDescription() == "Mar 10, 2026 · Messages: 48 · Flagged: 8"

    run(work())


def test_the_charts_can_be_read_as_a_table(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        async with shown(screen.given, screen.page):
            await until(lambda: says(screen.page, "1,200"))
            screen.tab("As a table").click()
            assert screen.cells()[:4] == ["Mar 11, 2026", "49", "9", "18"]

    run(work())


def test_changed_counts_are_read_again_once_while_the_page_is_seen(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        screen.page.findChildren(QTimer)[0].setInterval(10)
        async with shown(screen.given, screen.page):
            await until(lambda: says(screen.page, "1,200"))
            screen.statistics.shown = counted(1300)
            for _change in range(5):
                screen.given.changes.publish(Change(counts=True))
            await until(lambda: says(screen.page, "1,300"))
            assert len(screen.statistics.asked) == 2

    run(work())


def test_an_unseen_page_waits_until_it_is_shown(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        screen.given.changes.publish(Change(counts=True))
        assert screen.statistics.asked == []
        async with shown(screen.given, screen.page):
            await until(lambda: len(screen.statistics.asked) == 1)

    run(work())


def test_charts_follow_theme_and_language(run: Run) -> None:
    async def work() -> None:
        screen = Screen()
        async with shown(screen.given, screen.page):
            await until(lambda: screen.page.findChildren(BarChart))
            chart = screen.page.findChildren(BarChart)[0]
            for tokens in (DARK, LIGHT):
                screen.page.setPalette(palette(tokens))
                assert chart.background().name() == tokens.panel.lower()
            language.use("ru")
            QApplication.sendEvent(screen.page, QEvent(QEvent.Type.LanguageChange))
            assert screen.tab("Сегодня").isVisible()

    run(work())


def test_the_counts_are_exported_to_the_chosen_file(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen()
        async with shown(screen.given, screen.page):
            await until(lambda: says(screen.page, "1,200"))
            button(screen.page, "Export…").click()
            dialog = screen.page.findChildren(QFileDialog)[0]
            dialog.fileSelected.emit(str(tmp_path / "counts.csv"))
            dialog.close()
            await until(lambda: screen.given.told)
            assert screen.exporting.written == [(ExportKind.STATISTICS, tmp_path / "counts.csv")]

    run(work())


def test_the_drawing_library_is_not_loaded_before_charts_are_looked_at() -> None:
    script = "import sys, moderator_app.ui.dashboard.statistics_page; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_nothing_is_exported_while_nothing_is_counted_and_the_button_says_so(run: Run) -> None:
    async def work() -> None:
        screen = Screen(NOTHING)
        async with shown(screen.given, screen.page):
            export = button(screen.page, "Export…")
            await until(lambda: screen.statistics.asked)
            assert not export.isEnabled()
            assert export.toolTip() == "Nothing is counted yet that could be written to a file."
            screen.statistics.shown = counted()
            screen.given.changes.publish(Change(counts=True))
            screen.tab("7 days").click()
            await until(export.isEnabled)
            assert export.toolTip() == ""

    run(work())
