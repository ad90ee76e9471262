"""Translates what Telethon and the network raise into the errors of the domain."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from telethon import errors
from telethon.errors.rpcerrorlist import rpc_errors_dict

from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater

# Seconds until a next try where Telegram names none.
_AFTER_TROUBLE = 10.0
_AFTER_SILENCE = 5.0

_MINUTE, _HOUR = 60, 3600

# Names of errors, as Telegram writes them, under the text id of the sentence that tells them.
_REFUSED = {
    "telegram.account_limited": "PEER_FLOOD USER_RESTRICTED",
    "telegram.account_frozen": "FROZEN_METHOD_INVALID",
    "telegram.admin_needed": "CHAT_ADMIN_REQUIRED RIGHT_FORBIDDEN ADMIN_RIGHTS_EMPTY CHAT_ADMIN_INVITE_REQUIRED",
    "telegram.admin_spared": "USER_ADMIN_INVALID USER_CREATOR ADMIN_ID_INVALID",
    "telegram.api_keys": "API_ID_INVALID CONNECTION_API_ID_INVALID",
    "telegram.api_keys_public": "API_ID_PUBLISHED_FLOOD",
    "telegram.chat_closed": """
        CHANNEL_PRIVATE CHAT_FORBIDDEN CHANNEL_BANNED CHAT_RESTRICTED USER_BANNED_IN_CHANNEL CHANNEL_PUBLIC_GROUP_NA
        """,
    "telegram.code_empty": "PHONE_CODE_EMPTY CODE_EMPTY",
    "telegram.code_expired": "PHONE_CODE_EXPIRED PHONE_CODE_HASH_EMPTY PHONE_HASH_EXPIRED",
    "telegram.code_not_sent": "SEND_CODE_UNAVAILABLE SMS_CODE_CREATE_FAILED",
    "telegram.code_wrong": "PHONE_CODE_INVALID CODE_INVALID",
    "telegram.delete_forbidden": "MESSAGE_DELETE_FORBIDDEN",
    "telegram.let_in": "USER_ALREADY_PARTICIPANT",
    "telegram.login_outdated": "UPDATE_APP_TO_LOGIN",
    "telegram.message_gone": "MESSAGE_ID_INVALID MSG_ID_INVALID MESSAGE_IDS_EMPTY REPLY_MESSAGE_ID_INVALID",
    "telegram.no_request": "HIDE_REQUESTER_MISSING",
    "telegram.not_member": "USER_NOT_PARTICIPANT PARTICIPANT_ID_INVALID USER_KICKED",
    "telegram.password_empty": "PASSWORD_EMPTY",
    "telegram.password_flood": "PHONE_PASSWORD_FLOOD",
    "telegram.password_wrong": "PASSWORD_HASH_INVALID SRP_ID_INVALID SRP_PASSWORD_CHANGED",
    "telegram.person_gone": "INPUT_USER_DEACTIVATED USER_DELETED",
    "telegram.phone_banned": "PHONE_NUMBER_BANNED",
    "telegram.phone_flood": "PHONE_NUMBER_FLOOD",
    "telegram.phone_unknown": "PHONE_NUMBER_UNOCCUPIED PHONE_NOT_OCCUPIED PHONE_NUMBER_APP_SIGNUP_FORBIDDEN",
    "telegram.phone_wrong": "PHONE_NUMBER_INVALID",
    "telegram.qr_expired": """
        AUTH_TOKEN_EXPIRED AUTH_TOKEN_INVALID AUTH_TOKEN_INVALID2 AUTH_TOKEN_INVALIDX AUTH_TOKEN_EXCEPTION
        AUTH_TOKEN_ALREADY_ACCEPTED
        """,
    "telegram.unknown_peer": """
        PEER_ID_INVALID USER_ID_INVALID CHANNEL_INVALID CHANNEL_ID_INVALID CHAT_ID_INVALID CHAT_INVALID USER_INVALID
        FROM_PEER_INVALID
        """,
    "telegram.write_forbidden": "CHAT_WRITE_FORBIDDEN CHAT_SEND_PLAIN_FORBIDDEN CHAT_GUEST_SEND_FORBIDDEN TOPIC_CLOSED",
}
_TEXT_IDS = {name: text_id for text_id, names in _REFUSED.items() for name in names.split()}
# Telegram asks to begin anew, which the next try does.
_PASSING = frozenset({"AUTH_RESTART", "MSG_WAIT_FAILED", "CONNECTION_NOT_INITED"})

_DEACTIVATED = frozenset({"USER_DEACTIVATED", "USER_DEACTIVATED_BAN"})
_NAMES = {kind: name for name, kind in rpc_errors_dict.items()}


@contextmanager
def translated() -> Iterator[None]:
    """Raise TryLater, Refused or SignInNeeded for what is raised inside; faults of our own pass as they are."""
    try:
        yield
    except asyncio.CancelledError as error:
        task = asyncio.current_task()
        # A connection that is given up cancels the answers that are waited for, and not who waits for them.
        if task is None or task.cancelling():
            raise
        raise _silence() from error
    except Exception as error:
        known = translation(error)
        if known is None or known is error:
            raise
        raise known from error


def translation(error: Exception) -> ModeratorError | None:
    """The domain's error for `error`; None for what neither Telegram nor the network has caused."""
    match error:
        case ModeratorError():
            return error
        case errors.RPCError():
            return _answered(error)
        case errors.AuthKeyNotFound():
            return SignInNeeded("telegram.session_ended")
        case errors.SecurityError() | errors.InvalidBufferError() | errors.InvalidChecksumError():
            return TryLater("telegram.garbled", _AFTER_TROUBLE)
        case errors.BadMessageError():
            return TryLater("telegram.garbled", _AFTER_TROUBLE)
        case errors.TypeNotFoundError():
            return Refused("telegram.newer")
        # asyncio.IncompleteReadError is an EOFError.
        case OSError() | EOFError():
            return _silence()
        case ValueError() if "input entity" in str(error):
            return Refused("telegram.unknown_peer", code="")
    return None


def name_of(error: Exception) -> str:
    """The name that Telegram gives an error, without its number of seconds: FLOOD_WAIT, CHAT_ADMIN_REQUIRED."""
    return _NAMES.get(type(error)) or str(getattr(error, "message", None) or type(error).__name__)


def code_of(error: ModeratorError) -> str:
    """The name that Telegram gave an error that is translated; empty where it gave none, or asks to wait."""
    return str(error.parameters.get("code", ""))


def _answered(error: errors.RPCError) -> ModeratorError:
    name = name_of(error)
    seconds = getattr(error, "seconds", None)
    if isinstance(error, errors.SlowModeWaitError):
        return TryLater("telegram.slow_mode", seconds or 1)
    if seconds is not None:
        return wait("telegram.flood", seconds)
    if name in _TEXT_IDS:
        return Refused(_TEXT_IDS[name], code=name)
    if isinstance(error, errors.UnauthorizedError | errors.AuthKeyDuplicatedError):
        return _signed_out(name)
    code = abs(error.code or 0)
    if code >= 500 or code == 303 or name in _PASSING:
        return TryLater("telegram.trouble", _AFTER_TROUBLE, code=name)
    return Refused("telegram.refused", code=name)


def _signed_out(name: str) -> SignInNeeded:
    if name in _DEACTIVATED:
        return SignInNeeded("telegram.account_deactivated")
    if name == "SESSION_PASSWORD_NEEDED":
        return SignInNeeded("telegram.password_needed")
    if name == "AUTH_KEY_DUPLICATED":
        return SignInNeeded("telegram.session_duplicated")
    return SignInNeeded("telegram.session_ended")


def wait(text_id: str, seconds: float) -> TryLater:
    """TryLater, with a sentence that counts in a unit that is read at once."""
    if seconds < 2 * _MINUTE:
        return TryLater(text_id, seconds)
    if seconds < 2 * _HOUR:
        return TryLater(f"{text_id}.minutes", seconds, count=-(-round(seconds) // _MINUTE))
    return TryLater(f"{text_id}.hours", seconds, count=-(-round(seconds) // _HOUR))


def _silence() -> TryLater:
    return TryLater("telegram.unreachable", _AFTER_SILENCE)
