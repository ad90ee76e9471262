"""Every error of Telegram and of the network becomes one of the domain's, with a sentence."""

import asyncio
import os
from typing import Any

import pytest
from telethon import errors
from telethon.errors.common import InvalidChecksumError
from telethon.tl import functions, types

from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.language import SENTENCES, explain_error
from moderator_app.sources.telegram.errors import _REFUSED, name_of, translated, translation


def answered(text: str, code: int = 400) -> errors.RPCError:
    """What Telethon raises when the server answers so."""
    return errors.rpc_message_to_error(types.RpcError(code, text), functions.help.GetConfigRequest())


TABLE: list[tuple[Exception, type[ModeratorError], str]] = [
    (answered("CHAT_ADMIN_REQUIRED"), Refused, "telegram.admin_needed"),
    (answered("RIGHT_FORBIDDEN", 403), Refused, "telegram.admin_needed"),
    (answered("USER_ADMIN_INVALID"), Refused, "telegram.admin_spared"),
    (answered("MESSAGE_DELETE_FORBIDDEN", 403), Refused, "telegram.delete_forbidden"),
    (answered("CHANNEL_PRIVATE"), Refused, "telegram.chat_closed"),
    (answered("PEER_ID_INVALID"), Refused, "telegram.unknown_peer"),
    (answered("USER_NOT_PARTICIPANT"), Refused, "telegram.not_member"),
    (answered("MESSAGE_ID_INVALID"), Refused, "telegram.message_gone"),
    (answered("CHAT_WRITE_FORBIDDEN", 403), Refused, "telegram.write_forbidden"),
    (answered("INPUT_USER_DEACTIVATED"), Refused, "telegram.person_gone"),
    (answered("HIDE_REQUESTER_MISSING"), Refused, "telegram.no_request"),
    (answered("PEER_FLOOD"), Refused, "telegram.account_limited"),
    (answered("FROZEN_METHOD_INVALID", 420), Refused, "telegram.account_frozen"),
    (answered("API_ID_INVALID"), Refused, "telegram.api_keys"),
    (answered("API_ID_PUBLISHED_FLOOD"), Refused, "telegram.api_keys_public"),
    (answered("PHONE_NUMBER_INVALID"), Refused, "telegram.phone_wrong"),
    (answered("PHONE_NUMBER_BANNED"), Refused, "telegram.phone_banned"),
    (answered("PHONE_NUMBER_UNOCCUPIED"), Refused, "telegram.phone_unknown"),
    (answered("PHONE_NUMBER_FLOOD"), Refused, "telegram.phone_flood"),
    (answered("PHONE_PASSWORD_FLOOD", 406), Refused, "telegram.password_flood"),
    (answered("PHONE_CODE_INVALID"), Refused, "telegram.code_wrong"),
    (answered("PHONE_CODE_EMPTY"), Refused, "telegram.code_empty"),
    (answered("PHONE_CODE_EXPIRED"), Refused, "telegram.code_expired"),
    (answered("SEND_CODE_UNAVAILABLE", 406), Refused, "telegram.code_not_sent"),
    (answered("PASSWORD_HASH_INVALID"), Refused, "telegram.password_wrong"),
    (answered("UPDATE_APP_TO_LOGIN", 406), Refused, "telegram.login_outdated"),
    (answered("AUTH_TOKEN_EXPIRED"), Refused, "telegram.qr_expired"),
    (answered("SOMETHING_NEW"), Refused, "telegram.refused"),
    (answered("SOMETHING_NEW", 403), Refused, "telegram.refused"),
    (answered("SOMETHING_NEW", 406), Refused, "telegram.refused"),
    (answered("AUTH_KEY_UNREGISTERED", 401), SignInNeeded, "telegram.session_ended"),
    (answered("AUTH_KEY_INVALID", 401), SignInNeeded, "telegram.session_ended"),
    (answered("SESSION_REVOKED", 401), SignInNeeded, "telegram.session_ended"),
    (answered("SESSION_EXPIRED", 401), SignInNeeded, "telegram.session_ended"),
    (answered("SOMETHING_NEW", 401), SignInNeeded, "telegram.session_ended"),
    (errors.AuthKeyNotFound(), SignInNeeded, "telegram.session_ended"),
    (answered("AUTH_KEY_DUPLICATED", 406), SignInNeeded, "telegram.session_duplicated"),
    (answered("USER_DEACTIVATED", 401), SignInNeeded, "telegram.account_deactivated"),
    (answered("USER_DEACTIVATED_BAN", 401), SignInNeeded, "telegram.account_deactivated"),
    (answered("SESSION_PASSWORD_NEEDED", 401), SignInNeeded, "telegram.password_needed"),
    (answered("INTERNAL", 500), TryLater, "telegram.trouble"),
    (answered("No workers running", -500), TryLater, "telegram.trouble"),
    (answered("Timeout", -503), TryLater, "telegram.trouble"),
    (answered("RPC_CALL_FAIL", 500), TryLater, "telegram.trouble"),
    (answered("AUTH_RESTART", 500), TryLater, "telegram.trouble"),
    (answered("MSG_WAIT_FAILED"), TryLater, "telegram.trouble"),
    (answered("USER_MIGRATE_4", 303), TryLater, "telegram.trouble"),
    (errors.SecurityError(), TryLater, "telegram.garbled"),
    (errors.BadMessageError(None, 64), TryLater, "telegram.garbled"),
    (InvalidChecksumError(1, 2), TryLater, "telegram.garbled"),
    (errors.TypeNotFoundError(1, b""), Refused, "telegram.newer"),
    (ConnectionError("Cannot send requests while disconnected"), TryLater, "telegram.unreachable"),
    (ConnectionResetError(), TryLater, "telegram.unreachable"),
    (TimeoutError(), TryLater, "telegram.unreachable"),
    (asyncio.IncompleteReadError(b"", 4), TryLater, "telegram.unreachable"),
    (OSError(113, "No route to host"), TryLater, "telegram.unreachable"),
    (ValueError("Could not find the input entity for PeerUser(user_id=5)"), Refused, "telegram.unknown_peer"),
]


@pytest.mark.parametrize(("raised", "kind", "text_id"), TABLE, ids=[name_of(error) for error, _, _ in TABLE])
def test_an_error_is_translated_and_worded(raised: Exception, kind: type[ModeratorError], text_id: str) -> None:
    with pytest.raises(ModeratorError) as caught, translated():
        raise raised
    assert (type(caught.value), caught.value.text_id) == (kind, text_id)
    sentence = explain_error(caught.value)
    assert "{" not in sentence
    assert text_id not in sentence


@pytest.mark.parametrize(
    ("text", "text_id", "seconds", "sentence"),
    [
        ("FLOOD_WAIT_40", "telegram.flood", 40, "wait 40 s;"),
        ("FLOOD_PREMIUM_WAIT_7", "telegram.flood", 7, "wait 7 s;"),
        ("FLOOD_WAIT_0", "telegram.flood", 0, "wait 0 s;"),
        ("FLOOD_WAIT_121", "telegram.flood.minutes", 121, "wait 3 minutes;"),
        ("FLOOD_WAIT_86399", "telegram.flood.hours", 86_399, "wait 24 hours;"),
        ("SLOWMODE_WAIT_30", "telegram.slow_mode", 30, "in 30 s"),
    ],
)
def test_a_wait_tells_its_length(text: str, text_id: str, seconds: int, sentence: str) -> None:
    known = translation(answered(text, 420))
    assert isinstance(known, TryLater)
    assert (known.text_id, known.seconds) == (text_id, seconds)
    assert sentence in explain_error(known)


@pytest.mark.parametrize("ours", [KeyError("x"), ValueError("not of Telegram"), AssertionError()])
def test_a_fault_of_our_own_passes(ours: Exception) -> None:
    with pytest.raises(type(ours)) as caught, translated():
        raise ours
    assert caught.value is ours


def test_what_is_translated_already_passes() -> None:
    ours = Refused("telegram.read_only")
    with pytest.raises(Refused) as caught, translated():
        raise ours
    assert caught.value is ours


async def test_an_answer_that_will_not_come_is_no_cancellation() -> None:
    lost: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    lost.cancel()
    with pytest.raises(TryLater, match="unreachable"), translated():
        await lost


async def test_a_cancelled_task_stays_cancelled() -> None:
    async def wait() -> None:
        with translated():
            await asyncio.Event().wait()

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_every_sentence_stands_in_the_tables() -> None:
    assert {text_id for text_id in _REFUSED if text_id not in SENTENCES} == set()


def test_no_error_tells_what_was_sent() -> None:
    secret = os.urandom(8).hex()
    request = functions.auth.CheckPasswordRequest(types.InputCheckPasswordSRP(1, b"", secret.encode()))
    known = translation(errors.rpc_message_to_error(types.RpcError(400, "PASSWORD_HASH_INVALID"), request))
    assert known is not None
    assert secret not in f"{known} {known.parameters} {explain_error(known)}"
