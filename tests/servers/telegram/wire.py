"""TL objects as bytes, and the encryption of messages with an authorization key, as the server's side does it."""

import gzip
import os
import struct
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from telethon.crypto import AES, AuthKey
from telethon.extensions import BinaryReader
from telethon.tl.core import GzipPacked

TL = Any
"""An object of Telethon's `telethon.tl`, which carries no types."""

RPC_RESULT = 0xF35C6D01
CONTAINER = 0x73F1F8DC
VECTOR = 0x1CB5C415
TRUE, FALSE = 0x997275B5, 0xBC799737
GZIP_FROM = 512


@dataclass(frozen=True, slots=True)
class Envelope:
    """A decrypted packet."""

    salt: int
    session_id: int
    message_id: int
    sequence: int
    body: bytes


class Undecipherable(Exception):
    """A packet that was not encrypted with the key it names."""


def encoded(value: TL) -> bytes:
    """An answer in bytes: an object, a truth value, a list of objects or of 64-bit numbers, or bytes as they are."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return struct.pack("<I", TRUE if value else FALSE)
    if isinstance(value, list):
        items = (struct.pack("<q", item) if isinstance(item, int) else encoded(item) for item in value)
        return struct.pack("<Ii", VECTOR, len(value)) + b"".join(items)
    return bytes(value)


def packed(data: bytes) -> bytes:
    """`data`, in gzip when that is shorter."""
    if len(data) < GZIP_FROM:
        return data
    shorter = struct.pack("<I", GzipPacked.CONSTRUCTOR_ID) + GzipPacked.serialize_bytes(gzip.compress(data, 1))
    return shorter if len(shorter) < len(data) else data


def decoded(data: bytes) -> TL:
    """The object in `data`, unpacked. Raises telethon's TypeNotFoundError for one it does not know."""
    value = BinaryReader(data).tgread_object()
    return decoded(value.data) if isinstance(value, GzipPacked) else value


def result(request_id: int, value: TL) -> bytes:
    """The answer to a request: an object, or an RpcError."""
    return struct.pack("<Iq", RPC_RESULT, request_id) + packed(encoded(value))


def container(messages: list[bytes]) -> bytes:
    return struct.pack("<Ii", CONTAINER, len(messages)) + b"".join(messages)


def key_id(packet: bytes) -> int:
    """The 64-bit id of the key a packet was encrypted with; 0 for a plain one."""
    return int(struct.unpack("<Q", packet[:8])[0])


def encrypt(key: AuthKey, envelope: Envelope) -> bytes:
    data = struct.pack(
        "<qqqii", envelope.salt, envelope.session_id, envelope.message_id, envelope.sequence, len(envelope.body)
    )
    data += envelope.body
    data += os.urandom(-(len(data) + 12) % 16 + 12)
    message_key = sha256(key.key[96:128] + data).digest()[8:24]
    cipher: bytes = AES.encrypt_ige(data, *_cipher_key(key.key, message_key, 8))
    return struct.pack("<Q", key.key_id) + message_key + cipher


def decrypt(key: AuthKey, packet: bytes) -> Envelope:
    message_key = packet[8:24]
    data = AES.decrypt_ige(packet[24:], *_cipher_key(key.key, message_key, 0))
    if sha256(key.key[88:120] + data).digest()[8:24] != message_key:
        raise Undecipherable
    salt, session_id, message_id, sequence, length = struct.unpack("<qqqii", data[:32])
    return Envelope(salt, session_id, message_id, sequence, data[32 : 32 + length])


def _cipher_key(key: bytes, message_key: bytes, shift: int) -> tuple[bytes, bytes]:
    """AES key and vector; `shift` is 0 for what a client sends and 8 for what the server sends."""
    first = sha256(message_key + key[shift : shift + 36]).digest()
    second = sha256(key[shift + 40 : shift + 76] + message_key).digest()
    return first[:8] + second[8:24] + first[24:32], second[:8] + first[8:24] + second[24:32]
