"""The proxy in the settings, by hand: what is wrong is said, secrets lie in the keyring, accounts use it at once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from moderator_app.credentials import Secret
from moderator_app.domain.ports import SourceState
from moderator_app.moderation.preferences import Preferences
from moderator_app.ui.settings.proxy_panel import ProxyPanel
from tests.keyrings import MemoryKeyring
from tests.servers.proxies import Socks5Proxy
from tests.ui.conftest import Run
from tests.ui.given import Given, button, says, shown
from tests.ui.stored import ListsInMemory, PoliciesInMemory, accounts_in
from tests.ui.test_accounts_live import live
from tests.ui.test_accounts_live import ring as ring
from tests.ui.until import until

SECRET = "0123456789abcdef" * 2


def field(page: QWidget, name: str) -> QLineEdit:
    return next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == f"{name} of the proxy")


def write(page: QWidget, name: str, text: str) -> None:
    field(page, name).setFocus()
    field(page, name).selectAll()
    QTest.keyClicks(field(page, name), text)


def choose(page: QWidget, kind: str) -> None:
    box = page.findChildren(QComboBox)[0]
    box.setCurrentIndex(box.findText(kind))


class Shown:
    def __init__(self, folder: Path) -> None:
        self.given = Given()
        self.preferences = Preferences(folder / "settings.json", ListsInMemory(), PoliciesInMemory())
        self.panel = ProxyPanel(self.preferences, accounts_in(folder), self.given.tasks)
        self.file = folder / "settings.json"

    @property
    def kept(self) -> str:
        return self.preferences.current.telegram.proxy

    async def save(self, says_then: str) -> None:
        button(self.panel, "Save the proxy").click()
        await until(lambda: says(self.panel, says_then))


def test_a_proxy_with_user_and_password_is_kept_without_them(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        at = Shown(tmp_path)
        async with shown(at.given, at.panel):
            assert not field(at.panel, "Port").isVisible()
            choose(at.panel, "SOCKS5")
            await at.save("name or number of the proxy's server")
            write(at.panel, "Server, or a link to the proxy", "proxy.example")
            write(at.panel, "Port", "99999")
            await at.save("a number from 1 to 65535")
            write(at.panel, "Port", "1080")
            write(at.panel, "Password", "correct horse")
            await at.save("without a user")
            assert (at.kept, ring.kept) == ("", {})
            write(at.panel, "User", "anna")
            await at.save("Connections are made through it")
            assert at.kept == "socks5://proxy.example:1080"
            assert list(ring.kept.values()) == ["anna:correct horse"]
            for secret in ("anna", "correct horse"):
                assert secret not in at.file.read_text()
            assert field(at.panel, "Password").text() == ""
            assert "kept in the keyring" in field(at.panel, "Password").placeholderText()
            write(at.panel, "Port", "1081")
            await at.save("Connections are made through it")
            assert (at.kept, list(ring.kept.values())) == ("socks5://proxy.example:1081", ["anna:correct horse"])
            choose(at.panel, "No proxy")
            await at.save("Connections are made directly")
            assert (at.kept, ring.kept) == ("", {})

    run(work())


def test_a_link_that_is_pasted_fills_all_fields(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        at = Shown(tmp_path)
        async with shown(at.given, at.panel):
            choose(at.panel, "HTTP")
            link = f"tg://proxy?server=proxy.example&port=443&secret=dd{SECRET}"
            write(at.panel, "Server, or a link to the proxy", link)
            QTest.keyClick(field(at.panel, "Server, or a link to the proxy"), Qt.Key.Key_Return)
            await until(lambda: at.kept == "mtproxy://proxy.example:443")
            assert list(ring.kept.values()) == [f"dd{SECRET}"]
            assert at.panel.findChildren(QComboBox)[0].currentText() == "MTProxy"
            assert field(at.panel, "Secret").echoMode() is QLineEdit.EchoMode.Password
            assert not field(at.panel, "User").isVisible()
            again = Shown(tmp_path)
            async with shown(again.given, again.panel):
                await until(lambda: field(again.panel, "Port").text() == "443")
                assert field(again.panel, "Secret").text() == ""

    run(work())


def test_running_accounts_go_through_it_at_once(run: Run, tmp_path: Path, ring: MemoryKeyring) -> None:
    async def work() -> None:
        async with live(tmp_path) as on, Socks5Proxy("anna", "correct horse") as proxy:
            await on.sign_in()
            await on.connected()
            assert proxy.led_to == []
            panel = on.panel.proxy
            choose(panel, "SOCKS5")
            write(panel, "Server, or a link to the proxy", f"socks5://anna:correct%20horse@127.0.0.1:{proxy.port}")
            button(panel, "Save the proxy").click()
            await until(lambda: ("127.0.0.1", on.server.port) in proxy.led_to)
            await on.connected()
            assert ring.get_password("moderator-app", Secret.TELEGRAM_PROXY_SECRET) == "anna:correct horse"
            (before,) = on.at.app.sources
            choose(panel, "No proxy")
            button(panel, "Save the proxy").click()
            await until(lambda: on.at.app.sources != (before,) and on.state is SourceState.CONNECTED)
            on.world.post(on.group, on.member, "да пошёл ты нахуй")
            await until(lambda: on.texts == ["да пошёл ты нахуй"])

    run(work())
