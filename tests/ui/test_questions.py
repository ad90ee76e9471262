"""What VK asks a human stands in the window, is answered there, and what was stopped goes on: the whole way."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from moderator_app.cli.live import follow
from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.message import Platform
from moderator_app.ui.widgets.question_panel import QuestionPanel
from moderator_app.vk_communities import VkTokens
from tests.keyrings import MemoryKeyring, in_memory
from tests.servers.vk import KEY, VkServer
from tests.ui.conftest import Run
from tests.ui.given import button, says
from tests.ui.shop import Shop, shop
from tests.ui.until import until

INSULT = "да пошёл ты нахуй"


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    with in_memory() as ring:
        yield ring


class Live:
    """The running window, and a community whose both tokens it has."""

    def __init__(self, server: VkServer, at: Shop) -> None:
        self.server, self.at, self.world = server, at, server.world
        self.anna, self.spammer = self.world.add_user("Anna"), self.world.add_user("Spam")
        self.cooking = self.world.add_community("Cooking", self.anna)
        self.post = self.world.post(self.cooking, "Soup")
        self.tokens = VkTokens(self.world.community_token(self.cooking), self.world.user_token(self.anna))

    async def connect(self) -> None:
        app = self.at.app
        app.preferences.set("vk.api", self.server.address)
        app.preferences.set("vk.write_gap", "0")
        self.at.tasks.start(follow(app))
        checked = await app.vk.check(self.tokens)
        await app.vk.keep(checked.account, self.tokens)
        name = f"{Platform.VK}:{checked.account.id}"
        await until(lambda: name in app.states.current and app.states.current[name].state == "connected")

    async def items(self, *texts: str) -> list[int]:
        """Of comments that are written now."""
        for text in texts:
            self.world.comment(self.post, self.spammer, text)
        while True:
            page = await self.at.app.queue.page()
            if len(page.rows) == len(texts):
                return [row.item for row in page.rows]
            await asyncio.sleep(0.01)

    async def states(self) -> list[ActionState]:
        lines = await self.at.app.history.page()
        return [each.state for line in lines for each in line.decision.actions]

    async def until_states(self, *wanted: ActionState) -> None:
        while await self.states() != list(wanted):
            await asyncio.sleep(0.01)

    @property
    def panel(self) -> QuestionPanel:
        return self.at.window.question


@asynccontextmanager
async def live(folder: Path) -> AsyncIterator[Live]:
    with VkServer(limits=False) as server:
        async with shop(folder) as at:
            one = Live(server, at)
            await one.connect()
            yield one


def test_a_captcha_is_shown_and_answered_and_everything_goes_on(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with live(tmp_path) as one:
            items = await one.items(INSULT, "ты охуел?")
            assert not one.panel.isVisible()
            one.server.captchas.demand(one.tokens.user, "wall.deleteComment")
            for item in items:
                await one.at.app.review.decide([item], Choice.DELETE, grace=0)
            await until(lambda: one.panel.isVisible())
            assert says(one.panel, "VK asks whether a human is at work")
            assert says(one.panel, f"{one.server.address}/not_robot_captcha")
            assert button(one.panel, "Open in the browser").isVisible()
            await until(lambda: any(not each.pixmap().isNull() for each in one.panel.findChildren(QLabel)))
            await one.until_states(ActionState.WAITING, ActionState.WAITING)
            field = one.panel.findChildren(QLineEdit)[0]
            field.setFocus()
            QTest.keyClicks(field, "wrong")
            QTest.keyClick(field, Qt.Key.Key_Return)
            # Another one is asked.
            await until(lambda: one.server.arrived["wall.deleteComment"] == 2)
            await until(lambda: one.panel.isVisible() and one.panel.isEnabled() and not field.text())
            field.setFocus()
            QTest.keyClicks(field, KEY)
            QTest.keyClick(field, Qt.Key.Key_Return)
            await one.until_states(ActionState.DONE, ActionState.DONE)
            await until(lambda: not one.panel.isVisible())
            assert one.server.captchas.solved == 1
            assert len(one.world.done("delete")) == 2

    run(scenario())


def test_a_confirmation_is_given_by_going_on(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with live(tmp_path) as one:
            (item,) = await one.items(INSULT)
            unconfirmed: dict[str, Any] = {"when": lambda given, _: given.get("confirm") != "1"}
            one.server.faults.fail("wall.deleteComment", 24, 9, confirmation_text="Точно удалить?", **unconfirmed)
            await one.at.app.review.decide([item], Choice.DELETE, grace=0)
            await until(lambda: one.panel.isVisible())
            assert says(one.panel, "Точно удалить?")
            assert not one.panel.findChildren(QLineEdit)[0].isVisible()
            button(one.panel, "Go on").click()
            await one.until_states(ActionState.DONE)
            await until(lambda: not one.panel.isVisible())

    run(scenario())
