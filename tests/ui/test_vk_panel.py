"""VK communities in the settings: added and removed by hand, against the loopback server."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit

from moderator_app import language
from moderator_app.credentials import Credentials, Secret
from moderator_app.settings import Vk
from moderator_app.ui.settings.vk_panel import VkPanel
from tests.keyrings import MemoryKeyring, in_memory
from tests.servers.vk import VkServer
from tests.ui.conftest import Run
from tests.ui.given import Given, Hands, button, says, shown
from tests.ui.stored import vk_in
from tests.ui.until import until

COMMUNITY, PERSON = "The community's token", "The token of a moderator's page, if you have one"


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with in_memory() as ring:
        yield ring


class Screen(Hands):
    panel: VkPanel

    def __init__(self, server: VkServer, folder: Path) -> None:
        self.world = server.world
        self.anna = self.world.add_user("Anna", "A")
        self.cooking = self.world.add_community("Cooking", self.anna)
        self.given = Given()
        self.communities = vk_in(folder, Vk(api=server.address), Credentials())
        self.panel = VkPanel(self.communities, self.given.tasks, self.given.notices)

    async def asked_for(self, name: str) -> None:
        await until(lambda: self.sees(name))

    def lines(self) -> list[str]:
        return [each.text() for each in self.panel.findChildren(QLabel) if each.isVisible()]


@asynccontextmanager
async def screen(folder: Path) -> AsyncIterator[Screen]:
    with VkServer(limits=False) as server:
        seen = Screen(server, folder)
        async with shown(seen.given, seen.panel):
            yield seen


def test_a_community_is_added_with_both_tokens_and_removed(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def scenario() -> None:
        async with screen(tmp_path) as seen:
            assert says(seen.panel, "No community is watched yet")
            community, user = seen.world.community_token(seen.cooking), seen.world.user_token(seen.anna)
            seen.press("Add a VK community")
            await seen.asked_for(COMMUNITY)
            assert says(seen.panel, "Working with API")
            assert seen.field(COMMUNITY).echoMode() is QLineEdit.EchoMode.Password
            seen.type(COMMUNITY, "short")
            await until(lambda: says(seen.panel, "does not look like a token"))
            seen.type(COMMUNITY, community)
            await seen.asked_for(PERSON)
            assert says(seen.panel, "The community: Cooking")
            assert says(seen.panel, "Implicit Flow")
            seen.type(PERSON, user)
            await until(lambda: says(seen.panel, "With these tokens of Cooking and Anna A"))
            assert "✓ delete comments on posts and bring them back" in seen.lines()
            assert not any(line.startswith("✗") for line in seen.lines())
            assert not button(seen.panel, "Switch on what is missing").isVisible()
            seen.press("Add the community")
            await until(lambda: seen.panel.listed.rows)
            assert [row.account.name for row in seen.panel.listed.rows] == ["Cooking"]
            assert "Anna A moderates there" in seen.given.told[-1].text
            id = seen.cooking.id
            kept = {name: token for (_service, name), token in ring.kept.items()}
            assert kept == {f"{Secret.VK_COMMUNITY_TOKEN}:{id}": community, f"{Secret.VK_USER_TOKEN}:{id}": user}
            assert seen.field(COMMUNITY).text() == seen.field(PERSON).text() == ""
            box = seen.panel.findChildren(QCheckBox)[0]
            box.click()
            assert seen.communities.known()[0].read_only
            seen.press("Remove")
            seen.press("Really remove")
            await until(lambda: not seen.communities.known())
            await until(lambda: not seen.panel.listed.rows)
            assert ring.kept == {}

    run(scenario())


def test_without_a_moderators_token_it_is_shown_what_will_not_work(
    run: Run, tmp_path: Path, ring: MemoryKeyring
) -> None:
    async def scenario() -> None:
        async with screen(tmp_path) as seen:
            seen.cooking.long_poll.is_enabled = False
            seen.press("Add a VK community")
            await seen.asked_for(COMMUNITY)
            seen.type(COMMUNITY, seen.world.community_token(seen.cooking))
            await seen.asked_for(PERSON)
            seen.press("Go on without it")
            await until(lambda: says(seen.panel, "With the token of Cooking"))
            assert "✗ delete comments on posts and bring them back" in seen.lines()
            assert "✓ delete chat messages for everybody" in seen.lines()
            assert says(seen.panel, "Long Poll is switched off")
            seen.press("Switch on what is missing")
            await until(lambda: not says(seen.panel, "Long Poll is switched off"))
            await until(lambda: not button(seen.panel, "Switch on what is missing").isVisible())
            assert seen.cooking.long_poll.is_enabled
            language.use("ru")
            QApplication.sendEvent(seen.panel, QEvent(QEvent.Type.LanguageChange))
            for step in (seen.panel.wizard, seen.panel.wizard.result):
                QApplication.sendEvent(step, QEvent(QEvent.Type.LanguageChange))
            await until(lambda: "✗ удалять и восстанавливать комментарии к записям" in seen.lines())

    try:
        run(scenario())
    finally:
        language.use("en")


def test_wrong_and_refused_tokens_are_asked_for_again(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def scenario() -> None:
        async with screen(tmp_path) as seen:
            revoked = seen.world.user_token(seen.anna)
            seen.press("Add a VK community")
            await seen.asked_for(COMMUNITY)
            seen.type(COMMUNITY, revoked)
            await until(lambda: says(seen.panel, "not a community's token"))
            await seen.asked_for(COMMUNITY)
            seen.type(COMMUNITY, seen.world.community_token(seen.cooking))
            await seen.asked_for(PERSON)
            seen.world.revoke(revoked)
            seen.type(PERSON, revoked)
            await until(lambda: says(seen.panel, "does not accept the moderator's token"))
            await seen.asked_for(PERSON)
            seen.press("Cancel")
            await until(lambda: button(seen.panel, "Add a VK community").isVisible())
            assert ring.kept == {}
            assert seen.field(PERSON).text() == ""

    run(scenario())
