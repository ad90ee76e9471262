"""An unmodified Telethon client reaches the server, by every transport, and keeps reaching it."""

from typing import Any

import pytest
from telethon import TelegramClient, errors
from telethon.network import (
    ConnectionTcpAbridged,
    ConnectionTcpFull,
    ConnectionTcpIntermediate,
    ConnectionTcpMTProxyRandomizedIntermediate,
    ConnectionTcpObfuscated,
)
from telethon.sessions import StringSession
from telethon.tl import functions, types

from tests.servers.telegram import TelegramServer
from tests.servers.telegram.until import until

TRANSPORTS = [ConnectionTcpFull, ConnectionTcpAbridged, ConnectionTcpIntermediate, ConnectionTcpObfuscated]


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_every_transport_leads_to_the_server(transport: Any) -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner", username="owner")
        async with server.client(owner, connection=transport) as client:
            me = await client.get_me()
            assert (me.id, me.first_name, me.username) == (owner.id, "Owner", "owner")


async def test_a_proxy_with_a_secret_leads_to_the_server() -> None:
    secret = bytes(range(16))
    async with TelegramServer(proxy_secret=secret) as server:
        proxy = (server.host, server.port, "dd" + secret.hex())
        client = server.client(
            server.world.add_user("Owner"), connection=ConnectionTcpMTProxyRandomizedIntermediate, proxy=proxy
        )
        async with client:
            assert (await client.get_me()).first_name == "Owner"


async def test_a_client_without_a_key_is_given_one_and_is_not_signed_in() -> None:
    async with TelegramServer() as server:
        client = server.client()
        await client.connect()
        assert not await client.is_user_authorized()
        assert client.session.auth_key.key_id in server.keys
        with pytest.raises(errors.AuthKeyUnregisteredError):
            await client(functions.updates.GetStateRequest())
        await client.disconnect()


async def test_a_string_session_outlives_a_restart_of_the_server() -> None:
    server = TelegramServer()
    await server.start()
    owner = server.world.add_user("Owner")
    session = server.session_for(owner)
    async with server.client(session=session) as client:
        assert StringSession.save(client.session) == session
        await server.stop()
        await server.start()
        assert (await client.get_me()).id == owner.id
    await server.stop()


async def test_an_unknown_key_is_refused() -> None:
    async with TelegramServer() as server:
        session = server.session_for(server.world.add_user("Owner"))
        server.keys.clear()
        client = server.client(session=session)
        with pytest.raises(errors.AuthKeyNotFound):
            await client.connect()


async def test_what_the_client_says_of_its_device_is_kept() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with server.client(owner, device_model="Console", app_version="7.1"):
            (device,) = server.devices(owner)
        assert (device.device_model, device.app_version, device.layer) == ("Console", "7.1", 229)


async def test_a_wrong_clock_and_a_new_salt_are_put_right() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with server.client(owner) as client:
            server.clock_offset = 4000
            server.keys[client.session.auth_key.key_id].salt = 77
            assert (await client.get_me()).id == owner.id


async def test_many_requests_at_once_and_large_ones_are_answered() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        async with server.client(owner) as client:
            channel = (await client.get_dialogs())[0].input_entity
            await client([functions.messages.SendMessageRequest(channel, f"{n} " + "soup " * 200) for n in range(30)])
            assert len(group.box.messages) == 30
            pong = await client(functions.PingRequest(5))
            assert isinstance(pong, types.Pong)
            salts = await client(functions.GetFutureSaltsRequest(1))
            assert isinstance(salts, types.FutureSalts)


async def test_a_request_sent_again_is_answered_but_not_carried_out_again() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        async with server.client(owner) as client:
            channel = (await client.get_dialogs())[0].input_entity
            state = client._sender._state
            number = state._get_new_msg_id()
            state._get_new_msg_id = lambda: number
            await client(functions.messages.SendMessageRequest(channel, "once"))
            second = await client(functions.messages.SendMessageRequest(channel, "another, by the same number"))
            del state._get_new_msg_id
        assert [message.text for message in group.box.messages.values()] == ["once"]
        assert second.updates[0].id == 1
        assert server.carried_out["messages.SendMessage"] == 1


async def test_a_client_reconnects_after_a_lost_connection() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with server.client(owner) as client:
            server.drop_connections()
            assert (await client.get_me()).id == owner.id
            await until(lambda: server.arrived["users.GetUsers"] >= 2)


def test_environment_and_session_are_those_of_the_server() -> None:
    server = TelegramServer(port=4444)
    owner = server.world.add_user("Owner")
    environment = server.environment(owner)
    stored = StringSession(environment["MODERATOR_TELEGRAM_SESSION"])
    assert (stored.server_address, stored.port, stored.dc_id) == ("127.0.0.1", 4444, 2)
    assert environment["MODERATOR_TELEGRAM_SERVER"] == "127.0.0.1:4444"
    assert isinstance(TelegramClient(stored, 1, "x"), TelegramClient)
