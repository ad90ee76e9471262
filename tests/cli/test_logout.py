"""`moderator-app logout` as a process of its own, against the loopback server."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import keyring
import pytest

from moderator_app import account_list
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.message import Platform
from tests.cli.commands import Ended, Profile
from tests.cli.test_login import around
from tests.keyrings import FILE, FileKeyring, read_file
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.entities import User
from tests.sources.telegram.test_client import to
from tests.test_accounts import accounts_of, signed_in


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


class Machine:
    """Accounts of users are signed in there; `logout` runs as a user starts it."""

    def __init__(self, server: TelegramServer, folder: Path) -> None:
        self.server, self.folder = server, folder

    async def signs_in(self, *users: User) -> None:
        path = self.folder / "keyring.json"
        before = keyring.get_keyring()
        with pytest.MonkeyPatch.context() as around_it:
            around_it.setenv(FILE, str(path))
            keyring.set_keyring(FileKeyring())
            try:
                for user in users:
                    accounts = accounts_of(self.folder, to(self.server), Credentials())
                    await signed_in(accounts, self.server, user)
            finally:
                keyring.set_keyring(before)

    async def logout(self, *arguments: str, **environment: str) -> Ended:
        given = around(self.server, self.folder) | environment
        run = Profile(self.folder).run
        return await asyncio.to_thread(lambda: run("logout", "telegram", *arguments, given=b"", **given))

    @property
    def known(self) -> list[str]:
        return [one.id for one in account_list.load(self.folder / "settings.json", Platform.TELEGRAM)]

    @property
    def sessions(self) -> list[str]:
        names = [name for _service, name in read_file(self.folder / "keyring.json")]
        return [name for name in names if name.startswith(Secret.TELEGRAM_SESSION)]


async def test_the_only_account_needs_no_name(server: TelegramServer, tmp_path: Path) -> None:
    anna, machine = server.world.add_user("Anna"), Machine(server, tmp_path)
    await machine.signs_in(anna)
    ended = await machine.logout()
    assert (ended.code, ended.errors) == (0, "")
    assert ended.output.decode().startswith("Anna is signed out")
    assert (server.keys_of(anna), machine.known, machine.sessions) == ([], [], [])
    again = await machine.logout()
    assert (again.code, again.errors) == (3, "No Telegram account is signed in on this machine.\n")


async def test_of_several_accounts_one_is_named(server: TelegramServer, tmp_path: Path) -> None:
    anna, boris = server.world.add_user("Anna"), server.world.add_user("Boris")
    machine = Machine(server, tmp_path)
    await machine.signs_in(anna, boris)
    which = await machine.logout()
    assert (which.code, len(machine.known)) == (3, 2)
    assert f"Say which: {anna.id} (Anna), {boris.id} (Boris)." in which.errors
    assert (await machine.logout("1")).errors.startswith("There is no account 1 here.")
    assert (await machine.logout(str(boris.id))).code == 0
    assert (machine.known, len(server.keys_of(anna)), server.keys_of(boris)) == ([str(anna.id)], 1, [])
    assert machine.sessions == [f"{Secret.TELEGRAM_SESSION}:{anna.id}"]


async def test_without_a_connection_nothing_is_forgotten(server: TelegramServer, tmp_path: Path) -> None:
    anna, machine = server.world.add_user("Anna"), Machine(server, tmp_path)
    await machine.signs_in(anna)
    await server.stop()
    ended = await machine.logout()
    assert (ended.code, len(machine.known), len(machine.sessions)) == (3, 1, 1)
    assert "Telegram does not answer" in ended.errors


async def test_a_session_of_the_environment_is_not_ended_here(server: TelegramServer, tmp_path: Path) -> None:
    anna = server.world.add_user("Anna")
    session = server.environment(anna)["MODERATOR_TELEGRAM_SESSION"]
    ended = await Machine(server, tmp_path).logout(MODERATOR_TELEGRAM_SESSION=session)
    assert (ended.code, len(server.keys_of(anna))) == (3, 1)
    assert "comes from the environment" in ended.errors
