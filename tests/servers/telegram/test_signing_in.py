"""Every way in and out of an account."""

from typing import Any

import pytest
from telethon import TelegramClient, errors
from telethon.tl import functions, types

from tests.servers.telegram import TelegramServer
from tests.servers.telegram.sign_in import DELIVERIES
from tests.servers.telegram.until import until


class Guest:
    """A client that is not signed in."""

    def __init__(self, server: TelegramServer, **options: Any) -> None:
        self.client: TelegramClient = server.client(**options)

    async def __aenter__(self) -> TelegramClient:
        await self.client.connect()
        return self.client

    async def __aexit__(self, *_: object) -> None:
        await self.client.disconnect()


async def test_a_phone_and_its_code_sign_in_and_the_session_stays() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner", phone="79001234567")
        async with Guest(server) as client:
            sent = await client.send_code_request("+7 900 123-45-67")
            assert isinstance(sent.type, types.auth.SentCodeTypeApp)
            assert isinstance(sent.next_type, types.auth.CodeTypeSms)
            with pytest.raises(errors.PhoneCodeInvalidError):
                await client.sign_in(code="wrong")
            assert (await client.sign_in(code=server.sign_ins.code(owner))).id == owner.id
            session = client.session.save()
        async with server.client(session=session) as again:
            assert (await again.get_me()).id == owner.id


@pytest.mark.parametrize("delivery", DELIVERIES)
async def test_codes_are_delivered_every_way(delivery: str) -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        server.sign_ins.deliveries = [delivery]
        async with Guest(server) as client:
            sent = await client.send_code_request(owner.phone)
            assert bytes(sent.type) == bytes(DELIVERIES[delivery])
            await client.sign_in(owner.phone, server.sign_ins.code(owner))
            assert await client.is_user_authorized()


async def test_a_code_is_sent_again_another_way_until_there_is_none() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with Guest(server) as client:
            sent = await client.send_code_request(owner.phone)
            again = functions.auth.ResendCodeRequest(owner.phone, sent.phone_code_hash)
            assert isinstance((await client(again)).type, types.auth.SentCodeTypeSms)
            last = await client(again)
            assert (type(last.type), last.next_type) == (types.auth.SentCodeTypeCall, None)
            with pytest.raises(errors.SendCodeUnavailableError):
                await client(again)


async def test_a_code_expires() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with Guest(server) as client:
            await client.send_code_request(owner.phone)
            late = server.world.now + 301
            server.world.clock = lambda: late
            with pytest.raises(errors.PhoneCodeExpiredError):
                await client.sign_in(owner.phone, server.sign_ins.code(owner))


async def test_wrong_numbers_and_applications_are_refused() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with Guest(server) as client:
            with pytest.raises(errors.PhoneNumberInvalidError):
                await client(functions.auth.SendCodeRequest("12", *server.application, types.CodeSettings()))
            with pytest.raises(errors.ApiIdInvalidError):
                await client(functions.auth.SendCodeRequest(owner.phone, 1, "x", types.CodeSettings()))
            await client.send_code_request("79990000000")
            with pytest.raises(errors.PhoneNumberUnoccupiedError):
                await client.sign_in("79990000000", server.sign_ins.codes["79990000000"].code)


async def test_the_cloud_password_is_asked_for_and_checked() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner", password="correct horse", password_hint="an animal")
        async with Guest(server) as client:
            await client.send_code_request(owner.phone)
            with pytest.raises(errors.SessionPasswordNeededError):
                await client.sign_in(owner.phone, server.sign_ins.code(owner))
            assert not await client.is_user_authorized()
            assert (await client(functions.account.GetPasswordRequest())).hint == "an animal"
            with pytest.raises(errors.PasswordHashInvalidError):
                await client.sign_in(password="wrong horse")
            assert (await client.sign_in(password="correct horse")).id == owner.id


async def test_a_scanned_token_signs_in() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with server.client(owner) as phone, Guest(server) as client:
            login = await client.qr_login()
            waiting = client.loop.create_task(login.wait(5))
            await until(lambda: client.list_event_handlers())
            device = await phone(functions.auth.AcceptLoginTokenRequest(login.token))
            assert device.device_model == client._init_request.device_model
            assert (await waiting).id == owner.id
            with pytest.raises(errors.AuthTokenInvalidError):
                await phone(functions.auth.AcceptLoginTokenRequest(login.token))


async def test_a_scanned_token_of_an_account_with_a_password_asks_for_it() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner", password="correct horse")
        async with Guest(server) as client:
            login = await client.qr_login()
            waiting = client.loop.create_task(login.wait(5))
            await until(lambda: client.list_event_handlers())
            server.accept_login_token(login.token, owner)
            with pytest.raises(errors.SessionPasswordNeededError):
                await waiting
            assert (await client.sign_in(password="correct horse")).id == owner.id


async def test_an_old_token_is_refused_and_a_new_one_is_made() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with server.client(owner) as phone, Guest(server) as client:
            login = await client.qr_login()
            old = login.token
            late = server.world.now + 31
            server.world.clock = lambda: late
            with pytest.raises(errors.AuthTokenExpiredError):
                await phone(functions.auth.AcceptLoginTokenRequest(old))
            await login.recreate()
            assert login.token != old


async def test_signing_out_ends_the_session() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        session = server.session_for(owner)
        client = server.client(session=session)
        await client.connect()
        assert await client.log_out()
        assert server.keys_of(owner) == []
        async with Guest(server, session=session) as again:
            assert not await again.is_user_authorized()


async def test_a_session_revoked_elsewhere_is_refused() -> None:
    async with TelegramServer() as server:
        owner = server.world.add_user("Owner")
        async with server.client(owner) as phone, Guest(server, user=owner, app_version="7.1") as client:
            devices = (await phone(functions.account.GetAuthorizationsRequest())).authorizations
            other = next(device for device in devices if device.app_version == "7.1")
            await phone(functions.account.ResetAuthorizationRequest(other.hash))
            with pytest.raises(errors.AuthKeyUnregisteredError):
                await client(functions.updates.GetStateRequest())
            assert (await phone.get_me()).id == owner.id
