"""Packets on a TCP stream: the four transports of MTProto, told apart by their first bytes."""

import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Protocol
from zlib import crc32

from telethon.crypto import AESModeCTR

ABRIDGED = 0xEF
INTERMEDIATE = b"\xee\xee\xee\xee"
RANDOMIZED = b"\xdd\xdd\xdd\xdd"


class Framing(Protocol):
    """Cuts a stream into packets and back."""

    async def read(self) -> bytes: ...
    def frame(self, packet: bytes) -> bytes: ...


class Stream:
    """Bytes in and out, with what was already read put back, and encrypted where the transport is obfuscated."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._ahead = b""
        self._decrypt: Callable[[bytes], bytes] = bytes
        self._encrypt: Callable[[bytes], bytes] = bytes

    def encrypted(self, decrypt: Callable[[bytes], bytes], encrypt: Callable[[bytes], bytes]) -> None:
        self._decrypt, self._encrypt = decrypt, encrypt

    def put_back(self, data: bytes) -> None:
        self._ahead = data + self._ahead

    async def read(self, size: int) -> bytes:
        ahead, self._ahead = self._ahead[:size], self._ahead[size:]
        return ahead + self._decrypt(await self._reader.readexactly(size - len(ahead)))

    def write(self, data: bytes) -> None:
        self._writer.write(self._encrypt(data))


class Full:
    """Length, number and checksum around each packet: Telethon's default."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._sent = 0

    async def read(self) -> bytes:
        head = await self._stream.read(8)
        length = struct.unpack("<i", head[:4])[0]
        if not 12 <= length <= 1 << 24:
            raise ConnectionError("no packet of the full transport")
        body = await self._stream.read(length - 8)
        if crc32(head + body[:-4]) != struct.unpack("<I", body[-4:])[0]:
            raise ConnectionError("wrong checksum")
        return body[:-4]

    def frame(self, packet: bytes) -> bytes:
        data = struct.pack("<ii", len(packet) + 12, self._sent) + packet
        self._sent += 1
        return data + struct.pack("<I", crc32(data))


class Abridged:
    """The length in words, in one byte or four."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def read(self) -> bytes:
        words = (await self._stream.read(1))[0]
        if words >= 0x7F:
            words = int.from_bytes(await self._stream.read(3), "little")
        return await self._stream.read(words * 4)

    def frame(self, packet: bytes) -> bytes:
        words = len(packet) // 4
        return (bytes([words]) if words < 0x7F else b"\x7f" + words.to_bytes(3, "little")) + packet


class Intermediate:
    """The length in four bytes; the randomized kind has up to three bytes of padding."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def read(self) -> bytes:
        packet = await self._stream.read(struct.unpack("<i", await self._stream.read(4))[0])
        return packet[: len(packet) // 4 * 4]

    def frame(self, packet: bytes) -> bytes:
        return struct.pack("<i", len(packet)) + packet


async def framing_of(stream: Stream, proxy_secret: bytes = b"") -> Framing:
    """The transport a client opened with. `proxy_secret` (16 bytes) makes the server an MTProxy.

    Raises ConnectionError for what is no MTProto, asyncio.IncompleteReadError when the client left.
    """
    first = await stream.read(1)
    if first[0] == ABRIDGED:
        return Abridged(stream)
    head = first + await stream.read(3)
    if head == INTERMEDIATE:
        return Intermediate(stream)
    second = await stream.read(4)
    if not proxy_secret and second == bytes(4):
        stream.put_back(head + second)
        return Full(stream)
    return _obfuscated(stream, head + second + await stream.read(56), proxy_secret)


def _obfuscated(stream: Stream, header: bytes, secret: bytes) -> Framing:
    def cipher(key_and_iv: bytes) -> Any:
        key = key_and_iv[:32]
        return AESModeCTR(sha256(key + secret).digest() if secret else key, key_and_iv[32:])

    incoming, outgoing = cipher(header[8:56]), cipher(header[55:7:-1])
    tag = incoming.encrypt(header)[56:60]
    stream.encrypted(incoming.encrypt, outgoing.encrypt)
    if tag == bytes([ABRIDGED]) * 4:
        return Abridged(stream)
    if tag in (INTERMEDIATE, RANDOMIZED):
        return Intermediate(stream)
    raise ConnectionError("unknown transport, or the wrong secret of the proxy")
