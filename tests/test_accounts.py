"""Accounts come and go: sessions in the keyring, the list beside the settings, an end at Telegram."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import null

from moderator_app.accounts import TelegramAccounts
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.accounts import Account, ApplicationKeys, CodeSent, SignedIn
from moderator_app.domain.errors import Refused, SignInNeeded, TryLater
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.client import Access
from tests.keyrings import MemoryKeyring, in_memory
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.entities import User
from tests.servers.telegram.server import API_HASH, API_ID
from tests.sources.telegram.test_client import greeted, to

KEYS = ApplicationKeys(str(API_ID), API_HASH)


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    with in_memory() as ring:
        yield ring


@pytest.fixture
def anna(server: TelegramServer) -> User:
    return server.world.add_user("Анна")


def accounts_of(folder: Path, settings: Telegram, kept: Credentials | None = None) -> TelegramAccounts:
    return TelegramAccounts(folder / "settings.json", kept or Credentials(), lambda: settings, lambda: "en")


async def signed_in(accounts: TelegramAccounts, server: TelegramServer, user: User) -> Account:
    sign_in = await accounts.begin(KEYS)
    try:
        assert isinstance(await sign_in.send_code(user.phone), CodeSent)
        done = await sign_in.give_code(server.sign_ins.code(user))
        assert isinstance(done, SignedIn)
        return await accounts.keep(KEYS, done)
    finally:
        await sign_in.close()


async def test_an_account_is_listed_and_its_secrets_lie_in_the_keyring_alone(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring
) -> None:
    accounts = accounts_of(tmp_path, to(server))
    assert (accounts.known(), await accounts.keys()) == ((), None)
    account = await signed_in(accounts, server, anna)
    again = accounts_of(tmp_path, to(server))
    assert (again.known(), await again.keys()) == ((account,), KEYS)
    ((of, access),) = await again.accesses()
    assert of == account
    assert await greeted(access, to(server)) == "Анна"
    written = (tmp_path / "settings.json").read_text()
    for secret in (access.session, API_HASH):
        assert secret not in written
        assert secret in ring.kept.values()
    assert json.loads(written)["telegram"]["accounts"] == [
        {"id": str(anna.id), "name": "Анна", "phone": account.phone, "read_only": False}
    ]


async def test_several_accounts_have_a_session_each(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring
) -> None:
    accounts, boris = accounts_of(tmp_path, to(server)), server.world.add_user("Борис")
    for user in (anna, boris):
        await signed_in(accounts, server, user)
    found = [await greeted(access, to(server)) for _account, access in await accounts.accesses()]
    assert found == ["Анна", "Борис"]


async def test_signing_in_again_ends_the_older_session_and_keeps_what_was_chosen(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring
) -> None:
    accounts = accounts_of(tmp_path, to(server))
    account = await signed_in(accounts, server, anna)
    former = await accounts.session(account)
    accounts.set_read_only(account, True)
    again = await signed_in(accounts, server, anna)
    assert (again.read_only, accounts.known()) == (True, (again,))
    assert former is not None
    assert await greeted(Access(KEYS.id, KEYS.hash, former), to(server)) == ""
    assert len(server.keys_of(anna)) == 1


async def test_signing_out_ends_the_session_and_forgets_it(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring
) -> None:
    accounts, heard = accounts_of(tmp_path, to(server)), list[int]()
    account = await signed_in(accounts, server, anna)
    accounts.subscribe(lambda: heard.append(len(accounts.known())))
    await accounts.sign_out(account)
    assert server.keys_of(anna) == []
    assert (accounts.known(), await accounts.accesses(), heard) == ((), (), [0])
    assert [name for _service, name in ring.kept if name.startswith(Secret.TELEGRAM_SESSION)] == []


async def test_without_a_connection_nothing_is_signed_out(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring
) -> None:
    accounts = accounts_of(tmp_path, to(server))
    account = await signed_in(accounts, server, anna)
    await server.stop()
    with pytest.raises(TryLater):
        await accounts.sign_out(account)
    assert accounts.known() == (account,)
    assert await accounts.session(account) is not None


async def test_without_a_keyring_no_sign_in_is_begun(tmp_path: Path, server: TelegramServer) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call]
    try:
        with pytest.raises(Refused, match="no_keyring"):
            await accounts_of(tmp_path, to(server)).begin(KEYS)
    finally:
        keyring.set_keyring(before)
    assert server.arrived.total() == 0


async def test_a_session_that_cannot_be_kept_is_ended(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("bus gone")

    monkeypatch.setattr(ring, "set_password", refuse)
    accounts = accounts_of(tmp_path, to(server))
    with pytest.raises(Refused, match=r"credentials\.failed"):
        await signed_in(accounts, server, anna)
    assert (server.keys_of(anna), accounts.known()) == ([], ())


async def test_the_session_of_the_environment_is_the_only_one_of_its_run(
    tmp_path: Path, server: TelegramServer, anna: User, ring: MemoryKeyring
) -> None:
    await signed_in(accounts_of(tmp_path, to(server)), server, server.world.add_user("Борис"))
    kept = dict(ring.kept)
    run = Credentials.taken_from(server.environment(anna))
    accounts = accounts_of(tmp_path, to(server), run)
    assert accounts.is_given
    ((account, access),) = await accounts.accesses()
    assert (account, await greeted(access, to(server))) == (None, "Анна")
    assert ring.kept == kept
    with pytest.raises(SignInNeeded):
        await greeted(Access("", "", access.session), to(server))


def test_telethon_is_imported_by_nobody_who_may_do_without() -> None:
    program = (
        "import sys, moderator_app.cli.run, moderator_app.cli.window, moderator_app.doctor, moderator_app.ui.session\n"
        "print([name for name in ('telethon', 'python_socks', 'segno') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout == "[]\n"
