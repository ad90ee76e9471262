"""Settings > Donor communities: who is named is shown, marked and banned after one confirmation."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTableView

from moderator_app.domain.decision import ActionState, Note
from moderator_app.domain.donors import Candidate, Candidates, Contact, DonorRole, Read, Standing
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.moderation.changes import Change
from moderator_app.moderation.preferences import Preferences
from moderator_app.ui.settings.donors_model import Column
from moderator_app.ui.settings.donors_panel import DonorsPanel
from moderator_app.ui.settings.settings_page import SettingsPage, section_of
from tests.builders import NOON
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

COOKING = Community(CommunityKey(Platform.VK, "45"), "Cooking")


def contact(
    id: str, standing: Standing = Standing.FREE, role: DonorRole = DonorRole.CONTACT, note: str = ""
) -> Contact:
    author = Author(AuthorKey(Platform.VK, id), f"Person {id}")
    return Contact(author, f"topic0_{id}", "soups", "Soups", role, note, standing)


def candidate(id: str, action: ActionState | None = None, why: Note | None = None, **fields: object) -> Candidate:
    named = contact(id, **fields)  # type: ignore[arg-type]
    return Candidate(COOKING, named.author, (named,), action, why)


FREE, ADS = candidate("7", note="Ads"), candidate("8", role=DonorRole.CREATOR)
OWN, BANNED = candidate("9", standing=Standing.OWN), candidate("10", standing=Standing.BANNED)
LISTED = Candidates((FREE, ADS, OWN, BANNED), (Read(COOKING, NOON, ("nobody",)),))


class Screen:
    def __init__(self, folder: Path, kept: Candidates = LISTED) -> None:
        self.given, self.donors = Given(), DonorsInMemory(kept)
        lists, policies = ListsInMemory(), PoliciesInMemory()
        preferences = Preferences(folder / "settings.json", lists, policies)
        self.page = SettingsPage(
            preferences,
            lists,
            policies,
            self.donors,
            StatisticsInMemory(counted()),
            accounts_in(folder),
            vk_in(folder),
            self.given.changes,
            self.given.tasks,
            self.given.notices,
        )
        self.page.findChildren(QListWidget)[0].setCurrentRow(section_of(ListKind.DONORS))
        self.panel = self.page.findChildren(DonorsPanel)[0]
        self.table = self.panel.findChildren(QTableView)[0]

    def column(self, column: Column) -> list[str]:
        model = self.table.model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def mark(self, row: int, state: Qt.CheckState) -> None:
        model = self.table.model()
        model.setData(model.index(row, Column.PERSON), state, Qt.ItemDataRole.CheckStateRole)

    async def ready(self) -> None:
        await until(lambda: self.table.model().rowCount())


def test_people_are_shown_with_where_they_are_named_and_how_they_stand(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path)
        async with shown(screen.given, screen.page):
            await screen.ready()
            assert screen.column(Column.PERSON) == ["Person 7", "Person 8", "Person 9", "Person 10"]
            assert screen.column(Column.NAMED)[:2] == ["Soups: contact, Ads", "Soups: owner"]
            assert screen.column(Column.STANDING) == [
                "not banned", "not banned", "manages your community: exempt", "banned",
            ]  # fmt: skip
            assert says(screen.page, "Not found on VK: nobody.")

    run(work())


def test_those_marked_are_banned_after_one_confirmation(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path)
        async with shown(screen.given, screen.page):
            await screen.ready()
            screen.mark(1, Qt.CheckState.Unchecked)
            button(screen.page, "Ban 1 person…").click()
            assert screen.donors.banned == []
            button(screen.page, "Ban 1 person for ever").click()
            await until(lambda: screen.given.told)
            assert screen.donors.banned == [(COOKING.key, (FREE.author.key,), "Named in Soups")]

    run(work())


def test_a_confirmation_can_be_left(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path)
        async with shown(screen.given, screen.page):
            await screen.ready()
            button(screen.page, "Ban 2 people…").click()
            sure = button(screen.page, "Ban 2 people for ever")
            assert sure.isVisible()
            button(screen.panel, "Cancel").click()
            assert not sure.isVisible()
            assert button(screen.page, "Ban 2 people…").isEnabled()
            button(screen.page, "Unmark all").click()
            assert not button(screen.page, "Ban 0 people…").isEnabled()
            button(screen.page, "Mark all").click()
            assert button(screen.page, "Ban 2 people…").isEnabled()
            assert screen.donors.banned == []

    run(work())


def test_what_becomes_of_a_ban_is_shown_while_it_happens(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path)
        async with shown(screen.given, screen.page):
            await screen.ready()
            refused = candidate("8", ActionState.FAILED, Note("right.restrict"), role=DonorRole.CREATOR)
            screen.donors.kept = Candidates((candidate("7", ActionState.PENDING), refused, OWN, BANNED), ())
            screen.given.changes.publish(Change())
            await until(lambda: screen.column(Column.STANDING)[0] == "is being banned")
            assert screen.column(Column.STANDING)[1].startswith("not done: ")
            assert button(screen.page, "Ban 1 person…").isEnabled()

    run(work())


def test_a_new_reading_is_asked_for(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        screen = Screen(tmp_path, Candidates((), ()))
        async with shown(screen.given, screen.page):
            await until(lambda: says(screen.page, "Nothing is read yet"))
            button(screen.page, "Read again").click()
            await until(lambda: screen.donors.asked)

    run(work())
