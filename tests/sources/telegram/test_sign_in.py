"""A sign-in of every kind against the server, as a window or a terminal walks through it."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telethon.tl import functions, types

from moderator_app.domain.accounts import Account, CodeSent, CodeWay, PasswordAsked, QrShown, SignedIn, SignInStep
from moderator_app.domain.errors import ModeratorError, TryLater
from moderator_app.domain.message import Platform
from moderator_app.language import explain_error
from moderator_app.sources.telegram import client
from moderator_app.sources.telegram.client import Access
from moderator_app.sources.telegram.sign_in import TelegramSignIn, sign_out
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.calls import METHODS, Call
from tests.servers.telegram.entities import User
from tests.servers.telegram.server import API_HASH, API_ID
from tests.servers.telegram.sign_in import LoginToken
from tests.servers.telegram.until import until
from tests.servers.telegram.views import moment
from tests.sources.telegram.test_client import greeted, to

KEYS = (str(API_ID), API_HASH)


@asynccontextmanager
async def signing_in(server: TelegramServer, api_hash: str = API_HASH) -> AsyncIterator[TelegramSignIn]:
    sign_in = TelegramSignIn(Access(str(API_ID), api_hash), to(server), "ru")
    try:
        yield sign_in
    finally:
        await sign_in.close()


@pytest.fixture
def owner(server: TelegramServer) -> User:
    return server.world.add_user("Анна", last_name="Ким", phone="79001234567")


async def code_of(sign_in: TelegramSignIn, phone: str) -> CodeSent:
    step = await sign_in.send_code(phone)
    assert isinstance(step, CodeSent)
    return step


async def qr_of(step: Awaitable[SignInStep]) -> QrShown:
    shown = await step
    assert isinstance(shown, QrShown)
    return shown


def token_of(shown: QrShown) -> bytes:
    text = shown.url.removeprefix("tg://login?token=")
    assert text != shown.url
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def refused(step: Awaitable[Any]) -> ModeratorError:
    with pytest.raises(ModeratorError) as caught:
        await step
    return caught.value


# By phone.


async def test_phone_and_code_bring_an_account_and_a_session_that_works(server: TelegramServer, owner: User) -> None:
    async with signing_in(server) as sign_in:
        sent = await code_of(sign_in, "+7 (900) 123-45-67")
        assert sent == CodeSent(CodeWay.APP, length=5, next_way=CodeWay.SMS, resend_seconds=60)
        done = await sign_in.give_code(f" {server.sign_ins.code(owner)} ")
    assert isinstance(done, SignedIn)
    assert done.account == Account(Platform.TELEGRAM, str(owner.id), "Анна Ким", "+79•••67")
    (device,) = server.devices(owner)
    assert (device.device_model, device.lang_code) == ("Moderator console", "ru")
    assert await greeted(Access(*KEYS, done.session), to(server)) == "Анна"


WAYS = {
    "app": (CodeWay.APP, ""),
    "sms": (CodeWay.SMS, ""),
    "firebase": (CodeWay.SMS, ""),
    "call": (CodeWay.CALL, ""),
    "flash call": (CodeWay.FLASH_CALL, "+7*"),
    "missed call": (CodeWay.MISSED_CALL, "+7"),
    "email": (CodeWay.EMAIL, "m***@example.org"),
    "fragment": (CodeWay.FRAGMENT, "https://fragment.com/numbers"),
    "word": (CodeWay.WORD, "ko"),
    "phrase": (CodeWay.PHRASE, "ko"),
}


@pytest.mark.parametrize("delivery", WAYS)
async def test_a_code_is_taken_whichever_way_it_came(server: TelegramServer, owner: User, delivery: str) -> None:
    server.sign_ins.deliveries = [delivery]
    async with signing_in(server) as sign_in:
        sent = await code_of(sign_in, owner.phone)
        assert (sent.way, sent.hint, sent.next_way) == (*WAYS[delivery], None)
        assert isinstance(await sign_in.give_code(server.sign_ins.code(owner)), SignedIn)


async def test_an_account_that_must_name_an_address_first_is_told_so(server: TelegramServer, owner: User) -> None:
    server.sign_ins.deliveries = ["email setup"]
    async with signing_in(server) as sign_in:
        assert (await refused(sign_in.send_code(owner.phone))).text_id == "telegram.email_needed"


async def test_a_code_that_must_be_paid_for_is_told(
    server: TelegramServer, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = types.auth.SentCodePaymentRequired("product", "hash", "", "", 0, "EUR", 1)
    monkeypatch.setitem(METHODS, functions.auth.SendCodeRequest, lambda _call, _request: paid)
    async with signing_in(server) as sign_in:
        assert (await refused(sign_in.send_code(owner.phone))).text_id == "telegram.code_paid"


async def test_a_code_is_sent_again_by_the_next_way_until_there_is_none(server: TelegramServer, owner: User) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        ways = [await sign_in.resend_code() for _ in range(2)]
        assert [(step.way, step.next_way) for step in ways if isinstance(step, CodeSent)] == [
            (CodeWay.SMS, CodeWay.CALL),
            (CodeWay.CALL, None),
        ]
        assert (await refused(sign_in.resend_code())).text_id == "telegram.code_not_sent"
        assert isinstance(await sign_in.give_code(server.sign_ins.code(owner)), SignedIn)


async def test_after_a_wrong_code_the_right_one_is_taken(server: TelegramServer, owner: User) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        assert (await refused(sign_in.give_code("00x00"))).text_id == "telegram.code_wrong"
        assert (await refused(sign_in.give_code(" - "))).text_id == "telegram.code_empty"
        assert isinstance(await sign_in.give_code(server.sign_ins.code(owner)), SignedIn)


async def test_for_an_expired_code_another_one_is_sent(server: TelegramServer, owner: User) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        late = server.world.now + 301
        server.world.clock = lambda: late
        assert (await refused(sign_in.give_code(server.sign_ins.code(owner)))).text_id == "telegram.code_expired"
        again = await sign_in.resend_code()
        assert isinstance(again, CodeSent)
        assert again.way is CodeWay.APP
        assert isinstance(await sign_in.give_code(server.sign_ins.code(owner)), SignedIn)


@pytest.mark.parametrize("phone", ["", "12", "abc", "+7 900 call me", "1" * 30])
async def test_what_is_no_number_is_refused_here(server: TelegramServer, phone: str) -> None:
    async with signing_in(server) as sign_in:
        assert (await refused(sign_in.send_code(phone))).text_id == "telegram.phone_wrong"
    assert server.arrived["auth.SendCode"] == 0


async def test_a_number_without_an_account_is_told(server: TelegramServer) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, "79990000000")
        error = await refused(sign_in.give_code(server.sign_ins.codes["79990000000"].code))
        assert error.text_id == "telegram.phone_unknown"


async def test_wrong_keys_of_the_application_are_told(server: TelegramServer, owner: User) -> None:
    async with signing_in(server, "f" * 32) as sign_in:
        assert (await refused(sign_in.send_code(owner.phone))).text_id == "telegram.api_keys"
        assert (await refused(sign_in.show_qr())).text_id == "telegram.api_keys"


@pytest.mark.parametrize(
    ("method", "error", "code", "text_id"),
    [
        ("auth.SendCode", "FLOOD_WAIT_86000", 420, "sign_in.wait.hours"),
        ("auth.SendCode", "PHONE_NUMBER_FLOOD", 400, "telegram.phone_flood"),
        ("auth.SendCode", "PHONE_NUMBER_BANNED", 400, "telegram.phone_banned"),
        ("auth.SendCode", "PHONE_PASSWORD_FLOOD", 406, "telegram.password_flood"),
        ("auth.SignIn", "FLOOD_WAIT_30", 420, "sign_in.wait"),
        ("auth.SignIn", "UPDATE_APP_TO_LOGIN", 406, "telegram.login_outdated"),
        ("auth.SignIn", "USER_DEACTIVATED_BAN", 401, "telegram.account_deactivated"),
    ],
)
async def test_what_telegram_refuses_is_told_and_the_next_try_may_succeed(
    server: TelegramServer, owner: User, method: str, error: str, code: int, text_id: str
) -> None:
    server.faults.fail(method, error, code=code)
    async with signing_in(server) as sign_in:

        async def walk() -> SignInStep:
            await code_of(sign_in, owner.phone)
            return await sign_in.give_code(server.sign_ins.code(owner))

        told = await refused(walk())
        assert told.text_id == text_id
        assert "by itself" not in explain_error(told)
        if isinstance(told, TryLater):
            # Telethon remembers what it was asked to wait for.
            server.sign_ins.codes.clear()
            await sign_in.close()
        assert isinstance(await walk(), SignedIn)


async def test_trouble_of_telegrams_own_is_tried_once_more_and_then_told(server: TelegramServer, owner: User) -> None:
    server.faults.fail("auth.SendCode", "AUTH_RESTART", code=500)
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        server.faults.fail("auth.SendCode", "INTERNAL", 9, code=500)
        assert (await refused(sign_in.send_code(owner.phone))).text_id == "sign_in.trouble"


# The password.


@pytest.fixture
def guarded(server: TelegramServer) -> User:
    return server.world.add_user("Борис", password="correct horse", password_hint="an animal")


async def test_the_password_is_asked_for_after_the_code(server: TelegramServer, guarded: User) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, guarded.phone)
        assert await sign_in.give_code(server.sign_ins.code(guarded)) == PasswordAsked("an animal")
        assert (await refused(sign_in.give_password(""))).text_id == "telegram.password_empty"
        wrong = await refused(sign_in.give_password("wrong horse"))
        assert (wrong.text_id, "horse" in str(wrong)) == ("telegram.password_wrong", False)
        done = await sign_in.give_password("correct horse")
        assert isinstance(done, SignedIn)
    assert await greeted(Access(*KEYS, done.session), to(server)) == "Борис"


async def test_too_many_passwords_are_told(server: TelegramServer, guarded: User) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, guarded.phone)
        await sign_in.give_code(server.sign_ins.code(guarded))
        server.faults.fail("auth.CheckPassword", "FLOOD_WAIT_200")
        error = await refused(sign_in.give_password("correct horse"))
        assert (error.text_id, error.parameters["count"]) == ("sign_in.wait.minutes", 4)


async def test_the_password_is_asked_for_after_the_qr_code(server: TelegramServer, guarded: User) -> None:
    async with signing_in(server) as sign_in:
        shown = await qr_of(sign_in.show_qr())
        server.accept_login_token(token_of(shown), guarded)
        assert await sign_in.after_qr(shown) == PasswordAsked("an animal")
        assert isinstance(await sign_in.give_password("correct horse"), SignedIn)


# By QR code.


async def test_a_scanned_code_signs_in(server: TelegramServer, owner: User) -> None:
    async with signing_in(server) as sign_in:
        shown = await qr_of(sign_in.show_qr())
        waiting = asyncio.get_running_loop().create_task(sign_in.after_qr(shown))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        server.accept_login_token(token_of(shown), owner)
        done = await waiting
    assert isinstance(done, SignedIn)
    assert done.account.id == str(owner.id)
    assert await greeted(Access(*KEYS, done.session), to(server)) == "Анна"


async def test_a_code_is_renewed_before_it_expires(server: TelegramServer, owner: User) -> None:
    server.sign_ins.token_seconds = 6
    async with signing_in(server) as sign_in:
        first = await qr_of(sign_in.show_qr())
        began = asyncio.get_running_loop().time()
        second = await qr_of(sign_in.after_qr(first))
        passed = asyncio.get_running_loop().time() - began
        assert second.url != first.url
        assert 0.9 < passed < 5
        # The code that was in view a moment ago is good as well.
        server.accept_login_token(token_of(first), owner)
        assert isinstance(await sign_in.after_qr(second), SignedIn)


async def test_a_clock_that_is_wrong_leaves_codes_their_time(server: TelegramServer, owner: User) -> None:
    ahead = server.world.now + 90_000
    server.world.clock = lambda: ahead
    async with signing_in(server) as sign_in:
        shown = await qr_of(sign_in.show_qr())
        left = shown.expires - datetime.now(UTC)
        assert timedelta(seconds=20) < left <= timedelta(seconds=31)
        server.accept_login_token(token_of(shown), owner)
        assert isinstance(await sign_in.after_qr(shown), SignedIn)


async def test_a_scan_that_was_told_while_the_connection_was_lost_is_noticed(
    server: TelegramServer, owner: User
) -> None:
    server.sign_ins.token_seconds = 6
    server.faults.lose_updates = 1.0
    async with signing_in(server) as sign_in:
        shown = await qr_of(sign_in.show_qr())
        server.drop_connections()
        server.accept_login_token(token_of(shown), owner)
        assert isinstance(await sign_in.after_qr(shown), SignedIn)


async def test_a_phone_number_may_be_given_while_a_code_is_shown(server: TelegramServer, owner: User) -> None:
    async with signing_in(server) as sign_in:
        shown = await qr_of(sign_in.show_qr())
        waiting = asyncio.get_running_loop().create_task(sign_in.after_qr(shown))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await code_of(sign_in, owner.phone)
        assert isinstance(await sign_in.give_code(server.sign_ins.code(owner)), SignedIn)


# To another data centre.


@pytest.fixture
async def abroad(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramServer]:
    """Another data centre, number 4, of which the first one knows."""
    ordinary = METHODS[functions.help.GetConfigRequest]
    async with TelegramServer(server.world) as abroad:

        def config(call: Call, request: Any) -> Any:
            answer = ordinary(call, request)
            answer.dc_options = [
                types.DcOption(id=number, ip_address=there.host, port=there.port)
                for number, there in ((2, server), (4, abroad))
            ]
            return answer

        monkeypatch.setitem(METHODS, functions.help.GetConfigRequest, config)
        yield abroad


async def test_a_number_of_another_data_centre_signs_in_there(
    server: TelegramServer, abroad: TelegramServer, owner: User
) -> None:
    server.faults.fail("auth.SendCode", "PHONE_MIGRATE_4", code=303)
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        done = await sign_in.give_code(abroad.sign_ins.code(owner))
    assert isinstance(done, SignedIn)
    assert (server.devices(owner), len(abroad.devices(owner))) == ([], 1)
    # The address in the settings is the first one's; the session goes where its account is.
    assert await greeted(Access(*KEYS, done.session), to(server)) == "Анна"


@pytest.mark.parametrize("password", ["", "correct horse"])
async def test_a_scanned_code_leads_to_another_data_centre(
    server: TelegramServer, abroad: TelegramServer, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    owner = server.world.add_user("Вера", password=password)
    ordinary = METHODS[functions.auth.ExportLoginTokenRequest]

    def export(call: Call, request: Any) -> Any:
        accepted = [each for each in server.sign_ins.tokens.values() if each.user]
        if call.server is not server or not accepted:
            return ordinary(call, request)
        token = os.urandom(32)
        abroad.sign_ins.tokens[token] = LoginToken(call.key, call.world.now + 30, owner)
        return types.auth.LoginTokenMigrateTo(4, token)

    monkeypatch.setitem(METHODS, functions.auth.ExportLoginTokenRequest, export)
    async with signing_in(server) as sign_in:
        shown = await qr_of(sign_in.show_qr())
        server.accept_login_token(token_of(shown), owner)
        done = await sign_in.after_qr(shown)
        if password:
            assert isinstance(done, PasswordAsked)
            done = await sign_in.give_password(password)
    assert isinstance(done, SignedIn)
    assert (server.devices(owner), len(abroad.devices(owner))) == ([], 1)


# Without a connection, and out again.


async def test_a_server_that_is_gone_is_told_and_the_sign_in_goes_on_afterwards(
    server: TelegramServer, owner: User
) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        await server.stop()
        error = await refused(sign_in.resend_code())
        assert error.text_id == "sign_in.unreachable"
        await server.start()
        assert isinstance(await sign_in.give_code(server.sign_ins.code(owner)), SignedIn)


async def test_a_server_that_says_nothing_is_not_waited_for_without_end(
    server: TelegramServer, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with signing_in(server) as sign_in:
        await code_of(sign_in, owner.phone)
        monkeypatch.setattr(client, "ANSWER_SECONDS", 0.2)
        server.faults.silent = True
        assert (await refused(sign_in.give_code("12345"))).text_id == "sign_in.unreachable"


async def test_closing_ends_the_connection(server: TelegramServer) -> None:
    async with signing_in(server) as sign_in:
        await sign_in.show_qr()
        assert server._connections
    await until(lambda: not server._connections)
    await sign_in.close()


async def test_signing_out_ends_the_session_at_telegram(server: TelegramServer, owner: User) -> None:
    session = server.session_for(owner)
    await sign_out(Access(*KEYS, session), to(server))
    assert server.keys_of(owner) == []
    assert await greeted(Access(*KEYS, session), to(server)) == ""


@pytest.mark.parametrize("how", ["revoked", "forgotten"])
async def test_a_session_that_has_ended_already_is_no_trouble(server: TelegramServer, owner: User, how: str) -> None:
    session = server.session_for(owner)
    if how == "revoked":
        server.revoke(owner)
    else:
        server.keys.clear()
    await sign_out(Access(*KEYS, session), to(server))


async def test_signing_out_without_a_connection_is_told(server: TelegramServer, owner: User) -> None:
    access, settings = Access(*KEYS, server.session_for(owner)), to(server)
    await server.stop()
    assert (await refused(sign_out(access, settings))).text_id == "sign_in.unreachable"


def test_no_step_shows_its_secret() -> None:
    shown = QrShown("tg://login?token=secret", moment(0))
    assert "secret" not in repr(shown)
    assert "secret" not in repr(SignedIn(Account(Platform.TELEGRAM, "1", "Анна"), "secret"))
