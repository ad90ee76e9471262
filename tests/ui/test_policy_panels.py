"""Rules and violations in the settings, set by hand over policies in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QListWidget,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.rule_record import RuleRecord
from moderator_app.domain.rules import RULES
from moderator_app.language import policy_key_name
from moderator_app.moderation.changes import Change
from moderator_app.moderation.policies import KeptPolicies
from moderator_app.moderation.preferences import Preferences
from moderator_app.rule_names import POLICY
from moderator_app.ui.settings.policy_panel import PolicyPanel
from moderator_app.ui.settings.rules_model import Column
from moderator_app.ui.settings.rules_table import RulesTable
from moderator_app.ui.settings.settings_page import RULES as RULES_SECTION
from moderator_app.ui.settings.settings_page import VIOLATIONS, SettingsPage, section_of
from tests.ui.conftest import Run
from tests.ui.given import Given, button, says, shown
from tests.ui.stored import (
    DonorsInMemory,
    ListsInMemory,
    PoliciesInMemory,
    StatisticsInMemory,
    accounts_in,
    counted,
    vk_in,
)
from tests.ui.until import until

YARD = CommunityKey(Platform.TELEGRAM, "100")


class Screen:
    def __init__(self, folder: Path, kept: KeptPolicies | None = None) -> None:
        self.given = Given()
        self.policies = PoliciesInMemory(kept or KeptPolicies({}, {}))
        lists = ListsInMemory()
        preferences = Preferences(folder / "settings.json", lists, self.policies)
        statistics = StatisticsInMemory(counted(), [Community(YARD, "Двор")])
        self.page = SettingsPage(
            preferences,
            lists,
            self.policies,
            DonorsInMemory(),
            statistics,
            accounts_in(folder),
            vk_in(folder),
            self.given.changes,
            self.given.tasks,
            self.given.notices,
        )
        self.lists = lists
        self.sections = self.page.findChildren(QListWidget)[0]
        self.table = self.page.findChildren(RulesTable)[0]

    @property
    def panel(self) -> PolicyPanel:
        return next(each for each in self.page.findChildren(PolicyPanel) if each.isVisible())

    def named(self, kind: type[QWidget], name: str) -> QWidget:
        found = [each for each in self.panel.findChildren(kind) if each.accessibleName() == name]
        assert found, name
        return found[-1]

    def choose(self, rule: str) -> None:
        """Walk down the table to a rule."""
        self.table.setFocus()
        while self.row(rule) != self.table.currentIndex().row():
            down = self.table.currentIndex().row() < self.row(rule)
            QTest.keyClick(self.table, Qt.Key.Key_Down if down else Qt.Key.Key_Up)

    def row(self, rule: str) -> int:
        return list(RULES).index(rule)

    def cell(self, rule: str, column: Column) -> str:
        return str(self.table.model().index(self.row(rule), column).data())

    def write(self, name: str, text: str) -> None:
        box = self.named(QAbstractSpinBox, name)
        assert isinstance(box, QAbstractSpinBox)
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)

    def look_at(self, place: int) -> None:
        box = self.named(QComboBox, "Applies to")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(place)
        box.activated.emit(place)

    async def save(self) -> None:
        button(self.panel, "Save").click()
        await until(lambda: not self.page.unsaved)


@asynccontextmanager
async def opened(folder: Path, section: int, kept: KeptPolicies | None = None) -> AsyncIterator[Screen]:
    screen = Screen(folder, kept)
    async with shown(screen.given, screen.page):
        screen.page.activateWindow()
        await until(lambda: QApplication.activeWindow() is screen.page)
        screen.sections.setCurrentRow(section)
        box = screen.named(QComboBox, "Applies to")
        assert isinstance(box, QComboBox)
        await until(lambda: box.count() == 2)
        yield screen


def test_the_space_bar_switches_the_chosen_rule_off_and_on(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, RULES_SECTION) as screen:
            screen.choose("flood")
            QTest.keyClick(screen.table, Qt.Key.Key_Space)
            assert says(screen.panel, "Changes not saved yet")
            assert screen.sections.item(RULES_SECTION).text().endswith("•")
            await screen.save()
            assert screen.policies.kept.own == {None: {"rules.flood.enabled": False}}
            QTest.keyClick(screen.table, Qt.Key.Key_Space)
            await screen.save()
            assert screen.policies.kept.own == {None: {}}

    run(work())


def test_the_numbers_of_a_rule_are_set_with_their_units(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, RULES_SECTION) as screen:
            screen.choose("flood")
            screen.write("Messages of one author, from", "7")
            unit = screen.named(QComboBox, "Within: unit")
            assert isinstance(unit, QComboBox)
            QTest.keyClick(unit, Qt.Key.Key_Down)
            screen.write("Counts from a score of", "65")
            assert screen.cell("flood", Column.THRESHOLD) == "65"
            await screen.save()
            kept = {"rules.flood.count": 7, "rules.flood.seconds": 600, "rules.flood.threshold": 0.65}
            assert screen.policies.kept.own == {None: kept}
            screen.choose("emoji")
            screen.write("Share of emoji, from", "25")
            await screen.save()
            assert screen.policies.kept.own[None]["rules.emoji.share"] == 0.25

    run(work())


def test_a_number_out_of_its_range_cannot_be_written(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, RULES_SECTION) as screen:
            screen.choose("flood")
            screen.write("Messages of one author, from", "99999")
            screen.write("Within", "999999")
            for value in screen.panel.draft.changes.get(None, {}).values():
                assert isinstance(value, int | float)
                assert value <= 9999
            await screen.save()

    run(work())


def test_the_tab_key_goes_from_the_table_through_the_form_to_save(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, RULES_SECTION) as screen:
            screen.choose("flood")
            QTest.keyClick(screen.table, Qt.Key.Key_Space)
            await until(lambda: screen.named(QCheckBox, "Rule is on").isVisible())
            passed = []
            for _ in range(14):
                focused = QApplication.focusWidget()
                assert focused is not None
                passed.append(focused.accessibleName() or getattr(focused, "text", str)())
                QTest.keyClick(focused, Qt.Key.Key_Tab)
            assert passed[:3] == ["Rules", "Rule is on", "Reset: Rule is on"]
            assert passed.index("Suggests") < passed.index("Within") < passed.index("Save") < passed.index("Discard")

    run(work())


def test_a_community_has_own_values_beside_the_common_ones_and_gives_them_back(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        kept = KeptPolicies({None: {"rules.flood.weight": 2.0}}, {})
        async with opened(tmp_path, RULES_SECTION, kept) as screen:
            screen.look_at(1)
            screen.choose("flood")
            assert screen.cell("flood", Column.WEIGHT) == "2"
            screen.write("Weight", "3")
            bold = screen.table.model().index(screen.row("flood"), Column.WEIGHT).data(Qt.ItemDataRole.FontRole)
            assert bold.bold()
            await screen.save()
            assert screen.policies.kept.own[YARD] == {"rules.flood.weight": 3.0}
            assert "Двор · own values" in _choices(screen)
            screen.look_at(0)
            assert screen.cell("flood", Column.WEIGHT) == "2"
            screen.look_at(1)
            back = screen.named(QToolButton, "Reset: Weight")
            assert isinstance(back, QToolButton)
            assert "Common value: 2" in back.toolTip()
            back.click()
            assert screen.cell("flood", Column.WEIGHT) == "2"
            await screen.save()
            assert screen.policies.kept.own[YARD] == {}

    run(work())


def _choices(screen: Screen) -> list[str]:
    box = screen.named(QComboBox, "Applies to")
    assert isinstance(box, QComboBox)
    return [box.itemText(place) for place in range(box.count())]


def test_edits_in_several_scopes_wait_for_one_saving_and_can_be_discarded(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, RULES_SECTION) as screen:
            screen.choose("flood")
            screen.write("Weight", "3")
            screen.look_at(1)
            screen.write("Weight", "4")
            await screen.save()
            assert screen.policies.kept.own == {None: {"rules.flood.weight": 3.0}, YARD: {"rules.flood.weight": 4.0}}
            screen.write("Weight", "1")
            button(screen.panel, "Discard").click()
            assert screen.cell("flood", Column.WEIGHT) == "4"
            assert not screen.page.unsaved

    run(work())


def test_a_policy_changed_elsewhere_is_shown_and_leaves_what_is_being_edited(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, RULES_SECTION) as screen:
            screen.choose("flood")
            screen.write("Weight", "3")
            await screen.policies.change({None: {"rules.flood.weight": 2.0, "rules.links.weight": 0.5}})
            screen.given.changes.publish(Change(lists=True))
            await until(lambda: screen.cell("links", Column.WEIGHT) == "0.5")
            assert screen.cell("flood", Column.WEIGHT) == "3"
            await screen.save()
            assert screen.policies.kept.own == {None: {"rules.flood.weight": 3.0, "rules.links.weight": 0.5}}

    run(work())


def test_only_a_rule_that_proved_right_may_act_by_itself(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        records = {(YARD, "flood"): RuleRecord(24, 1), (YARD, "links"): RuleRecord(3, 1)}
        async with opened(tmp_path, RULES_SECTION, KeptPolicies({}, records)) as screen:
            screen.look_at(1)
            screen.choose("links")
            assert not screen.named(QCheckBox, "Acts by itself").isEnabled()
            assert screen.cell("links", Column.RECORD) == "3 of 4"
            screen.choose("flood")
            assert says(screen.panel, "24 of 25")
            acts = screen.named(QCheckBox, "Acts by itself")
            acts.setFocus()
            QTest.keyClick(acts, Qt.Key.Key_Space)
            await screen.save()
            assert screen.policies.kept.own == {YARD: {"rules.flood.acts": True}}

    run(work())


def test_the_ladder_and_the_exemptions_are_set_for_a_community(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with opened(tmp_path, VIOLATIONS) as screen:
            screen.look_at(1)
            screen.write("Ban from violation", "5")
            screen.write("Violations count for", "7")
            screen.write("Spam", "80")
            managers = screen.named(QCheckBox, "Managers")
            managers.setFocus()
            QTest.keyClick(managers, Qt.Key.Key_Space)
            await screen.save()
            assert screen.policies.kept.own == {
                YARD: {
                    "ladder.ban": 5,
                    "ladder.seconds": 604_800,
                    "thresholds.spam": 0.8,
                    "exemptions.managers": False,
                }
            }

    run(work())


def test_a_channel_is_listed_with_its_status_and_shown_as_it_is_kept(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path)
        async with shown(screen.given, screen.page):
            screen.sections.setCurrentRow(section_of(ListKind.CHANNELS))
            editor = next(each for each in screen.page.findChildren(QPlainTextEdit) if each.isVisible())
            QTest.keyClicks(editor, "telegram:-1001234567890=blocked")
            button(screen.page, "Save").click()
            await until(lambda: says(screen.page, "Saved"))
            assert list(map(str, screen.lists.lists.channels)) == ["telegram:-1234567890"]
            QTest.keyClicks(editor, "x")
            button(screen.page, "Save").click()
            assert says(screen.page, "Line 1: telegram:-1001234567890=blockedx is not a channel with its status.")

    run(work())


def test_every_number_of_a_rule_has_a_name_for_people() -> None:
    for rule in RULES.values():
        for name in rule.numbers:
            assert f"{rule.id}.{name}" in POLICY or name in POLICY, f"{rule.id}.{name}"
            assert policy_key_name(f"rules.{rule.id}.{name}")
