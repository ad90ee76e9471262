"""The server: listens, carries out requests one at a time, pushes what changed."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import struct
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from telethon import TelegramClient
from telethon.crypto import AuthKey
from telethon.crypto import rsa as telegram_rsa
from telethon.sessions import StringSession
from telethon.tl import functions, types

from tests.servers.telegram.box import Event, Notice
from tests.servers.telegram.calls import ANONYMOUS, METHODS, Call, RpcError, method_name
from tests.servers.telegram.connection import Connection
from tests.servers.telegram.dialogs import DC
from tests.servers.telegram.entities import Chat, User
from tests.servers.telegram.faults import Faults
from tests.servers.telegram.handshake import KEY_SIZE, public_pem
from tests.servers.telegram.keys import Device, Key, Session
from tests.servers.telegram.membership import World
from tests.servers.telegram.sign_in import SignIns, accept_login_token
from tests.servers.telegram.updates import pushed_event, pushed_notice
from tests.servers.telegram.views import View
from tests.servers.telegram.wire import TL, encoded, packed, result

API_ID, API_HASH = 12345, "0123456789abcdef0123456789abcdef"


class TelegramServer:
    """Telegram on loopback. `world` may be filled and changed at any time; connected clients are told."""

    def __init__(self, world: World | None = None, *, port: int = 0, proxy_secret: bytes = b"") -> None:
        self.world = world or World()
        self.faults = Faults()
        self.host, self.port = "127.0.0.1", port
        self.proxy_secret = proxy_secret
        """16 bytes make it an MTProxy."""
        self.clock_offset = 0.0
        """Seconds that the server's clock is ahead of the machine's."""
        self.arrived: Counter[str] = Counter()
        """Requests by method ("messages.SendMessage"), refused ones too."""
        self.carried_out: Counter[str] = Counter()
        self.application = (API_ID, API_HASH)
        """What a client must name to sign in."""
        self.sign_ins = SignIns()
        self.keys: dict[int, Key] = {}
        self.random_ids: set[tuple[User, int]] = set()
        self.mistakes: list[Exception] = []
        """What broke in the server itself; raised when the test leaves it."""
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None
        self._call: Call | None = None
        self._held_back: dict[Session, bytes] = {}

    async def __aenter__(self) -> TelegramServer:
        await self.start()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.stop()
        if self.mistakes:
            raise self.mistakes[0]

    async def start(self) -> None:
        self._listening = await asyncio.start_server(self._accept, self.host, self.port)
        self.port = self._listening.sockets[0].getsockname()[1]
        self.world.listener = self

    async def stop(self) -> None:
        """Closes everything; `start` takes up on the same port, with the same world."""
        self.world.listener = None
        if self._listening:
            self._listening.close()
        self.drop_connections()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._listening:
            await self._listening.wait_closed()
        self._listening = None

    # For tests

    def session_for(self, user: User) -> str:
        """A StringSession that is signed in as `user`: another device with each call."""
        key = Key(AuthKey(os.urandom(KEY_SIZE)), user)
        self.add_key(key)
        return self._string_session(key)

    def client(self, user: User | None = None, session: str = "", **options: Any) -> TelegramClient:
        """A plain Telethon client of this server, not connected yet: signed in as `user`, with `session`, or new."""
        stored = StringSession(session or (self.session_for(user) if user else None))
        if not session and not user:
            telegram_rsa.add_key(public_pem(), old=False)
            stored.set_dc(DC, self.host, self.port)
        return TelegramClient(stored, API_ID, API_HASH, **({"flood_sleep_threshold": 0, "retry_delay": 0.05} | options))

    def environment(self, user: User | None = None) -> dict[str, str]:
        """The variables that lead `moderator-app` here; with `user`, signed in."""
        path = Path(tempfile.mkdtemp(prefix="telegram-")) / "key.pem"
        path.write_text(public_pem())
        values = {
            "MODERATOR_TELEGRAM_SERVER": f"{self.host}:{self.port}",
            "MODERATOR_TELEGRAM_PUBLIC_KEY": str(path),
            "MODERATOR_TELEGRAM_API_ID": str(API_ID),
            "MODERATOR_TELEGRAM_API_HASH": API_HASH,
        }
        return values | ({"MODERATOR_TELEGRAM_SESSION": self.session_for(user)} if user else {})

    def devices(self, user: User) -> list[Device]:
        """Where a user is signed in, as those clients described themselves."""
        return [key.device for key in self.keys.values() if key.user is user and key.device]

    def drop_connections(self) -> None:
        for connection in list(self._connections):
            connection.abort()

    def revoke(self, user: User) -> None:
        """Ends all sessions of a user, as another device can."""
        for key in self.keys_of(user):
            self.end(key)

    def accept_login_token(self, token: bytes, user: User) -> None:
        """As if `user` had scanned the QR code with this token. Raises RpcError."""
        accept_login_token(Call(self, Key(AuthKey(os.urandom(KEY_SIZE)), user)), types.auth.LoginToken(None, token))

    # For the parts

    def add_key(self, key: Key) -> None:
        self.keys[key.auth.key_id] = key

    def keys_of(self, user: User) -> list[Key]:
        return [key for key in self.keys.values() if key.user is user]

    def sign_out(self, key: Key) -> None:
        key.user = key.pending_password = None

    def end(self, key: Key) -> None:
        """Signs a device out from outside."""
        self.sign_out(key)
        for session in list(key.sessions.values()):
            if session.connection:
                session.connection.abort()

    async def request(self, connection: Connection, session: Session, number: int, request: TL) -> bytes | None:
        """Carries out a request; its answer, or None when it comes later or never."""
        request = self._unwrapped(session, request)
        name = method_name(request)
        self.arrived[name] += 1
        fault = self.faults.met(name, request, session.key.user)
        if fault and fault.delay:
            self._start(self._later(fault.delay, session, number, request))
            return None
        if fault and fault.hang_up and not fault.lose_answer:
            connection.abort()
            raise ConnectionResetError
        if fault and fault.error:
            return self._answered(session, number, types.RpcError(fault.code, fault.error))
        answer = self._answered(session, number, self._carry_out(session, request))
        if fault and fault.lose_answer:
            session.answers[number] = None
            if fault.hang_up:
                connection.abort()
                raise ConnectionResetError
            return None
        return answer

    def happened(self, owner: Chat | User, event: Event) -> None:
        """Pushes to everybody concerned, except the session whose request it was."""
        concerned = owner.members if isinstance(owner, Chat) else [owner]
        for key in self._keys_of(concerned):
            if self._call and key is self._call.key:
                self._call.changes.append((owner, event))
            elif session := key.listener():
                self._push(session, pushed_event(self._view(key), owner, event))

    def noticed(self, users: Iterable[User], notice: Notice) -> None:
        for key in self._keys_of(users):
            if self._call and key is self._call.key:
                self._call.notices.append(notice)
            elif session := key.listener():
                self._push(session, pushed_notice(self._view(key), notice))

    def push(self, key: Key, update: TL) -> None:
        """To one device, signed in or not."""
        if session := key.listener():
            self._push(session, update)

    def _carry_out(self, session: Session, request: TL) -> TL:
        """The answer in bytes, or an RpcError."""
        method = METHODS.get(type(request))
        if method is None:
            return types.RpcError(400, "METHOD_INVALID")
        if session.key.user is None and type(request) not in ANONYMOUS:
            return types.RpcError(401, "AUTH_KEY_UNREGISTERED")
        call = self._call = Call(self, session.key)
        try:
            answer = encoded(method(call, request))
        except RpcError as error:
            return types.RpcError(error.code, error.text)
        except Exception as error:
            self.mistakes.append(error)
            return types.RpcError(400, "SERVER_MISTAKE")
        finally:
            self._call = None
        self.carried_out[method_name(request)] += 1
        for notice in call.notices:
            self._push(session, pushed_notice(self._view(session.key), notice))
        return answer

    def _answered(self, session: Session, number: int, answer: TL) -> bytes:
        data = result(number, answer)
        session.remember(number, data)
        return data

    async def _later(self, delay: float, session: Session, number: int, request: TL) -> None:
        await asyncio.sleep(delay)
        answer = self._answered(session, number, self._carry_out(session, request))
        if session.connection:
            session.connection.send([(answer, True)])

    def _unwrapped(self, session: Session, request: TL) -> TL:
        """Takes off what is wrapped around a request, and what it says of the client."""
        layer, wants_updates = 0, True
        while True:
            if isinstance(request, functions.InvokeWithLayerRequest):
                layer = request.layer
            elif isinstance(request, functions.InitConnectionRequest):
                session.key.device = Device(
                    layer, request.api_id, request.device_model, request.system_version, request.app_version,
                    request.lang_code,
                )  # fmt: skip
            elif isinstance(request, functions.InvokeWithoutUpdatesRequest):
                wants_updates = False
            elif not isinstance(request, functions.InvokeAfterMsgRequest):
                session.wants_updates |= wants_updates
                return request
            request = request.query

    def _push(self, session: Session, update: TL) -> None:
        if update is None or self.faults.chance(self.faults.lose_updates):
            return
        data = packed(bytes(update))
        held = self._held_back.pop(session, None)
        if held is None and self.faults.chance(self.faults.reorder_updates):
            self._held_back[session] = data
            return
        copies = 2 if self.faults.chance(self.faults.duplicate_updates) else 1
        for body in [*[data] * copies, *([held] if held else [])]:
            if session.connection:
                session.connection.send([(body, True)])

    def _keys_of(self, users: Iterable[User]) -> list[Key]:
        concerned = users if isinstance(users, dict) else set(users)
        return [key for key in self.keys.values() if key.user in concerned]

    def _view(self, key: Key) -> View:
        assert key.user
        return View(self.world, key.user, shortened=self.faults.short_users)

    def _string_session(self, key: Key) -> str:
        address = ipaddress.ip_address(self.host).packed
        packed_session = struct.pack(">B4sH256s", DC, address, self.port, key.auth.key)
        return f"1{StringSession.encode(packed_session)}"

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.faults.refusing:
            writer.transport.abort()
            return
        connection = Connection(self, reader, writer)
        self._connections.add(connection)
        try:
            await connection.run()
        except Exception as error:
            self.mistakes.append(error)
        finally:
            self._connections.discard(connection)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
