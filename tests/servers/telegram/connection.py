"""One TCP connection: packets in, service messages answered, requests handed to the server, answers out."""

from __future__ import annotations

import asyncio
import struct
import time
from typing import TYPE_CHECKING

from telethon.errors import TypeNotFoundError
from telethon.extensions import BinaryReader
from telethon.tl import functions, types
from telethon.tl.core import MessageContainer

from tests.servers.telegram.handshake import Handshake, Refusal
from tests.servers.telegram.keys import Key, Session, random_long
from tests.servers.telegram.transport import Framing, Stream, framing_of
from tests.servers.telegram.wire import TL, Envelope, Undecipherable, decoded, decrypt, key_id

if TYPE_CHECKING:
    from tests.servers.telegram.server import TelegramServer

KEY_UNKNOWN = struct.pack("<i", -404)
WRONG_SALT, TOO_LOW, TOO_HIGH = 48, 16, 17
OLDEST, NEWEST = 300, 30
"""Seconds that a client's clock may be behind and ahead."""


class Connection:
    def __init__(self, server: TelegramServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._writer = writer
        self._stream = Stream(reader, writer)
        self._framing: Framing | None = None
        self._handshake = Handshake(lambda: server.rsa_key, server.clock_offset)
        self._session: Session | None = None

    async def run(self) -> None:
        """Until one side leaves."""
        try:
            self._framing = await framing_of(self._stream, self._server.proxy_secret)
            while True:
                packet = await self._framing.read()
                if not self._server.faults.silent:
                    await self._packet(packet)
        except (OSError, asyncio.IncompleteReadError, Refusal, Undecipherable, struct.error):
            pass
        finally:
            self.close()

    def close(self) -> None:
        if self._session and self._session.connection is self:
            self._session.connection = None
        self._writer.close()

    def abort(self) -> None:
        """As a network that fails: without a word."""
        self._writer.transport.abort()
        self.close()

    def send(self, bodies: list[tuple[bytes, bool]]) -> None:
        """Messages of the session in one packet, each (body, whether it is content)."""
        if self._session and self._framing and not self._writer.is_closing() and not self._server.faults.silent:
            self._stream.write(self._framing.frame(self._session.seal(bodies, self._server.clock_offset)))

    async def _packet(self, packet: bytes) -> None:
        number = key_id(packet)
        if number == 0:
            self._exchange(packet)
            return
        key = self._server.keys.get(number)
        if key is None:
            assert self._framing
            self._stream.write(self._framing.frame(KEY_UNKNOWN))
            return
        envelope = decrypt(key.auth, packet)
        answers = self._opened(key, envelope)
        if answers is None:
            answers = []
            for message_id, _sequence, body in _unpacked(envelope):
                answers += await self._message(message_id, body)
        if answers:
            self.send(answers)
            await self._writer.drain()

    def _exchange(self, packet: bytes) -> None:
        answer = bytes(self._handshake.answer(BinaryReader(packet[20:]).tgread_object()))
        number = int(time.time() + self._server.clock_offset) << 32 | 1
        assert self._framing
        self._stream.write(self._framing.frame(struct.pack("<qqi", 0, number, len(answer)) + answer))
        if self._handshake.key:
            self._server.add_key(Key(self._handshake.key))

    def _opened(self, key: Key, envelope: Envelope) -> list[tuple[bytes, bool]] | None:
        """Takes the packet's session; the complaint where the packet cannot be taken."""
        session = key.sessions.get(envelope.session_id)
        fresh = session is None
        if session is None:
            session = key.sessions[envelope.session_id] = Session(envelope.session_id, key)
        self._session = session
        session.connection = self
        which = {"bad_msg_id": envelope.message_id, "bad_msg_seqno": envelope.sequence}
        late = time.time() + self._server.clock_offset - (envelope.message_id >> 32)
        if not -NEWEST <= late <= OLDEST:
            code = TOO_LOW if late > 0 else TOO_HIGH
            return [(bytes(types.BadMsgNotification(**which, error_code=code)), False)]
        if envelope.salt != key.salt:
            return [(bytes(types.BadServerSalt(**which, error_code=WRONG_SALT, new_server_salt=key.salt)), False)]
        if fresh or not session.greeted:
            session.greeted = True
            created = types.NewSessionCreated(envelope.message_id, random_long(), key.salt)
            self.send([(bytes(created), True)])
        return None

    async def _message(self, number: int, message: TL) -> list[tuple[bytes, bool]]:
        """The answers that can be given at once; those of delayed requests are sent when they are ready."""
        assert self._session
        if isinstance(message, types.MsgsAck | types.MsgsStateInfo | types.MsgsAllInfo):
            return []
        service = self._service(number, message)
        if service is not None:
            return [(bytes(service), True)]
        if number in self._session.answers:  # sent again: answered, not carried out again
            known = self._session.answers[number]
            return [(known, True)] if known else []
        self._session.remember(number, None)
        answer = await self._server.requests.take(self, self._session, number, message)
        return [(answer, True)] if answer else []

    def _service(self, number: int, message: TL) -> TL:
        if isinstance(message, functions.PingRequest | functions.PingDelayDisconnectRequest):
            return types.Pong(msg_id=number, ping_id=message.ping_id)
        if isinstance(message, functions.GetFutureSaltsRequest):
            assert self._session
            return _salts(number, self._session.key.salt, message.num)
        if isinstance(message, types.MsgsStateReq | types.MsgResendReq):
            return types.MsgsStateInfo(req_msg_id=number, info=chr(1) * len(message.msg_ids))
        if isinstance(message, functions.DestroySessionRequest):
            assert self._session
            found = self._session.key.sessions.pop(message.session_id, None)
            return (types.DestroySessionOk if found else types.DestroySessionNone)(message.session_id)
        return None


def _unpacked(envelope: Envelope) -> list[tuple[int, int, TL]]:
    """The messages of a packet: one, or those of a container."""
    try:
        value = decoded(envelope.body)
    except TypeNotFoundError as error:
        raise Refusal(str(error)) from error
    if not isinstance(value, MessageContainer):
        return [(envelope.message_id, envelope.sequence, value)]
    return [(inner.msg_id, inner.seq_no, _content(inner.obj)) for inner in value.messages]


def _content(value: TL) -> TL:
    return decoded(value.data) if hasattr(value, "data") and type(value).__name__ == "GzipPacked" else value


def _salts(number: int, salt: int, count: int) -> TL:
    now = int(time.time())
    return types.FutureSalts(
        req_msg_id=number, now=now, salts=[types.FutureSalt(now - 60, now + 3600, salt)] * max(1, min(count, 1))
    )
