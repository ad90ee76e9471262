"""A client made from settings and secrets reaches the server, directly and through proxies, under its own name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moderator_app import __version__
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater, Unreadable
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.client import Access, make_client
from moderator_app.sources.telegram.errors import translated
from tests.servers.proxies import HttpProxy, Proxy, Socks5Proxy
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.entities import User
from tests.servers.telegram.server import API_HASH, API_ID

KEYS = (str(API_ID), API_HASH)


@pytest.fixture
def owner(server: TelegramServer) -> User:
    return server.world.add_user("Owner")


def to(there: TelegramServer, **changes: Any) -> Telegram:
    environment = there.environment()
    defaults = {
        "server": environment["MODERATOR_TELEGRAM_SERVER"],
        "public_key": environment["MODERATOR_TELEGRAM_PUBLIC_KEY"],
    }
    return Telegram(**defaults | changes)


async def greeted(access: Access, settings: Telegram, language: str = "en") -> str:
    """Who is signed in, as the server tells after a connection."""
    client = await make_client(access, settings, language)
    try:
        with translated():
            await client.connect()
            me = await client.get_me()
        return str(me.first_name) if me is not None else ""
    finally:
        await client.disconnect()


async def test_the_device_is_named_as_the_application(server: TelegramServer, owner: User) -> None:
    assert await greeted(Access(*KEYS, server.session_for(owner)), to(server), "ru") == "Owner"
    (device,) = server.devices(owner)
    assert (device.device_model, device.app_version, device.lang_code) == ("Moderator console", __version__, "ru")
    assert (device.api_id, "Telethon" in str(device)) == (API_ID, False)


async def test_without_a_session_nobody_is_signed_in(server: TelegramServer) -> None:
    assert await greeted(Access(*KEYS), to(server)) == ""


async def test_a_server_may_be_given_by_name_and_the_session_still_be_saved(server: TelegramServer) -> None:
    client = await make_client(Access(*KEYS), to(server, server=f"localhost:{server.port}"))
    await client.connect()
    assert client.session.save().startswith("1")
    await client.disconnect()


async def test_the_address_in_the_settings_leads_an_older_session_to_where_the_server_is_now(
    server: TelegramServer, owner: User
) -> None:
    server.port, port = 1, server.port
    elsewhere = server.session_for(owner)
    server.port = port
    assert await greeted(Access(*KEYS, elsewhere), to(server)) == "Owner"


@pytest.mark.parametrize("make", [Socks5Proxy, HttpProxy])
@pytest.mark.parametrize("secret", ["", "anna:pass:word"])
async def test_a_proxy_leads_to_the_server(
    server: TelegramServer, owner: User, make: Callable[..., Proxy], secret: str
) -> None:
    user, _, password = secret.partition(":")
    async with make(user, password) as proxy:
        access = Access(*KEYS, server.session_for(owner), secret)
        assert await greeted(access, to(server, proxy=proxy.address)) == "Owner"
        assert proxy.led_to == [("127.0.0.1", server.port)]


@pytest.mark.parametrize("make", [Socks5Proxy, HttpProxy])
async def test_a_proxy_that_does_not_know_the_user_is_silence(
    server: TelegramServer, owner: User, make: Callable[..., Proxy]
) -> None:
    async with make("anna", "right") as proxy:
        access = Access(*KEYS, server.session_for(owner), "anna:wrong")
        with pytest.raises(TryLater, match="unreachable"):
            await greeted(access, to(server, proxy=proxy.address))
        assert proxy.refused > 0
        assert proxy.led_to == []


async def test_an_mtproxy_leads_to_the_server() -> None:
    secret = bytes(range(16))
    async with TelegramServer(proxy_secret=secret) as server:
        owner = server.world.add_user("Owner")
        for written in (secret.hex(), "dd" + secret.hex()):
            access = Access(*KEYS, server.session_for(owner), written)
            settings = Telegram(public_key=to(server).public_key, proxy=f"mtproxy://127.0.0.1:{server.port}")
            assert await greeted(access, settings) == "Owner"


WRONG: list[tuple[Access, dict[str, str], type[ModeratorError], str]] = [
    (Access("", ""), {}, SignInNeeded, "telegram.no_api_keys"),
    (Access("x1", API_HASH), {}, Refused, "telegram.api_keys"),
    (Access("9" * 5000, API_HASH), {}, Refused, "telegram.api_keys"),
    (Access("12345", "short"), {}, Refused, "telegram.api_keys"),
    (Access(*KEYS, "1garbage"), {}, SignInNeeded, "telegram.session_unreadable"),
    (Access(*KEYS, "not a session"), {}, SignInNeeded, "telegram.session_unreadable"),
    (Access(*KEYS), {"server": "127.0.0.1:99999"}, Refused, "telegram.server_address"),
    (Access(*KEYS), {"server": "nowhere.invalid:443"}, TryLater, "telegram.unreachable"),
    (Access(*KEYS), {"public_key": "/nowhere/key.pem"}, Unreadable, "files.not_read"),
    (Access(*KEYS), {"proxy": "mtproxy://127.0.0.1:1"}, Refused, "telegram.proxy_secret"),
    (Access(*KEYS, "", "ee" + "0" * 32 + "612e636f6d"), {"proxy": "mtproxy://h:1"}, Refused, "telegram.proxy_fake_tls"),
    (
        Access(*KEYS, "", "7gAAAAAAAAAAAAAAAAAAAABhLmNvbQ"),
        {"proxy": "mtproxy://h:1"},
        Refused,
        "telegram.proxy_fake_tls",
    ),
    (Access(*KEYS, "", "no colon"), {"proxy": "socks5://127.0.0.1:1"}, Refused, "telegram.proxy_secret"),
]


@pytest.mark.parametrize(("access", "changes", "kind", "text_id"), WRONG)
async def test_what_cannot_work_is_told_before_anything_is_sent(
    access: Access, changes: dict[str, Any], kind: type[ModeratorError], text_id: str
) -> None:
    with pytest.raises(kind) as caught:
        await make_client(access, Telegram(**changes))
    assert caught.value.text_id == text_id
    for secret in (access.api_hash, access.session, access.proxy_secret):
        assert not secret or secret not in str(caught.value)


async def test_a_key_in_another_format_is_told(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n")
    with pytest.raises(Unreadable) as caught:
        await make_client(Access(*KEYS), Telegram(public_key=str(path)))
    assert (caught.value.text_id, caught.value.parameters) == ("telegram.public_key", {"path": str(path)})


async def test_a_server_that_is_not_there_is_silence(server: TelegramServer, owner: User) -> None:
    access, settings = Access(*KEYS, server.session_for(owner)), to(server)
    await server.stop()
    with pytest.raises(TryLater, match="unreachable"):
        await greeted(access, settings)


async def test_a_key_that_the_server_has_forgotten_needs_a_sign_in(server: TelegramServer, owner: User) -> None:
    access = Access(*KEYS, server.session_for(owner))
    server.keys.clear()
    with pytest.raises(SignInNeeded, match="session_ended"):
        await greeted(access, to(server))


async def test_a_wait_that_telegram_asks_for_is_not_waited_for_here(server: TelegramServer, owner: User) -> None:
    server.faults.fail("users.GetUsers", "FLOOD_WAIT_40", 9)
    with pytest.raises(TryLater) as caught:
        await greeted(Access(*KEYS, server.session_for(owner)), to(server))
    assert caught.value.seconds == 40
    assert server.arrived["users.GetUsers"] == 1


async def test_an_answer_that_was_lost_is_not_asked_for_again(server: TelegramServer, owner: User) -> None:
    client = await make_client(Access(*KEYS, server.session_for(owner)), to(server))
    await client.connect()
    server.faults.lose_answers("users.GetUsers")
    before = server.arrived["users.GetUsers"]
    with pytest.raises(TryLater, match="unreachable"), translated():
        await client.get_me()
    assert server.arrived["users.GetUsers"] == before + 1
    await client.disconnect()


def test_secrets_are_not_written_where_values_are_shown() -> None:
    assert API_HASH not in repr(Access(*KEYS))
