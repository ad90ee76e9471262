"""A Telegram account comes, rests and goes while the window runs: all by hand, against the loopback server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget

from moderator_app.cli.live import follow
from moderator_app.credentials import Secret
from moderator_app.domain.decision import ActionState, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.ports import SourceState
from moderator_app.ui.keys import Command
from moderator_app.ui.queue.thumbnails import Look
from moderator_app.ui.settings.accounts_panel import AccountsPanel
from moderator_app.ui.settings.qr_picture import QrPicture
from moderator_app.ui.settings.settings_page import ACCOUNTS, SettingsPage
from tests.keyrings import MemoryKeyring, in_memory
from tests.servers.telegram import Chat, TelegramServer
from tests.sources.telegram.test_client import to
from tests.test_accounts import KEYS, signed_in
from tests.ui.conftest import Run
from tests.ui.given import button
from tests.ui.shop import FLAGGED, Shop, shop
from tests.ui.stored import accounts_in
from tests.ui.test_thumbnails import picture
from tests.ui.until import until


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    with in_memory() as ring:
        yield ring


class Live:
    """The running window, a supergroup with a moderator whose account it is, and a member who writes."""

    def __init__(self, server: TelegramServer, at: Shop) -> None:
        self.server, self.at, self.world = server, at, server.world
        self.owner, self.moderator, self.member = (self.world.add_user(name) for name in ("Owner", "Anna", "Member"))
        self.group: Chat = self.world.add_supergroup("Двор", self.owner, [self.moderator, self.member])
        self.world.promote(self.group, self.moderator)

    @property
    def panel(self) -> AccountsPanel:
        return self.at.window.findChildren(AccountsPanel)[0]

    @property
    def name(self) -> str:
        return f"telegram:{self.moderator.id}"

    @property
    def state(self) -> SourceState | None:
        found = self.at.app.states.current.get(self.name)
        return found.state if found else None

    @property
    def texts(self) -> list[str]:
        return [entry.row.excerpt for entry in self.at.session.queue.model.entries()]

    def open_accounts(self) -> None:
        self.at.window.show_page(Command.SETTINGS)
        page = self.at.window.findChildren(SettingsPage)[0]
        page.findChildren(QListWidget)[0].setCurrentRow(ACCOUNTS)

    def type(self, name: str, text: str) -> None:
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def field(self, name: str) -> QLineEdit:
        return next(each for each in self.panel.findChildren(QLineEdit) if each.accessibleName() == name)

    def asks(self, name: str) -> bool:
        return self.field(name).isVisible() and self.field(name).isEnabled()

    def press(self, text: str) -> None:
        pressed = button(self.panel, text)
        assert pressed.isVisible()
        pressed.click()

    def box(self) -> QCheckBox:
        return next(each for each in self.panel.listed.rows[0].findChildren(QCheckBox) if each.isVisible())

    async def sign_in(self) -> None:
        """Through the panel, by keys of the application, phone number and code."""
        self.open_accounts()
        self.press("Sign in to Telegram")
        await until(lambda: self.asks("api_id"))
        self.type("api_id", KEYS.id)
        self.type("api_hash", KEYS.hash)
        await until(lambda: self.panel.findChildren(QrPicture)[0].url)
        self.type("Phone number", self.moderator.phone)
        await until(lambda: self.asks("Code"))
        self.type("Code", self.server.sign_ins.code(self.moderator))
        await until(lambda: self.panel.listed.rows)

    async def connected(self) -> None:
        await until(lambda: self.state is SourceState.CONNECTED)

    async def item(self, text: str) -> int:
        """Of a message that is written now."""
        self.world.post(self.group, self.member, text)
        while True:
            page = await self.at.app.queue.page()
            found = [row.item for row in page.rows if row.excerpt == text]
            if found:
                return found[0]
            await asyncio.sleep(0.01)

    async def deletes(self, item: int) -> str:
        """How the order to delete a message ended; `refused` where it was not even taken."""
        try:
            decided = await self.at.app.review.decide([item], Choice.DELETE, grace=0)
        except Refused:
            return "refused"
        while True:
            lines = [line.decision for line in await self.at.app.history.page()]
            states = {each.state for one in lines if one.case == decided.case for each in one.actions}
            if states & {ActionState.DONE, ActionState.FAILED}:
                return "|".join(states)
            await asyncio.sleep(0.01)


@asynccontextmanager
async def live(folder: Path) -> AsyncIterator[Live]:
    async with TelegramServer() as server, shop(folder) as at:
        given = server.environment()
        at.app.preferences.set("telegram.server", given["MODERATOR_TELEGRAM_SERVER"])
        at.app.preferences.set("telegram.public_key", given["MODERATOR_TELEGRAM_PUBLIC_KEY"])
        at.tasks.start(follow(at.app))
        yield Live(server, at)


def test_an_account_that_signs_in_delivers_at_once(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with live(tmp_path) as on:
            seen: list[SourceState] = []
            on.at.app.states.subscribe(lambda status: seen.append(status.state))
            await on.sign_in()
            await on.connected()
            assert seen[0] is SourceState.CONNECTING
            assert "Telegram: connected" in on.at.window.status.findChildren(type(on.at.session._lamps_panel))[0].text()
            on.world.post(on.group, on.member, FLAGGED)
            await until(lambda: on.texts == [FLAGGED])

    run(work())


def test_signing_out_stops_the_source_without_a_word_of_a_fault(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with live(tmp_path) as on:
            await on.sign_in()
            await on.connected()
            on.press("Sign out")
            on.press("Really sign out")
            await until(lambda: not on.panel.listed.rows)
            assert (on.server.keys_of(on.moderator), on.state, on.at.app.sources) == ([], None, ())
            assert [name for _service, name in ring.kept if name.startswith(Secret.TELEGRAM_SESSION)] == []
            assert [notice.text for notice in on.at.said] == ["Anna is signed in.", "Anna is signed out."]
            await until(lambda: not on.server._connections)

    run(work())


def test_a_sign_out_that_cannot_reach_telegram_leaves_the_source_at_work(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with live(tmp_path) as on:
            await on.sign_in()
            await on.connected()
            await on.server.stop()
            on.press("Sign out")
            on.press("Really sign out")
            await until(lambda: on.at.app.sources == (), 20)
            await until(lambda: [source.name for source in on.at.app.sources] == [on.name], 30)
            await on.server.start()
            await until(lambda: on.state is SourceState.CONNECTED, 30)

    run(work())


def test_read_only_is_in_force_as_soon_as_it_is_ticked(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with live(tmp_path) as on:
            await on.sign_in()
            await on.connected()
            assert await on.deletes(await on.item(FLAGGED)) == "done"
            (before,) = on.at.app.sources
            on.box().click()
            await until(lambda: on.at.app.sources != (before,))
            await on.connected()
            spared = await on.item(f"{FLAGGED} 2")
            assert await on.deletes(spared) in ("failed", "refused")
            assert len(on.world.done("delete")) == 1
            (resting,) = on.at.app.sources
            on.box().click()
            await until(lambda: on.at.app.sources != (resting,))
            await on.connected()
            # What may be done where is looked at once a second.
            while await on.deletes(spared) == "refused":
                await asyncio.sleep(0.05)
            assert len(on.world.done("delete")) == 2

    run(work())


def test_what_a_command_beside_the_window_signs_in_and_out_is_followed(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with live(tmp_path) as on:
            elsewhere = accounts_in(on.at.app.profile, to(on.server))
            account = await signed_in(elsewhere, on.server, on.moderator)
            await on.connected()
            await elsewhere.sign_out(account)
            await until(lambda: on.at.app.sources == () and on.state is None)

    run(work())


def test_the_card_shows_the_picture_and_who_wrote_as_telegram_tells_them(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with live(tmp_path) as on:
            on.member.about = "Заработок без вложений"
            await on.sign_in()
            await on.connected()
            photo = on.world.add_photo(picture(800, 600), thumb=picture(320, 240))
            document = on.world.add_document(b"%PDF-1.7" + bytes(200_000), "price.pdf", mime_type="application/pdf")
            on.world.post(on.group, on.member, FLAGGED, media=photo)
            on.world.post(on.group, on.member, f"{FLAGGED} 2", media=document)
            on.at.window.show_page(Command.QUEUE)
            card = on.at.session.queue.card
            await until(lambda: len(on.texts) == 2 or on.at.session.queue.strip.isVisible())
            on.at.session.queue.do(Command.SHOW_NEW)
            seen = dict[str, tuple[Look, int]]()
            for text in (FLAGGED, f"{FLAGGED} 2"):
                await until(lambda: len(on.texts) == 2)
                entries = on.at.session.queue.model.entries()
                (item,) = [entry.row.item for entry in entries if entry.row.excerpt == text]
                on.at.session.queue.view.select(item)
                await until(lambda item=item: card.item == item and card.pictures.tiles)  # type: ignore[misc]
                (tile,) = card.pictures.tiles
                await until(lambda tile=tile: tile.picture.look is not Look.LOADING)  # type: ignore[misc]
                image = tile.picture.image
                seen[text] = tile.picture.look, 0 if image is None else image.width()
            assert seen == {FLAGGED: (Look.SHOWN, 320), f"{FLAGGED} 2": (Look.NONE, 0)}
            on.at.session.queue.do(Command.AUTHOR)
            await until(lambda: "Заработок без вложений" in card.author.texts())

    run(work())
