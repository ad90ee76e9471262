"""Makes a Telethon client from settings and secrets."""

import asyncio
import base64
import binascii
import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telethon import TelegramClient, utils
from telethon.crypto import rsa
from telethon.network import ConnectionTcpFull
from telethon.network.connection import ConnectionTcpMTProxyRandomizedIntermediate
from telethon.sessions import StringSession

from moderator_app import __version__
from moderator_app.domain.errors import Refused, SignInNeeded, Unreadable
from moderator_app.private_files import reason
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.errors import translated

# How the list of devices in Telegram's own applications names this one.
DEVICE = "Moderator console"

ANSWER_SECONDS = 30.0

# Where every sign-in begins, and what the address of an own server stands for.
_FIRST_DC = 2

_MTPROXY = "mtproxy"
_SECRET = re.compile(r"(?:dd)?[0-9a-f]{32}", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """The secrets that open a connection. `session` is empty before a sign-in."""

    api_id: str
    api_hash: str
    session: str = ""
    proxy_secret: str = ""


class Client(TelegramClient):  # type: ignore[misc]  # Telethon has no types
    async def connect(self) -> None:
        await super().connect()
        # Telethon looks at it no more, and asyncio would complain of an error that nobody has seen.
        self.disconnected.add_done_callback(_see)

    async def _get_dc(self, dc_id: int, cdn: bool = False) -> Any:
        # Telethon keeps the first server's list of data centres for the whole process, and for every other server.
        type(self)._config = None
        return await super()._get_dc(dc_id, cdn)


def _see(ended: "asyncio.Future[None]") -> None:
    if not ended.cancelled():
        ended.exception()


async def make_client(
    access: Access, settings: Telegram, language: str = "en", *, reconnects: bool = False, kind: type[Client] = Client
) -> TelegramClient:
    """A client that is not connected yet. Raises Refused, SignInNeeded, Unreadable, and TryLater: address not found.

    It never waits by itself when Telegram asks to, and gives a failed request back at once. `reconnects`: a lost
    connection is made anew and what was not answered is sent again; otherwise that fails.
    """
    api_id = _checked_keys(access)
    session = _session(access.session)
    if settings.server:
        await _lead(session, settings.server)
    if settings.public_key:
        await asyncio.to_thread(_trust, Path(settings.public_key))
    return kind(
        session,
        api_id,
        access.api_hash,
        **_proxy(settings.proxy, access.proxy_secret),
        use_ipv6=":" in (session.server_address or ""),
        device_model=DEVICE,
        app_version=__version__,
        lang_code=language,
        system_lang_code=language,
        receive_updates=True,
        sequential_updates=True,
        catch_up=False,
        flood_sleep_threshold=0,
        # One request more than this is sent: after being led to another data centre.
        request_retries=1 if reconnects else 0,
        raise_last_call_error=True,
        auto_reconnect=reconnects,
        connection_retries=2,
        timeout=10,
    )


async def ask(client: TelegramClient, request: Any) -> Any:
    """What Telegram answers to a request. Raises TryLater, Refused, SignInNeeded."""
    with translated():
        # Telethon itself would wait for ever.
        async with asyncio.timeout(ANSWER_SECONDS):
            return await client(request)


async def send(client: TelegramClient, request: Any, seconds: float = ANSWER_SECONDS) -> Any:
    """As `ask`, for what changes something: given up, it is not sent any more.

    Telethon by itself would repeat it after Telegram's own trouble, and after a reconnection although nobody waits for
    the answer.
    """
    with translated():
        await request.resolve(client, utils)
        answer = client._sender.send(request)
        try:
            async with asyncio.timeout(seconds):
                return await answer
        finally:
            if answer.cancelled():
                _forget_given_up(client._sender)


def _forget_given_up(sender: Any) -> None:
    waiting, queued = sender._pending_state, sender._send_queue._deque
    for number in [number for number, state in waiting.items() if state.future.cancelled()]:
        del waiting[number]
    for state in [state for state in queued if state.future is not None and state.future.cancelled()]:
        queued.remove(state)


def _checked_keys(access: Access) -> int:
    if not access.api_id or not access.api_hash:
        raise SignInNeeded("telegram.no_api_keys")
    if not access.api_id.isascii() or not access.api_id.isdecimal() or _HASH.fullmatch(access.api_hash) is None:
        raise Refused("telegram.api_keys")
    api_id = int(access.api_id[:20])
    if not 0 < api_id < 2**31:
        raise Refused("telegram.api_keys")
    return api_id


def _session(text: str) -> StringSession:
    try:
        return StringSession(text)
    except (ValueError, struct.error, binascii.Error, IndexError) as error:
        raise SignInNeeded("telegram.session_unreadable") from error


async def _lead(session: StringSession, server: str) -> None:
    """Have the session speak to `server`. One that went on to another data centre there keeps that one's address."""
    host, _, port = server.rpartition(":")
    if not 0 < int(port) < 65_536:
        raise Refused("telegram.server_address", server=server)
    with translated():
        # A session cannot hold a name.
        found = await asyncio.get_running_loop().getaddrinfo(host, int(port), type=1)
    address = found[0][4][0]
    if session.auth_key and session.dc_id not in (0, _FIRST_DC) and session.server_address == address:
        return
    session.set_dc(session.dc_id or _FIRST_DC, address, int(port))


def _trust(path: Path) -> None:
    try:
        rsa.add_key(path.read_bytes(), old=False)
    except OSError as error:
        raise Unreadable("files.not_read", path=str(path), reason=reason(error)) from error
    except Exception as error:
        # Readers of keys raise whatever their parsers do.
        raise Unreadable("telegram.public_key", path=str(path)) from error


def _is_fake_tls(secret: str) -> bool:
    """Whether an MTProxy's secret, in either way of writing, is of those that hide behind a web site.

    Telethon would take its first half for another kind of secret, and never get an answer.
    """
    if secret[:2].lower() == "ee":
        return True
    with suppress(ValueError):
        return base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))[:1] == b"\xee"
    return False


def _proxy(address: str, secret: str) -> dict[str, Any]:
    """What Telethon is told of a proxy at `kind://host:port`."""
    if not address:
        return {"connection": ConnectionTcpFull}
    kind, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    if kind == _MTPROXY:
        if _is_fake_tls(secret):
            raise Refused("telegram.proxy_fake_tls")
        if _SECRET.fullmatch(secret) is None:
            raise Refused("telegram.proxy_secret", kind="MTProxy", needed="(dd)?[0-9a-f]{32}")
        connection = ConnectionTcpMTProxyRandomizedIntermediate
        return {"connection": connection, "proxy": (host, int(port), secret)}
    proxy = {"proxy_type": kind, "addr": host, "port": int(port), "rdns": True}
    if secret:
        user, colon, password = secret.partition(":")
        if not colon:
            raise Refused("telegram.proxy_secret", kind=kind.upper(), needed="USER:PASSWORD")
        proxy |= {"username": user, "password": password}
    return {"connection": ConnectionTcpFull, "proxy": proxy}
