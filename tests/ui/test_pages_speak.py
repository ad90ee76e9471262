"""Every page speaks the chosen language, to the eye and to the ear."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollBar,
    QTableView,
    QWidget,
)

from moderator_app import language
from moderator_app.domain.decision import ActionState
from moderator_app.domain.lists import Lists, StopWord
from moderator_app.moderation.preferences import Preferences
from moderator_app.ui.dashboard.statistics_page import StatisticsPage
from moderator_app.ui.history.history_page import HistoryPage
from moderator_app.ui.settings.settings_page import SettingsPage
from tests.ui.conftest import Run
from tests.ui.decided import action, line
from tests.ui.given import Given, shown
from tests.ui.stored import (
    DonorsInMemory,
    ExportingInMemory,
    HistoryInMemory,
    ListsInMemory,
    PoliciesInMemory,
    ReviewInMemory,
    StatisticsInMemory,
    accounts_in,
    counted,
    vk_in,
)
from tests.ui.until import until

# What is the same in both languages: names, examples, formats.
SAME = re.compile(
    r"telegram|vk(?:\.com)?|json|csv|enter|ctrl|shift|alt|backspace|esc|english|system|telegram:\d+"
    # What Telegram calls things, and where they are.
    r"|https://[\w./-]+|api_id|api_hash|moderator console|socks5|mtproxy|http\b"
    # What VK calls things, and where they are.
    r"|devsupport@corp\.vk\.com|dev\.vk\.com|vk\.com|standalone|implicit flow"
    r"|\b(?:api|wall|groups|photos|video|market|offline)\b"
    # What is written in lists.
    r"|example\.org|some_bot|some_name|club45|allowed \(|pending \(|suspicious \(|=?blocked|/report|@admin"
    # What stands for numbers in warnings.
    r"|\{(?:level|mute|ban)\}",
    re.IGNORECASE,
)
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def history(given: Given, folder: Path) -> QWidget:
    late = action(state=ActionState.WAITING, due=None)
    said = line(1, actions=[late], author_name="Иван", community_name="Двор", excerpt="текст", by="аня")
    kept = HistoryInMemory([said])
    return HistoryPage(
        kept, ReviewInMemory(kept, given.changes), ExportingInMemory(), given.changes, given.tasks, given.notices
    )


def statistics(given: Given, folder: Path) -> QWidget:
    return StatisticsPage(StatisticsInMemory(counted()), ExportingInMemory(), given.changes, given.tasks, given.notices)


def settings(given: Given, folder: Path) -> QWidget:
    lists, policies = ListsInMemory(Lists(stop_words=(StopWord("казино"),))), PoliciesInMemory()
    preferences = Preferences(folder / "settings.json", lists, policies)
    statistics = StatisticsInMemory(counted())
    accounts = accounts_in(folder)
    donors = DonorsInMemory()
    return SettingsPage(
        preferences,
        lists,
        policies,
        donors,
        statistics,
        accounts,
        vk_in(folder),
        given.changes,
        given.tasks,
        given.notices,
    )


@pytest.mark.parametrize("make", [history, statistics, settings])
def test_no_english_is_left_after_the_change(make: Callable[[Given, Path], QWidget], run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        given = Given()
        page = make(given, tmp_path)
        async with shown(given, page):
            await until(lambda: any(table.model().rowCount() for table in page.findChildren(QTableView)))
            assert _english(page)
            language.use("ru")
            QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
            await until(lambda: not _english(page))

    run(work())


@pytest.mark.parametrize("make", [history, statistics, settings])
def test_every_control_has_a_name_for_screen_readers(
    make: Callable[[Given, Path], QWidget], run: Run, tmp_path: Path
) -> None:
    async def work() -> None:
        given = Given()
        page = make(given, tmp_path)
        async with shown(given, page):
            await until(lambda: any(table.model().rowCount() for table in page.findChildren(QTableView)))
            assert [widget for widget in page.findChildren(QWidget) if _takes_focus(widget) and not _name(widget)] == []

    run(work())


def _takes_focus(widget: QWidget) -> bool:
    if isinstance(widget, QLabel | QHeaderView | QScrollBar) or widget.isHidden():
        return False
    if widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
        return False
    above = widget.parentWidget()
    while above is not None:
        # The parts of a control answer to its name.
        if isinstance(above, QComboBox | QAbstractSpinBox | QAbstractScrollArea):
            return False
        above = above.parentWidget()
    return True


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def _english(page: QWidget) -> list[str]:
    texts = [text for widget in page.findChildren(QWidget) for text in _texts(widget)]
    return [text for text in texts if ENGLISH.search(SAME.sub("", text))]


def _texts(widget: QWidget) -> list[str]:
    told = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    match widget:
        case QLabel() | QAbstractButton():
            told.append(widget.text())
        case QLineEdit():
            told.append(widget.placeholderText())
        case QComboBox():
            told += [widget.itemText(place) for place in range(widget.count())]
        case QListWidget():
            told += [widget.item(place).text() for place in range(widget.count())]
        case QTableView():
            told += _cells(widget)
    return told


def _cells(table: QTableView) -> list[str]:
    model = table.model()
    columns = range(model.columnCount())
    headers = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    return headers + [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in columns]
