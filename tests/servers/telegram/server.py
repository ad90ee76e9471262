"""The server: where it listens, what it holds, and what tests do with it."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import pickle
import struct
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from telethon import TelegramClient
from telethon.crypto import AuthKey
from telethon.crypto import rsa as telegram_rsa
from telethon.sessions import StringSession
from telethon.tl import types

from tests.servers.telegram.calls import Call
from tests.servers.telegram.connection import Connection
from tests.servers.telegram.entities import Chat, User
from tests.servers.telegram.faults import Faults
from tests.servers.telegram.files import DC
from tests.servers.telegram.handshake import KEY_SIZE, RsaKey, process_key, public_pem
from tests.servers.telegram.keys import Device, Key, random_long
from tests.servers.telegram.membership import World
from tests.servers.telegram.pushes import Pushes
from tests.servers.telegram.requests import Requests
from tests.servers.telegram.sign_in import SignIns, accept_login_token

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
        self.application = (API_ID, API_HASH)
        """What a client must name to sign in."""
        self.arrived: Counter[str] = Counter()
        """Requests by method ("messages.SendMessage"), refused ones too."""
        self.carried_out: Counter[str] = Counter()
        self.sign_ins = SignIns()
        self.mistakes: list[Exception] = []
        """What broke in the server itself; raised when the test leaves it."""
        self.keys: dict[int, Key] = {}
        self.random_ids: set[tuple[User, int]] = set()
        self.uploads: dict[tuple[User, int], dict[int, bytes]] = {}
        """Parts of files not sent yet, by file id and number."""
        self.requests = Requests(self)
        self.pushes = Pushes(self)
        self._rsa_key: RsaKey | None = None
        self._connections: set[Connection] = set()
        self._listening: asyncio.Server | None = None

    async def __aenter__(self) -> TelegramServer:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        if self.mistakes:
            raise self.mistakes[0]

    async def start(self) -> None:
        self._listening = await asyncio.start_server(self._accept, self.host, self.port)
        self.port = self._listening.sockets[0].getsockname()[1]
        self.world.listener = self.pushes

    async def stop(self) -> None:
        """Closes everything; `start` takes up on the same port, with all that is known."""
        self.world.listener = None
        if self._listening:
            self._listening.close()
        self.drop_connections()
        await self.requests.stop()
        if self._listening:
            await self._listening.wait_closed()
        self._listening = None

    async def restart(
        self, *, forget_sessions: bool = False, forget_updates: bool = False, forget_keys: bool = False
    ) -> None:
        """Forgetting sessions loses the answers given and changes the salts; forgetting updates makes differences too
        long; forgetting keys signs everybody out."""
        await self.stop()
        if forget_sessions:
            for key in self.keys.values():
                key.sessions.clear()
                key.salt = random_long()
        if forget_updates:
            owners: list[User | Chat] = [*self.world.users.values(), *self.world.chats.values()]
            for owner in owners:
                owner.box.forget()
        if forget_keys:
            self.keys.clear()
        await self.start()

    def save(self, path: Path) -> None:
        """World, sign-ins and key, to be taken up by `load`, in another process too."""
        state = (self.world, self.keys, self.random_ids, self.sign_ins, self.port, self.rsa_key)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_bytes(pickle.dumps(state))
        unfinished.replace(path)

    @classmethod
    def load(cls, path: Path) -> TelegramServer:
        world, keys, random_ids, sign_ins, port, rsa_key = pickle.loads(path.read_bytes())
        server = cls(world, port=port)
        server.keys, server.random_ids, server.sign_ins, server._rsa_key = keys, random_ids, sign_ins, rsa_key
        return server

    def session_for(self, user: User) -> str:
        """A StringSession that is signed in as `user`: another device with each call."""
        key = Key(AuthKey(os.urandom(KEY_SIZE)), user)
        self.add_key(key)
        address = ipaddress.ip_address(self.host).packed
        packed = struct.pack(">B4sH256s", DC, address, self.port, key.auth.key)
        return f"1{StringSession.encode(packed)}"

    def client(self, user: User | None = None, session: str = "", **options: Any) -> TelegramClient:
        """A plain Telethon client of this server, not connected yet: signed in as `user`, with `session`, or new."""
        stored = StringSession(session or (self.session_for(user) if user else None))
        if not session and not user:
            telegram_rsa.add_key(public_pem(self.rsa_key), old=False)
            stored.set_dc(DC, self.host, self.port)
        return TelegramClient(stored, API_ID, API_HASH, **({"flood_sleep_threshold": 0, "retry_delay": 0.05} | options))

    def environment(self, user: User | None = None) -> dict[str, str]:
        """The variables that lead `moderator-app` here; with `user`, signed in."""
        path = Path(tempfile.mkdtemp(prefix="telegram-")) / "key.pem"
        path.write_text(public_pem(self.rsa_key))
        values = {
            "MODERATOR_TELEGRAM_SERVER": f"{self.host}:{self.port}",
            "MODERATOR_TELEGRAM_PUBLIC_KEY": str(path),
            "MODERATOR_TELEGRAM_API_ID": str(API_ID),
            "MODERATOR_TELEGRAM_API_HASH": API_HASH,
        }
        return values | ({"MODERATOR_TELEGRAM_SESSION": self.session_for(user)} if user else {})

    def devices(self, user: User) -> list[Device]:
        """Where a user is signed in, as those clients described themselves."""
        return [key.device for key in self.keys_of(user) if key.device]

    def drop_connections(self) -> None:
        for connection in list(self._connections):
            connection.abort()

    def revoke(self, who: User | str) -> None:
        """Ends all sessions of a user, or that of one StringSession, as another device can."""
        keys = self.keys_of(who) if isinstance(who, User) else [self.keys[StringSession(who).auth_key.key_id]]
        for key in keys:
            self.end(key)

    def accept_login_token(self, token: bytes, user: User) -> None:
        """As if `user` had scanned the QR code with this token. Raises RpcError."""
        accept_login_token(Call(self, Key(AuthKey(os.urandom(KEY_SIZE)), user)), types.auth.LoginToken(None, token))

    @property
    def rsa_key(self) -> RsaKey:
        """Made on first use, one for all servers of a process."""
        self._rsa_key = self._rsa_key or process_key()
        return self._rsa_key

    def add_key(self, key: Key) -> None:
        self.keys[key.auth.key_id] = key

    def keys_of(self, user: User) -> list[Key]:
        return [key for key in self.keys.values() if key.user is user]

    def end(self, key: Key) -> None:
        """Signs a device out from outside."""
        key.user = key.pending_password = None
        for session in list(key.sessions.values()):
            if session.connection:
                session.connection.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        self._connections.add(connection)
        try:
            await connection.run()
        except Exception as error:
            self.mistakes.append(error)
        finally:
            self._connections.discard(connection)
