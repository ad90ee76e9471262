"""What goes wrong on demand goes wrong as it does at Telegram."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.servers.telegram import Chat, TelegramServer, User
from tests.servers.telegram.listening import listening
from tests.servers.telegram.until import until


def group_of(server: TelegramServer) -> tuple[User, User, Chat]:
    owner, guest = server.world.add_user("Owner"), server.world.add_user("Guest")
    return owner, guest, server.world.add_supergroup("Cooking", owner, [guest])


def send(server: TelegramServer, viewer: User, chat: Chat, text: str, random_id: int | None = None) -> Any:
    peer = types.InputPeerChannel(chat.id, server.world.access_hash(viewer, chat))
    return functions.messages.SendMessageRequest(peer, text, random_id=random_id)


async def test_flood_waits_and_server_errors_are_answered_as_often_as_asked() -> None:
    async with TelegramServer() as server:
        owner, _guest, group = group_of(server)
        async with server.client(owner) as client:
            server.faults.fail("messages.SendMessage", "FLOOD_WAIT_7", 2)
            for _ in range(2):
                with pytest.raises(errors.FloodWaitError) as raised:
                    await client._sender.send(send(server, owner, group, "hello"))
                assert raised.value.seconds == 7
            server.faults.fail("messages.SendMessage", "RPC_CALL_FAIL")
            with pytest.raises(errors.RpcCallFailError):
                await client._sender.send(send(server, owner, group, "hello"))
            await client(send(server, owner, group, "hello"))
        assert (server.arrived["messages.SendMessage"], server.carried_out["messages.SendMessage"]) == (4, 1)


async def test_a_fault_may_be_for_some_requests_only() -> None:
    async with TelegramServer() as server:
        owner, guest, group = group_of(server)
        server.faults.fail("messages.SendMessage", "CHAT_WRITE_FORBIDDEN", when=lambda request, user: user is guest)
        async with server.client(owner) as client, server.client(guest) as second:
            await client(send(server, owner, group, "hello"))
            with pytest.raises(errors.ChatWriteForbiddenError):
                await second(send(server, guest, group, "hello"))
            await second(send(server, guest, group, "hello"))
        assert len(group.box.messages) == 2


async def test_a_lost_answer_is_of_something_done() -> None:
    """Telethon asks again after it reconnected, by another number: without a random id it would be done twice."""
    async with TelegramServer() as server:
        owner, _guest, group = group_of(server)
        async with server.client(owner, request_retries=0, raise_last_call_error=True) as client:
            server.faults.lose_answers("messages.SendMessage")
            with pytest.raises(errors.RandomIdDuplicateError):
                await client(send(server, owner, group, "warned", random_id=42))
        assert [message.text for message in group.box.messages.values()] == ["warned"]
        assert (server.arrived["messages.SendMessage"], server.carried_out["messages.SendMessage"]) == (2, 1)


async def test_a_delayed_answer_holds_up_nothing_else() -> None:
    async with TelegramServer() as server:
        owner, _guest, group = group_of(server)
        async with server.client(owner) as client:
            server.faults.delay("messages.SendMessage", 0.3)
            start = time.monotonic()
            sending = client.loop.create_task(client(send(server, owner, group, "hello")))
            await until(lambda: server.arrived["messages.SendMessage"])
            await client.get_me()
            assert time.monotonic() - start < 0.3
            assert (await sending).updates
            assert time.monotonic() - start >= 0.3


async def test_a_silent_server_answers_nothing_and_then_goes_on() -> None:
    async with TelegramServer() as server:
        owner, _guest, _group = group_of(server)
        async with server.client(owner) as client:
            server.faults.silent = True
            asking = client.loop.create_task(client.get_me())
            with pytest.raises(TimeoutError):
                await until(asking.done, 0.2)
            server.faults.silent = False
            server.drop_connections()
            assert (await asking).id == owner.id


async def test_a_server_that_is_down_refuses_connections_until_it_is_up_again() -> None:
    async with TelegramServer() as server:
        owner, _guest, _group = group_of(server)
        client = server.client(owner, connection_retries=1)
        await server.stop()
        with pytest.raises(ConnectionError):
            await client.connect()
        await server.start()
        await client.connect()
        assert (await client.get_me()).id == owner.id
        await client.disconnect()


async def test_doubled_and_reordered_pushes_arrive_once_and_in_order() -> None:
    async with TelegramServer() as server:
        owner, guest, group = group_of(server)
        server.faults.duplicate_updates, server.faults.reorder_updates = 0.3, 0.3
        async with listening(server.client(owner)) as seen:
            for number in range(50):
                server.world.post(group, guest, str(number))
            server.faults.reorder_updates = 0
            server.world.post(group, guest, "last")
            await until(lambda: len(seen) == 51)
        assert [update.message.message for update in seen] == [*map(str, range(50)), "last"]


async def test_connections_that_break_at_random_lose_no_message() -> None:
    async with TelegramServer() as server:
        owner, _guest, group = group_of(server)
        server.faults.drop_chance = 0.2
        async with server.client(owner, request_retries=0, raise_last_call_error=True, connection_retries=50) as client:
            for number in range(40):
                with suppress(errors.RandomIdDuplicateError):
                    await client._sender.send(send(server, owner, group, str(number), random_id=number + 1))
        assert [message.text for message in group.box.messages.values()] == [str(number) for number in range(40)]
        assert server.arrived["messages.SendMessage"] > 40


async def test_a_restart_keeps_the_answers_unless_told_otherwise() -> None:
    async with TelegramServer() as server:
        owner, guest, group = group_of(server)
        server.world.post(group, guest, "before")
        async with server.client(owner) as client:
            key = server.keys[client.session.auth_key.key_id]
            salt, known = key.salt, len(key.sessions)
            await server.restart()
            await client.get_me()
            assert (key.salt, len(key.sessions)) == (salt, known + 1)
            await server.restart(forget_sessions=True)
            assert (await client.get_me()).id == owner.id
            assert (key.salt == salt, len(key.sessions)) == (False, 1)


async def test_a_restart_without_updates_makes_differences_too_long() -> None:
    async with TelegramServer() as server:
        owner, guest, group = group_of(server)
        server.world.post(group, guest, "before")
        await server.restart(forget_updates=True)
        async with server.client(owner) as client:
            channel = types.InputChannel(group.id, server.world.access_hash(owner, group))
            ask = functions.updates.GetChannelDifferenceRequest(channel, types.ChannelMessagesFilterEmpty(), 1, 100)
            told = await client(ask)
        assert isinstance(told, types.updates.ChannelDifferenceTooLong)
        assert [message.message for message in told.messages] == ["before"]


async def test_a_restart_without_keys_signs_out() -> None:
    async with TelegramServer() as server:
        owner, _guest, _group = group_of(server)
        client = server.client(owner)
        await client.connect()
        await server.restart(forget_keys=True)
        with pytest.raises(errors.AuthKeyNotFound):
            await client.get_me()
        await client.disconnect()


async def test_a_revoked_account_is_signed_out_everywhere() -> None:
    async with TelegramServer() as server:
        owner, _guest, _group = group_of(server)
        async with server.client(owner) as client:
            server.revoke(owner)
            with pytest.raises(errors.AuthKeyUnregisteredError):
                await client(functions.updates.GetStateRequest())


async def test_one_session_is_revoked_and_the_others_stay() -> None:
    async with TelegramServer() as server:
        owner, _guest, _group = group_of(server)
        session = server.session_for(owner)
        async with server.client(owner) as other, server.client(session=session) as client:
            server.revoke(session)
            with pytest.raises(errors.AuthKeyUnregisteredError):
                await client(functions.updates.GetStateRequest())
            assert (await other.get_me()).id == owner.id


async def test_pushes_may_show_users_without_a_hash() -> None:
    async with TelegramServer() as server:
        owner, guest, group = group_of(server)
        server.faults.short_users = True
        async with listening(server.client(owner)) as seen:
            server.world.post(group, guest, "hello")
            await until(lambda: seen)
        assert seen[0]._entities[guest.id].min


async def test_a_saved_server_is_taken_up_again(tmp_path: Path) -> None:
    server = TelegramServer()
    await server.start()
    owner, guest, group = group_of(server)
    server.world.post(group, guest, "before")
    session = server.session_for(owner)
    async with server.client(session=session) as client:
        await client(send(server, owner, group, "warned", random_id=42))
    server.save(tmp_path / "state")
    await server.stop()
    async with TelegramServer.load(tmp_path / "state") as again:
        loaded, known = again.world.users[owner.id], again.world.chats[group.id]
        async with again.client(session=session) as client:
            found = await client.get_messages((await client.get_dialogs())[0].entity)
            assert [message.message for message in found] == ["warned"]
            with pytest.raises(errors.RandomIdDuplicateError):
                await client._sender.send(send(again, loaded, known, "warned", random_id=42))
