"""The settings page over lists in memory and a settings file."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QRadioButton, QSpinBox

from moderator_app.domain.errors import Refused
from moderator_app.domain.lists import ListKind, Lists, StopWord, WordKind
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.domain.statistics import Overview, Period
from moderator_app.domain.verdict import Label
from moderator_app.moderation.changes import Change
from moderator_app.moderation.preferences import Preferences
from moderator_app.settings import Language, Theme
from moderator_app.ui.settings.settings_page import APPEARANCE, REVIEW, SettingsPage, section_of
from moderator_app.ui.settings.stop_words_model import Column
from moderator_app.ui.settings.stop_words_panel import StopWordsPanel
from moderator_app.ui.settings.stop_words_table import StopWordsTable
from tests.ui.conftest import Run
from tests.ui.given import Given, button, says, shown
from tests.ui.stored import DonorsInMemory, ListsInMemory, PoliciesInMemory, StatisticsInMemory, accounts_in, vk_in
from tests.ui.until import until

WHITELIST, BLACKLIST, STOP_WORDS = map(section_of, (ListKind.WHITELIST, ListKind.BLACKLIST, ListKind.STOP_WORDS))
IVAN, CLUB = AuthorKey(Platform.TELEGRAM, "777"), AuthorKey(Platform.VK, "-45")


class Screen:
    def __init__(self, folder: Path, section: int, lists: Lists | None = None) -> None:
        self.given = Given()
        self.lists, self.policies = ListsInMemory(lists or Lists()), PoliciesInMemory()
        self.preferences = Preferences(folder / "settings.json", self.lists, self.policies)
        nothing = Overview(Period.ALL, None, None, 0, 0, 0, 0, (), (), (), ())
        self.page = SettingsPage(
            self.preferences,
            self.lists,
            self.policies,
            DonorsInMemory(),
            StatisticsInMemory(nothing),
            accounts_in(folder),
            vk_in(folder),
            self.given.changes,
            self.given.tasks,
            self.given.notices,
        )
        self.sections = self.page.findChildren(QListWidget)[0]
        self.sections.setCurrentRow(section)
        self.words = self.page.findChildren(StopWordsPanel)[0]
        self.table = self.page.findChildren(StopWordsTable)[0]

    @property
    def editor(self) -> QPlainTextEdit:
        return next(each for each in self.page.findChildren(QPlainTextEdit) if each.isVisible())

    @property
    def seconds(self) -> QSpinBox:
        return next(box for box in self.page.findChildren(QSpinBox) if box.accessibleName().startswith("Seconds"))

    def field(self, name: str) -> QLineEdit:
        return next(each for each in self.page.findChildren(QLineEdit) if each.accessibleName() == name)

    def texts(self) -> list[str]:
        model = self.table.model()
        return [model.index(row, Column.TEXT).data() for row in range(model.rowCount())]

    def changed_elsewhere(self, words: Iterable[StopWord]) -> None:
        self.lists.lists = Lists(stop_words=tuple(words))
        self.given.changes.publish(Change(lists=True))


def test_language_and_theme_are_kept_as_soon_as_they_are_chosen(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, APPEARANCE)
        async with shown(screen.given, screen.page):
            buttons = {each.accessibleName(): each for each in screen.page.findChildren(QRadioButton)}
            buttons["Language: Русский"].click()
            buttons["Colours: Dark"].click()
            kept = Preferences(tmp_path / "settings.json", screen.lists, screen.policies).current.appearance
            assert kept.language is Language.RUSSIAN
            assert kept.theme is Theme.DARK

    run(work())


def test_the_grace_time_is_kept_within_its_bounds(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, REVIEW)
        async with shown(screen.given, screen.page):
            seconds = screen.seconds
            assert seconds.value() == 5
            seconds.setValue(99)
            assert screen.preferences.current.review.grace_seconds == 30

    run(work())


def test_a_setting_that_cannot_be_kept_is_told_and_taken_back(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, REVIEW)

        def refuse(key: str, text: str) -> None:
            raise Refused("files.not_written", path="settings.json", reason="disk full")

        monkeypatch.setattr(screen.preferences, "set", refuse)
        async with shown(screen.given, screen.page):
            seconds = screen.seconds
            seconds.setValue(7)
            assert len(screen.given.told) == 1
            assert seconds.value() == 5

    run(work())


def test_a_wrong_line_is_named_and_nothing_is_saved_until_it_is_right(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, WHITELIST, Lists(whitelist=frozenset({IVAN})))
        async with shown(screen.given, screen.page):
            await until(lambda: "telegram:777" in screen.editor.toPlainText())
            screen.editor.appendPlainText("vk:-45 # our club\nivan")
            button(screen.page, "Save").click()
            assert says(screen.page, "Line 3: ivan is not an author. Write telegram:ID or vk:ID. Nothing is saved")
            assert screen.lists.lists.whitelist == {IVAN}
            assert len(screen.editor.extraSelections()) == 1
            screen.editor.setPlainText("telegram:777\nvk:-45 # our club\n")
            screen.editor.document().setModified(True)
            button(screen.page, "Save").click()
            await until(lambda: says(screen.page, "Saved"))
            assert screen.lists.lists.whitelist == {IVAN, CLUB}
            assert "# our club" in screen.editor.toPlainText()

    run(work())


def test_emptied_report_words_are_the_usual_ones_again(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, section_of(ListKind.REPORT_WORDS))
        async with shown(screen.given, screen.page):
            await until(lambda: "жалоба" in screen.editor.toPlainText())
            usual = screen.editor.toPlainText()
            screen.editor.selectAll()
            screen.editor.cut()
            button(screen.page, "Save").click()
            await until(lambda: says(screen.page, "Saved"))
            screen.given.changes.publish(Change(lists=True))
            await until(lambda: screen.editor.toPlainText() == usual)
            assert not screen.page.unsaved

    run(work())


def test_an_unsaved_list_is_marked_and_waits_while_another_section_is_looked_at(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, BLACKLIST)
        async with shown(screen.given, screen.page):
            screen.editor.insertPlainText("vk:6099")
            assert screen.sections.item(BLACKLIST).text().endswith("•")
            assert screen.page.unsaved
            screen.sections.setCurrentRow(APPEARANCE)
            screen.page.hide()
            screen.page.show()
            screen.sections.setCurrentRow(BLACKLIST)
            assert screen.editor.toPlainText() == "vk:6099"
            button(screen.page, "Discard").click()
            assert not screen.page.unsaved

    run(work())


def test_a_word_is_added_changed_and_saved(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, STOP_WORDS)
        async with shown(screen.given, screen.page):
            screen.field("New word or phrase").setText(" casino ")
            button(screen.page, "Add").click()
            model = screen.table.model()
            model.setData(model.index(0, Column.LABEL), Label.SPAM)
            model.setData(model.index(0, Column.KIND), WordKind.SUBSTRING)
            button(screen.page, "Save").click()
            await until(lambda: says(screen.page, "Saved"))
            assert screen.lists.lists.stop_words == (StopWord("casino", WordKind.SUBSTRING, Label.SPAM),)
            assert not screen.page.unsaved

    run(work())


def test_a_pasted_list_is_added_line_by_line_without_repeating_what_is_there(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, STOP_WORDS, Lists(stop_words=(StopWord("casino"),)))
        async with shown(screen.given, screen.page):
            await until(lambda: screen.texts() == ["casino"])
            QGuiApplication.clipboard().setText("casino\r\n\r\nquick money\nквартира")
            button(screen.page, "Paste a list").click()
            assert screen.texts() == ["casino", "quick money", "квартира"]
            assert says(screen.page, "2 added. 1 was there already.")

    run(work())


def test_the_search_narrows_the_table_and_removes_only_what_is_chosen(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(
            tmp_path, STOP_WORDS, Lists(stop_words=tuple(map(StopWord, ("Casino", "money", "casino royal"))))
        )
        async with shown(screen.given, screen.page):
            await until(lambda: len(screen.texts()) == 3)
            screen.field("Search in the list").setText("CASINO")
            await until(lambda: screen.texts() == ["Casino", "casino royal"])
            assert says(screen.page, "2 of 3")
            screen.table.selectRow(1)
            button(screen.page, "Remove").click()
            screen.field("Search in the list").clear()
            await until(lambda: screen.texts() == ["Casino", "money"])

    run(work())


def test_a_refused_pattern_is_marked_where_it_stands(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        words = (StopWord("casino"), StopWord("a(b", WordKind.PATTERN))
        screen = Screen(tmp_path, STOP_WORDS, Lists(stop_words=words))
        screen.lists.refusal = Refused("stop_word.pattern", pattern="a(b", detail="missing )")
        async with shown(screen.given, screen.page):
            await until(lambda: len(screen.texts()) == 2)
            model = screen.table.model()
            model.setData(model.index(0, Column.TEXT), "roulette")
            button(screen.page, "Save").click()
            await until(lambda: says(screen.page, "Nothing is saved until then."))
            assert screen.table.currentIndex().row() == 1
            assert screen.page.unsaved

    run(work())


def test_an_empty_entry_is_marked_by_its_place(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        words = (StopWord("casino"), StopWord("\u200b"), StopWord("money"))
        screen = Screen(tmp_path, STOP_WORDS, Lists(stop_words=words))
        screen.lists.refusal = Refused("lists.empty", number=2)
        async with shown(screen.given, screen.page):
            await until(lambda: len(screen.texts()) == 3)
            screen.table.model().setData(screen.table.model().index(0, Column.TEXT), "roulette")
            button(screen.page, "Save").click()
            await until(lambda: says(screen.page, "Entry 2 is empty."))
            assert screen.table.currentIndex().row() == 1

    run(work())


def test_a_list_changed_elsewhere_is_shown_but_never_over_unsaved_changes(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, STOP_WORDS)
        async with shown(screen.given, screen.page):
            screen.changed_elsewhere([StopWord("casino")])
            await until(lambda: screen.texts() == ["casino"])
            screen.field("New word or phrase").setText("mine")
            button(screen.page, "Add").click()
            screen.changed_elsewhere([StopWord("theirs")])
            await until(lambda: says(screen.page, "changed elsewhere"))
            assert screen.texts() == ["casino", "mine"]
            button(screen.page, "Discard").click()
            assert screen.texts() == ["theirs"]

    run(work())
