"""Signs an account in, step by step and without asking anybody itself, and out again."""

import asyncio
import base64
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from telethon import TelegramClient, errors, events
from telethon.password import compute_check
from telethon.sessions import StringSession
from telethon.tl import functions, types

from moderator_app.domain.accounts import Account, CodeWay, PasswordAsked, QrShown, SignedIn, SignInStep
from moderator_app.domain.errors import Refused, SignInNeeded, TryLater
from moderator_app.domain.message import Platform
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.client import ANSWER_SECONDS, Access, ask, make_client
from moderator_app.sources.telegram.codes import code_sent, phone_digits
from moderator_app.sources.telegram.entities import name
from moderator_app.sources.telegram.errors import translated, wait

# A new QR code is shown so long before the last one expires, and not more often than this.
_RENEWED_BEFORE = timedelta(seconds=5)
_SHORTEST = 1.0

# So many seconds a request may be without one.
_WITHOUT_CONNECTION = 5.0

_WAIT = "telegram.flood"
# What is not repeated by itself, because a person stands before it.
_FOR_PEOPLE = {
    "telegram.unreachable": "sign_in.unreachable",
    "telegram.trouble": "sign_in.trouble",
    "telegram.garbled": "sign_in.trouble",
}


class TelegramSignIn:
    """See `domain.ports.SignIn`. Made in the event loop; `access` holds no session."""

    def __init__(self, access: Access, settings: Telegram, language: str = "en") -> None:
        self._access, self._settings, self._language = access, settings, language
        self._client: TelegramClient | None = None
        self._scanned = asyncio.Event()
        # Seconds that Telegram's clock is ahead of this machine's.
        self._ahead = timedelta()
        self._phone = self._hash = ""
        self._way = CodeWay.APP

    async def show_qr(self) -> SignInStep:
        with _for_people():
            return await self._next_qr(await self._connected())

    async def after_qr(self, shown: QrShown) -> SignInStep:
        left = (shown.expires - _RENEWED_BEFORE - datetime.now(UTC)).total_seconds()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(left, _SHORTEST)):
                await self._scanned.wait()
        # That it was scanned may have been told while the connection was lost: Telegram's next answer tells it, too.
        return await self.show_qr()

    async def send_code(self, phone: str) -> SignInStep:
        self._phone = phone_digits(phone)
        with _for_people():
            client = await self._connected()
            keys = int(self._access.api_id), self._access.api_hash
            return await self._sent(client, functions.auth.SendCodeRequest(self._phone, *keys, types.CodeSettings()))

    async def resend_code(self) -> SignInStep:
        with _for_people():
            client = await self._connected()
            try:
                return await self._sent(client, functions.auth.ResendCodeRequest(self._phone, self._hash))
            except Refused as refused:
                if refused.text_id != "telegram.code_expired":
                    raise
        return await self.send_code(self._phone)

    async def give_code(self, code: str) -> SignInStep:
        code = code.strip()
        if self._way not in (CodeWay.WORD, CodeWay.PHRASE):
            code = "".join(sign for sign in code if not sign.isspace() and sign != "-")
        if not code:
            raise Refused("telegram.code_empty")
        with _for_people():
            client = await self._connected()
            mail = types.EmailVerificationCode(code) if self._way is CodeWay.EMAIL else None
            number = None if mail is not None else code
            request = functions.auth.SignInRequest(self._phone, self._hash, number, email_verification=mail)
            step: SignInStep = await self._authorized(client, request)
            return step

    async def give_password(self, password: str) -> SignInStep:
        if not password:
            raise Refused("telegram.password_empty")
        with _for_people():
            client = await self._connected()
            asked = await ask(client, functions.account.GetPasswordRequest())
            try:
                # A hundred thousand rounds: not for the loop's thread.
                proof = await asyncio.to_thread(compute_check, asked, password)
            except ValueError as error:
                raise Refused("telegram.newer") from error
            step: SignInStep = await self._authorized(client, functions.auth.CheckPasswordRequest(proof))
            return step

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.disconnect()

    async def _connected(self) -> TelegramClient:
        if self._client is None:
            self._client = await make_client(self._access, self._settings, self._language, reconnects=True)
            self._client.add_event_handler(self._hear, events.Raw(types.UpdateLoginToken))
        client = self._client
        if not client.is_connected():
            with translated():
                await client.connect()
            config = await ask(client, functions.help.GetConfigRequest())
            self._ahead = config.date - datetime.now(UTC)
        return client

    async def _hear(self, _update: Any) -> None:
        self._scanned.set()

    async def _next_qr(self, client: TelegramClient) -> SignInStep:
        self._scanned.clear()
        keys = int(self._access.api_id), self._access.api_hash
        request: Any = functions.auth.ExportLoginTokenRequest(*keys, except_ids=[])
        answer = await self._authorized(client, request)
        if isinstance(answer, types.auth.LoginTokenMigrateTo):
            with translated():
                async with asyncio.timeout(ANSWER_SECONDS):
                    await client._switch_dc(answer.dc_id)
            answer = await self._authorized(client, functions.auth.ImportLoginTokenRequest(answer.token))
        if not isinstance(answer, types.auth.LoginToken):
            step: SignInStep = answer
            return step
        token = base64.urlsafe_b64encode(answer.token).decode().rstrip("=")
        return QrShown(f"tg://login?token={token}", answer.expires - self._ahead)

    async def _sent(self, client: TelegramClient, request: Any) -> SignInStep:
        answer = await self._authorized(client, request)
        if not isinstance(answer, types.auth.SentCode | types.auth.SentCodePaymentRequired):
            step: SignInStep = answer
            return step
        sent = code_sent(answer)
        self._hash, self._way = answer.phone_code_hash, sent.way
        return sent

    async def _authorized(self, client: TelegramClient, request: Any) -> Any:
        """SignedIn or PasswordAsked where the answer says so, else the answer itself."""
        try:
            answer = await _answer(client, request)
        except SignInNeeded as needed:
            if not isinstance(needed.__cause__, errors.SessionPasswordNeededError):
                raise
            asked = await ask(client, functions.account.GetPasswordRequest())
            return PasswordAsked(asked.hint or "")
        if isinstance(answer, types.auth.LoginTokenSuccess | types.auth.SentCodeSuccess):
            answer = answer.authorization
        if isinstance(answer, types.auth.AuthorizationSignUpRequired):
            raise Refused("telegram.phone_unknown")
        if not isinstance(answer, types.auth.Authorization):
            return answer
        session = StringSession.save(client.session)
        await self.close()
        return SignedIn(_account(answer.user), session)


async def _answer(client: TelegramClient, request: Any) -> Any:
    """As `ask`. What waits to be sent when Telethon gives the connection up is answered by nobody."""
    asking = asyncio.get_running_loop().create_task(ask(client, request))
    try:
        while not asking.done():
            await asyncio.wait({asking, client.disconnected}, return_when=asyncio.FIRST_COMPLETED)
            # On its way to another data centre it is without a connection as well, for a while.
            await asyncio.wait({asking}, timeout=0 if client.is_connected() else _WITHOUT_CONNECTION)
            if not client.is_connected() and not asking.done():
                raise TryLater("telegram.unreachable", 0)
        return asking.result()
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def sign_out(access: Access, settings: Telegram) -> None:
    """End the session of `access` at Telegram; one that has ended already is no error. Raises TryLater, Refused."""
    with _for_people():
        client = await make_client(access, settings)
        try:
            with suppress(SignInNeeded):
                with translated():
                    await client.connect()
                await ask(client, functions.auth.LogOutRequest())
        finally:
            await client.disconnect()


@contextmanager
def _for_people() -> Iterator[None]:
    try:
        yield
    except TryLater as later:
        if later.text_id.startswith(_WAIT):
            raise wait("sign_in.wait", later.seconds) from later
        if later.text_id in _FOR_PEOPLE:
            raise TryLater(_FOR_PEOPLE[later.text_id], later.seconds) from later
        raise


def _account(user: Any) -> Account:
    digits = user.phone or ""
    phone = f"+{digits[:2]}•••{digits[-2:]}" if len(digits) > 4 else ""
    return Account(Platform.TELEGRAM, str(user.id), name(user) or phone or str(user.id), phone)
