"""Signing in: by phone and code, by QR token; signing out; where an account is signed in."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import Any

from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import User
from tests.servers.telegram.keys import Key
from tests.servers.telegram.views import View, moment
from tests.servers.telegram.wire import TL

CODE_LENGTH = 5
DELIVERIES: dict[str, Any] = {
    "app": types.auth.SentCodeTypeApp(CODE_LENGTH),
    "sms": types.auth.SentCodeTypeSms(CODE_LENGTH),
    "call": types.auth.SentCodeTypeCall(CODE_LENGTH),
    "flash call": types.auth.SentCodeTypeFlashCall("+7*"),
    "missed call": types.auth.SentCodeTypeMissedCall("+7", CODE_LENGTH),
    "email": types.auth.SentCodeTypeEmailCode("m***@example.org", CODE_LENGTH),
    "email setup": types.auth.SentCodeTypeSetUpEmailRequired(),
    "fragment": types.auth.SentCodeTypeFragmentSms("https://fragment.com/numbers", CODE_LENGTH),
    "firebase": types.auth.SentCodeTypeFirebaseSms(CODE_LENGTH),
    "word": types.auth.SentCodeTypeSmsWord("ko"),
    "phrase": types.auth.SentCodeTypeSmsPhrase("ko"),
}
NEXT = {
    "sms": types.auth.CodeTypeSms(),
    "call": types.auth.CodeTypeCall(),
    "flash call": types.auth.CodeTypeFlashCall(),
    "missed call": types.auth.CodeTypeMissedCall(),
    "fragment": types.auth.CodeTypeFragmentSms(),
}


@dataclass(eq=False)
class SentCode:
    code: str
    until: float
    deliveries: list[str]
    """How it was sent, and how it can be sent again."""


@dataclass(eq=False)
class LoginToken:
    key: Key
    until: float
    user: User | None = None
    """Who let the device in."""


@dataclass(eq=False)
class SignIns:
    """What sign-ins are under way, and how they are done."""

    deliveries: list[str] = field(default_factory=lambda: ["app", "sms", "call"])
    """How a code is sent at first, and at each resending: names of DELIVERIES."""
    code_seconds: float = 300
    token_seconds: float = 30
    codes: dict[str, SentCode] = field(default_factory=dict)
    tokens: dict[bytes, LoginToken] = field(default_factory=dict)

    def code(self, user: User) -> str:
        """The code that was sent to a user last."""
        return self.codes[user.phone].code


@answers(functions.auth.SendCodeRequest, anonymously=True)
def send_code(call: Call, request: TL) -> TL:
    _check_application(call, request)
    phone = _digits(request.phone_number)
    if len(phone) < 7:
        raise RpcError("PHONE_NUMBER_INVALID")
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))
    ways = call.server.sign_ins
    sent = SentCode(code, call.world.now + ways.code_seconds, list(ways.deliveries))
    ways.codes[phone] = sent
    return _told(phone, sent)


@answers(functions.auth.ResendCodeRequest, anonymously=True)
def resend_code(call: Call, request: TL) -> TL:
    phone, sent = _sent(call, request)
    if len(sent.deliveries) < 2:
        raise RpcError("SEND_CODE_UNAVAILABLE", 406)
    del sent.deliveries[0]
    return _told(phone, sent)


@answers(functions.auth.CancelCodeRequest, anonymously=True)
def cancel_code(call: Call, request: TL) -> TL:
    phone, _sent_code = _sent(call, request)
    del call.server.sign_ins.codes[phone]
    return True


@answers(functions.auth.SignInRequest, anonymously=True)
def sign_in(call: Call, request: TL) -> TL:
    phone, sent = _sent(call, request)
    given = request.email_verification.code if request.email_verification else request.phone_code
    if not given:
        raise RpcError("PHONE_CODE_EMPTY")
    if given != sent.code:
        raise RpcError("PHONE_CODE_INVALID")
    user = next((one for one in call.world.users.values() if one.phone == phone), None)
    if user is None:
        return types.auth.AuthorizationSignUpRequired()
    del call.server.sign_ins.codes[phone]
    return admit(call, user)


@answers(functions.auth.ExportLoginTokenRequest, anonymously=True)
def export_login_token(call: Call, request: TL) -> TL:
    """A token, and after it was accepted the sign-in."""
    _check_application(call, request)
    ways = call.server.sign_ins
    for token, found in list(ways.tokens.items()):
        if found.key is call.key and found.user:
            del ways.tokens[token]
            return types.auth.LoginTokenSuccess(admit(call, found.user))
    token, until = os.urandom(32), call.world.now + ways.token_seconds
    ways.tokens[token] = LoginToken(call.key, until)
    return types.auth.LoginToken(expires=moment(until), token=token)


@answers(functions.auth.ImportLoginTokenRequest, anonymously=True)
def import_login_token(call: Call, request: TL) -> TL:
    found = _token(call, request.token)
    if not found.user:
        return types.auth.LoginToken(expires=moment(found.until), token=request.token)
    return types.auth.LoginTokenSuccess(admit(call, found.user))


@answers(functions.auth.AcceptLoginTokenRequest)
def accept_login_token(call: Call, request: TL) -> TL:
    """What the phone does that scanned the QR code: the waiting device is told."""
    found = _token(call, request.token)
    if found.user:
        raise RpcError("AUTH_TOKEN_ALREADY_ACCEPTED")
    found.user = call.viewer
    call.server.pushes.push(found.key, types.UpdateShort(types.UpdateLoginToken(), moment(call.world.now)))
    return _described(call, found.key)


@answers(functions.auth.LogOutRequest)
def log_out(call: Call, request: TL) -> TL:
    call.key.user = call.key.pending_password = None
    return types.auth.LoggedOut()


@answers(functions.account.GetAuthorizationsRequest)
def get_authorizations(call: Call, request: TL) -> TL:
    devices = [_described(call, key) for key in call.server.keys_of(call.viewer)]
    return types.account.Authorizations(authorization_ttl_days=180, authorizations=devices)


@answers(functions.account.ResetAuthorizationRequest)
def reset_authorization(call: Call, request: TL) -> TL:
    for key in call.server.keys_of(call.viewer):
        if _number(key) == request.hash and key is not call.key:
            call.server.end(key)
            return True
    raise RpcError("HASH_INVALID")


def admit(call: Call, user: User) -> TL:
    """Signs the device in. Raises RpcError SESSION_PASSWORD_NEEDED where the account has a cloud password."""
    if user.password:
        call.key.pending_password = user
        raise RpcError("SESSION_PASSWORD_NEEDED", 401)
    return signed_in(call, user)


def signed_in(call: Call, user: User) -> TL:
    call.key.user, call.key.pending_password = user, None
    return types.auth.Authorization(user=View(call.world, user).user(user))


def _check_application(call: Call, request: TL) -> None:
    if (request.api_id, request.api_hash) != call.server.application:
        raise RpcError("API_ID_INVALID")


def _sent(call: Call, request: TL) -> tuple[str, SentCode]:
    phone = _digits(request.phone_number)
    sent = call.server.sign_ins.codes.get(phone)
    if sent is None or sent.until < call.world.now or request.phone_code_hash != _hash(phone):
        raise RpcError("PHONE_CODE_EXPIRED")
    return phone, sent


def _told(phone: str, sent: SentCode) -> TL:
    later = sent.deliveries[1] if len(sent.deliveries) > 1 else ""
    return types.auth.SentCode(
        type=DELIVERIES[sent.deliveries[0]], phone_code_hash=_hash(phone), next_type=NEXT.get(later), timeout=60
    )


def _token(call: Call, token: bytes) -> LoginToken:
    found = call.server.sign_ins.tokens.get(token)
    if found is None:
        raise RpcError("AUTH_TOKEN_INVALID")
    if found.until < call.world.now:
        raise RpcError("AUTH_TOKEN_EXPIRED")
    return found


def _described(call: Call, key: Key) -> TL:
    device, now = key.device, moment(call.world.now)
    return types.Authorization(
        hash=_number(key), device_model=device.device_model if device else "", platform="",
        system_version=device.system_version if device else "", api_id=device.api_id if device else 0, app_name="",
        app_version=device.app_version if device else "", date_created=now, date_active=now, ip="127.0.0.1",
        country="", region="", current=key is call.key,
    )  # fmt: skip


def _number(key: Key) -> int:
    return int(key.auth.key_id) >> 1


def _hash(phone: str) -> str:
    return f"hash-of-{phone}"


def _digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))
