"""Accounts in the settings: signed in and out by hand, against the loopback server."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget

from moderator_app import language
from moderator_app.accounts import TelegramAccounts
from moderator_app.domain.accounts import QrShown, SignedIn
from moderator_app.moderation.preferences import Preferences
from moderator_app.qr_code import QUIET
from moderator_app.ui.settings.accounts_panel import AccountsPanel
from moderator_app.ui.settings.qr_picture import QrPicture
from tests.keyrings import MemoryKeyring, in_memory
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.entities import User
from tests.sources.telegram.test_client import to
from tests.sources.telegram.test_sign_in import token_of
from tests.test_accounts import KEYS
from tests.ui.conftest import Run
from tests.ui.given import Given, Hands, button, says, shown
from tests.ui.stored import ListsInMemory, PoliciesInMemory, accounts_in
from tests.ui.until import until


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with in_memory() as ring:
        yield ring


class Screen(Hands):
    panel: AccountsPanel

    def __init__(self, server: TelegramServer, folder: Path) -> None:
        self.server = server
        self.given = Given()
        self.accounts: TelegramAccounts = accounts_in(folder, to(server))
        self.preferences = Preferences(folder / "settings.json", ListsInMemory(), PoliciesInMemory())
        self.panel = AccountsPanel(self.accounts, self.preferences, self.given.tasks, self.given.notices)

    @property
    def picture(self) -> QrPicture:
        return self.panel.findChildren(QrPicture)[0]

    async def begin(self) -> None:
        """Up to the choice of a way, with keys typed by hand."""
        self.press("Sign in to Telegram")
        await until(lambda: self.sees("api_id"))
        self.type("api_id", KEYS.id)
        self.type("api_hash", KEYS.hash)
        await until(lambda: self.picture.url)

    async def signed_in(self, user: User) -> None:
        """As another window would have done it before."""
        sign_in = await self.accounts.begin(KEYS)
        await sign_in.send_code(user.phone)
        done = await sign_in.give_code(self.server.sign_ins.code(user))
        assert isinstance(done, SignedIn)
        await self.accounts.keep(KEYS, done)
        await until(lambda: self.panel.listed.rows and self.panel.listed.rows[0].isVisible())


@asynccontextmanager
async def screen(folder: Path) -> AsyncIterator[Screen]:
    async with TelegramServer() as server:
        made = Screen(server, folder)
        async with shown(made.given, made.panel):
            yield made


def test_the_panel_says_what_signing_in_means(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            assert says(at.panel, "No account is signed in")
            for told in ("acts in your name", "limited or banned", "keyring and nowhere else"):
                assert says(at.panel, told)
            at.press("Sign in to Telegram")
            await until(lambda: at.sees("api_id"))
            assert says(at.panel, "https://my.telegram.org/apps")

    run(work())


def test_a_scanned_code_signs_in(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            owner = at.server.world.add_user("Анна", phone="79001234567")
            await at.begin()
            at.server.accept_login_token(_token(at), owner)
            await until(lambda: at.panel.listed.rows)
            assert [notice.text for notice in at.given.told] == ["Анна is signed in."]
            assert says(at.panel, "+79•••67")
            assert not says(at.panel, "No account is signed in")
            assert [account.id for account in at.accounts.known()] == [str(owner.id)]
            assert len(at.server.devices(owner)) == 1

    run(work())


def test_the_code_in_view_is_dark_on_light_and_renewed(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            at.server.sign_ins.token_seconds = 6
            await at.begin()
            first = at.picture.url
            seen = at.picture.grab().toImage()
            side = at.picture.width() // 37
            corner = QPoint(QUIET * side + side // 2, QUIET * side + side // 2)
            colours = seen.pixelColor(side // 2, side // 2), seen.pixelColor(corner)
            assert colours == (QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black))
            await until(lambda: at.picture.url != first)

    run(work())


def test_phone_code_and_password_sign_in_past_every_slip(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            owner = at.server.world.add_user("Борис", password="correct horse", password_hint="an animal")
            await at.begin()
            at.type("Phone number", "12")
            await until(lambda: says(at.panel, "This is no phone number"))
            assert at.field("Phone number").text() == "12"
            at.type("Phone number", f"+{owner.phone}")
            await until(lambda: at.sees("Code"))
            assert not says(at.panel, "This is no phone number")
            assert says(at.panel, "in the chat “Telegram”. It has 5 signs.")
            at.type("Code", "00000x")
            await until(lambda: says(at.panel, "This is not the code that Telegram sent"))
            at.type("Code", at.server.sign_ins.code(owner))
            password = "Password of two-step verification"
            await until(lambda: at.sees(password))
            assert says(at.panel, "Hint: an animal")
            assert at.field(password).echoMode() is QLineEdit.EchoMode.Password
            at.type(password, "wrong horse")
            await until(lambda: says(at.panel, "This is not the password"))
            at.type(password, "correct horse")
            await until(lambda: at.panel.listed.rows)
            assert [account.name for account in at.accounts.known()] == ["Борис"]

    run(work())


def test_another_code_can_be_asked_for_when_its_time_has_come(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            owner = at.server.world.add_user("Анна")
            await at.begin()
            at.type("Phone number", owner.phone)
            await until(lambda: at.sees("Code"))
            another = button(at.panel, "Send another one by SMS in 60 s")
            assert not another.isEnabled()
            at.panel.sign_in.code._left = 1
            await until(another.isEnabled)
            assert another.text() == "Send another one by SMS"
            another.click()
            await until(lambda: says(at.panel, "Telegram sent a code by SMS"))
            at.type("Code", at.server.sign_ins.code(owner))
            await until(lambda: at.panel.listed.rows)

    run(work())


def test_one_may_go_back_to_another_number(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            owner = at.server.world.add_user("Анна")
            await at.begin()
            at.type("Phone number", owner.phone)
            await until(lambda: at.sees("Code"))
            at.press("Another number or QR code")
            await until(lambda: at.sees("Phone number") and at.picture.url)
            assert at.field("Phone number").text() == ""

    run(work())


def test_wrong_keys_are_told_beside_the_keys(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            at.press("Sign in to Telegram")
            await until(lambda: at.sees("api_id"))
            at.type("api_id", "99999")
            at.type("api_hash", "f" * 32)
            await until(lambda: says(at.panel, "Telegram does not know this api_id"))
            assert at.sees("api_hash")
            at.type("api_id", KEYS.id)
            at.type("api_hash", KEYS.hash)
            await until(lambda: at.picture.url)

    run(work())


def test_a_lost_connection_is_told_in_place_of_the_code(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            at.server.sign_ins.token_seconds = 6
            await at.begin()
            await at.server.stop()
            await until(lambda: says(at.panel, "Telegram does not answer"), 20)
            assert not at.picture.isVisible()
            await at.server.start()
            at.press("New QR code")
            await until(lambda: at.picture.isVisible() and at.picture.url, 20)

    run(work())


def test_cancelling_ends_the_connection_and_a_next_try_begins_anew(
    run: Run, tmp_path: Path, ring: MemoryKeyring
) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            await at.begin()
            at.press("Cancel")
            await until(lambda: not at.server._connections)
            assert button(at.panel, "Sign in to Telegram").isVisible()
            at.press("Sign in to Telegram")
            await until(lambda: at.sees("api_id"))
            assert at.field("api_id").text() == ""
            assert at.given.told == []

    run(work())


def test_closing_the_window_in_the_middle_leaves_nothing_behind(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with TelegramServer() as server:
            at = Screen(server, tmp_path)
            async with shown(at.given, at.panel):
                await at.begin()
            await until(lambda: not server._connections)

    run(work())


def test_read_only_is_kept_as_soon_as_it_is_chosen(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            await at.signed_in(at.server.world.add_user("Анна"))
            box = _box(at.panel)
            assert box.accessibleName() == "Only read: Анна"
            box.click()
            assert [account.read_only for account in at.accounts.known()] == [True]
            assert _box(at.panel) is box
            assert box.isChecked()

    run(work())


def test_a_sign_out_is_asked_for_twice_and_ends_the_session(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            owner = at.server.world.add_user("Анна")
            await at.signed_in(owner)
            at.press("Sign out")
            assert len(at.server.keys_of(owner)) == 1
            at.press("Stay signed in")
            at.press("Sign out")
            at.press("Really sign out")
            await until(lambda: not at.panel.listed.rows)
            assert at.server.keys_of(owner) == []
            assert at.accounts.known() == ()
            assert says(at.panel, "No account is signed in")

    run(work())


def test_a_sign_out_that_fails_is_told_on_its_row(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            owner = at.server.world.add_user("Анна")
            await at.signed_in(owner)
            await at.server.stop()
            at.press("Sign out")
            at.press("Really sign out")
            await until(lambda: says(at.panel.listed.rows[0], "Telegram does not answer"), 20)
            assert button(at.panel, "Sign out").isEnabled()
            assert [account.name for account in at.accounts.known()] == ["Анна"]

    run(work())


def test_every_step_speaks_the_language_chosen(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with screen(tmp_path) as at:
            await at.begin()
            language.use("ru")
            _tell_language(at.panel)
            assert says(at.panel, "Или по номеру телефона")
            assert button(at.panel, "Отмена").isVisible()

    run(work())


def _token(at: Screen) -> bytes:
    return token_of(QrShown(at.picture.url, datetime.now(UTC)))


def _box(panel: QWidget) -> QCheckBox:
    return next(each for each in panel.findChildren(QCheckBox) if each.isVisible())


def _tell_language(page: QWidget) -> None:
    for widget in (page, *page.findChildren(QWidget)):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert not any(each.text() == "Cancel" for each in page.findChildren(QPushButton))
