"""`moderator-app login` on a real terminal, against the loopback server."""

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest

from moderator_app import account_list
from moderator_app.credentials import Secret
from moderator_app.domain.message import Platform
from moderator_app.qr_code import modules
from moderator_app.sources.telegram.client import Access
from tests.cli.hands import Hands, at_terminal
from tests.keyrings import environment as kept_in
from tests.keyrings import read_file
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.entities import User
from tests.servers.telegram.server import API_HASH, API_ID
from tests.sources.telegram.test_client import greeted, to

PASSWORD = "correct horse"


@pytest.fixture
def owner(server: TelegramServer) -> User:
    return server.world.add_user("Anna", phone="79001234567", password=PASSWORD, password_hint="an animal")


def asked(profile: Path) -> list[str]:
    return ["--profile", str(profile), "login", "telegram"]


def around(server: TelegramServer, folder: Path, *, keys: bool = False, **more: str) -> dict[str, str]:
    """The variables of a run whose secrets lie in `folder`; with `keys`, those of the application among them."""
    given = server.environment()
    if not keys:
        del given["MODERATOR_TELEGRAM_API_ID"], given["MODERATOR_TELEGRAM_API_HASH"]
    return {**given, **kept_in(folder / "keyring.json"), "LANGUAGE": "en", "LC_ALL": "C.UTF-8", **more}


async def test_phone_code_and_password_sign_in(server: TelegramServer, owner: User, tmp_path: Path) -> None:
    async with at_terminal(asked(tmp_path), around(server, tmp_path)) as hands:
        told = " ".join((await hands.reads("api_id: ")).split())
        for words in ("acts in your name", "limited or banned", "https://my.telegram.org/apps"):
            assert words in told
        hands.types(str(API_ID))
        await hands.reads("api_hash (not shown): ")
        assert not hands.echoes()
        hands.types(API_HASH)
        await hands.reads("(Enter alone: QR code): ")
        hands.types("12")
        assert "This is no phone number" in await hands.reads("(Enter alone: QR code): ")
        hands.types("+7 900 123-45-67")
        told = await hands.reads("Code (Enter alone: Send another one by SMS): ")
        assert "in the chat “Telegram”. It has 5 signs." in " ".join(told.split())
        assert hands.echoes()
        hands.types("00000")
        assert "not the code that Telegram sent" in await hands.reads("Send another one by SMS): ")
        hands.types("")
        assert "Telegram sent a code by SMS" in await hands.reads("Have it said by a call): ")
        hands.types(server.sign_ins.code(owner))
        await hands.reads("two-step verification (hint: an animal), not shown: ")
        assert not hands.echoes()
        hands.types("wrong horse")
        assert "not the password" in await hands.reads("not shown: ")
        hands.types(PASSWORD)
        written = await hands.reads("Signed in as Anna +79•••67.")
        assert await hands.ends() == 0
        assert hands.echoes()
        for secret in (API_HASH, PASSWORD, "wrong horse"):
            assert secret not in written + hands.seen
    await _assert_kept(server, owner, tmp_path)
    log = (tmp_path / "log.txt").read_text()
    assert PASSWORD not in log
    assert "79001234567" not in log


async def test_a_scanned_code_signs_in(server: TelegramServer, owner: User, tmp_path: Path) -> None:
    server.sign_ins.token_seconds = 6
    owner.password = ""
    async with at_terminal(asked(tmp_path), around(server, tmp_path, keys=True, TERM="xterm")) as hands:
        await hands.reads("(Enter alone: QR code): ")
        hands.types("")
        first = await _drawn(hands)
        second = await _drawn(hands)
        assert second != first
        server.accept_login_token(second, owner)
        await hands.reads("Signed in as Anna")
        assert await hands.ends() == 0
    # Keys that the environment gives are not stored.
    names = [name for _service, name in read_file(tmp_path / "keyring.json")]
    assert names == [f"{Secret.TELEGRAM_SESSION}:{owner.id}"]


async def test_giving_up_is_told_by_the_exit_code(server: TelegramServer, tmp_path: Path) -> None:
    environment = around(server, tmp_path, keys=True)
    async with at_terminal(asked(tmp_path), environment) as hands:
        await hands.reads("QR code): ")
        hands.strikes(b"\x04")
        assert await hands.ends() == 4
        assert "No Telegram account is signed in" in hands.seen
    async with at_terminal(asked(tmp_path), environment) as hands:
        await hands.reads("QR code): ")
        hands.strikes(b"\x03")
        assert await hands.ends() == 130
    assert account_list.load(tmp_path / "settings.json", Platform.TELEGRAM) == ()


async def test_a_broken_off_password_leaves_a_terminal_that_shows_what_is_typed(
    server: TelegramServer, owner: User, tmp_path: Path
) -> None:
    async with at_terminal(asked(tmp_path), around(server, tmp_path, keys=True)) as hands:
        await hands.reads("QR code): ")
        hands.types(owner.phone)
        await hands.reads("by SMS): ")
        hands.types(server.sign_ins.code(owner))
        await hands.reads("not shown: ")
        assert not hands.echoes()
        hands.strikes(b"\x03")
        assert await hands.ends() == 130
        assert hands.echoes()


async def test_wrong_keys_of_the_application_end_it(server: TelegramServer, owner: User, tmp_path: Path) -> None:
    wrong = around(server, tmp_path, keys=True, MODERATOR_TELEGRAM_API_HASH="f" * 32)
    async with at_terminal(asked(tmp_path), wrong) as hands:
        await hands.reads("QR code): ")
        hands.types(owner.phone)
        await hands.reads("Telegram does not know this api_id")
        assert await hands.ends() == 3


async def test_without_a_keyring_nothing_is_asked(server: TelegramServer, tmp_path: Path) -> None:
    bare = around(server, tmp_path, keys=True, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    async with at_terminal(asked(tmp_path), bare) as hands:
        await hands.reads("There is no system keyring")
        assert await hands.ends() == 3
    assert server.arrived.total() == 0


async def test_it_speaks_the_language_of_the_profile(server: TelegramServer, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"appearance": {"language": "ru"}}')
    async with at_terminal(asked(tmp_path), around(server, tmp_path, keys=True)) as hands:
        assert "от вашего имени" in await hands.reads("Номер телефона с кодом страны")


def test_without_a_terminal_it_says_what_it_needs(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "moderator_app", *asked(tmp_path)]
    ended = subprocess.run(run, input="", capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "needs a terminal" in ended.stderr


@pytest.mark.parametrize("secret", [["--password", "x"], ["79001234567"]])
def test_no_secret_is_taken_as_an_argument(tmp_path: Path, secret: list[str]) -> None:
    run = [sys.executable, "-m", "moderator_app", *asked(tmp_path), *secret]
    assert subprocess.run(run, capture_output=True, check=False, timeout=60).returncode == 2


async def _drawn(hands: Hands) -> bytes:
    """The token of the next code that is drawn, and written below."""
    picture = await hands.reads("tg://login?token=")
    token = (await hands.reads("\n")).strip()
    url = f"tg://login?token={token}"
    signs = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", picture)
    lines = [line for line in signs.split("\n") if line and set(line) <= set("█▀▄ ")]
    rows = modules(url)
    assert len(lines) == (len(rows) + 1) // 2
    assert all(sign in ("█▀" if not dark else "▄ ") for sign, dark in zip(lines[1], rows[2], strict=True))
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


async def _assert_kept(server: TelegramServer, owner: User, folder: Path) -> None:
    (account,) = account_list.load(folder / "settings.json", Platform.TELEGRAM)
    assert (account.id, account.name) == (str(owner.id), "Anna")
    kept = {name: secret for (_service, name), secret in read_file(folder / "keyring.json").items()}
    session = kept.pop(f"{Secret.TELEGRAM_SESSION}:{owner.id}")
    assert kept == {Secret.TELEGRAM_API_ID: str(API_ID), Secret.TELEGRAM_API_HASH: API_HASH}
    assert await greeted(Access(str(API_ID), API_HASH, session), to(server)) == "Anna"
