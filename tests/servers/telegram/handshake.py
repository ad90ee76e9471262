"""The key exchange: a client that has no authorization key gets one.

https://core.telegram.org/mtproto/auth_key, with the RSA padding by SHA-1 that Telethon sends.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from math import gcd, lcm, prod

import rsa
from telethon.crypto import AES, AuthKey
from telethon.crypto import rsa as telegram_rsa
from telethon.extensions import BinaryReader
from telethon.helpers import generate_key_data_from_nonce
from telethon.tl import functions, types

from tests.servers.telegram.wire import TL

PRIME = int(
    "c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f"
    "48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37"
    "20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64"
    "2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4"
    "a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754"
    "fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4"
    "e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f"
    "0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b",
    16,
)
"""The prime Telegram's servers use, which clients know to be safe."""

GENERATOR = 3
KEY_SIZE = 256
PLAIN_BELOW = 1 << 2040
"""What is encrypted with the RSA key is 255 bytes long."""
_P, _Q = 1229739323, 1402015859


@dataclass(frozen=True)
class RsaKey:
    n: int
    e: int
    d: int


@cache
def process_key() -> RsaKey:
    """An RSA key, the same at each call: of eight primes, which are found in a moment where two take up to 20 s."""
    e = 65537
    while True:
        primes = {rsa.prime.getprime(256) for _ in range(8)}
        order = lcm(*(prime - 1 for prime in primes))
        if prod(primes) > PLAIN_BELOW and gcd(e, order) == 1:
            return RsaKey(prod(primes), e, pow(e, -1, order))


def public_pem(key: RsaKey) -> str:
    """The public half as PKCS#1, the only form Telethon reads."""
    pem: bytes = rsa.PublicKey(key.n, key.e).save_pkcs1()
    return pem.decode()


class Refusal(Exception):
    """A step of the exchange that is not what the protocol asks for; the connection ends."""


class Handshake:
    """One exchange. `answer` takes the client's three requests in turn; then `key` is set."""

    def __init__(self, rsa_key: Callable[[], RsaKey], clock_offset: float = 0) -> None:
        self._rsa_key = rsa_key
        self.key: AuthKey | None = None
        self._nonce = self._server_nonce = self._new_nonce = 0
        self._secret = 0
        self._clock_offset = clock_offset

    def answer(self, request: TL) -> TL:
        """Raises Refusal."""
        if isinstance(request, functions.ReqPqMultiRequest):
            return self._offer(request)
        if isinstance(request, functions.ReqDHParamsRequest):
            return self._parameters(request)
        if isinstance(request, functions.SetClientDHParamsRequest):
            return self._agree(request)
        raise Refusal(type(request).__name__)

    def _offer(self, request: TL) -> TL:
        self._nonce = request.nonce
        self._server_nonce = int.from_bytes(os.urandom(16), "little", signed=True)
        return types.ResPQ(
            nonce=self._nonce,
            server_nonce=self._server_nonce,
            pq=telegram_rsa.get_byte_array(_P * _Q),
            server_public_key_fingerprints=[telegram_rsa._compute_fingerprint(self._rsa_key())],
        )

    def _parameters(self, request: TL) -> TL:
        self._check(request)
        key = self._rsa_key()
        plain = pow(int.from_bytes(request.encrypted_data, "big"), key.d, key.n).to_bytes(256, "big")
        inner = BinaryReader(plain[21:]).tgread_object()
        if plain[1:21] != sha1(bytes(inner)).digest() or inner.nonce != self._nonce:
            raise Refusal("the data encrypted with the public key")
        self._new_nonce = inner.new_nonce
        self._secret = int.from_bytes(os.urandom(KEY_SIZE), "big")
        parameters = bytes(
            types.ServerDHInnerData(
                nonce=self._nonce,
                server_nonce=self._server_nonce,
                g=GENERATOR,
                dh_prime=telegram_rsa.get_byte_array(PRIME),
                g_a=telegram_rsa.get_byte_array(pow(GENERATOR, self._secret, PRIME)),
                server_time=int(time.time() + self._clock_offset),
            )
        )
        data = sha1(parameters).digest() + parameters
        return types.ServerDHParamsOk(
            nonce=self._nonce,
            server_nonce=self._server_nonce,
            encrypted_answer=AES.encrypt_ige(data + os.urandom(-len(data) % 16), *self._temporary_key()),
        )

    def _agree(self, request: TL) -> TL:
        self._check(request)
        inner = BinaryReader(AES.decrypt_ige(request.encrypted_data, *self._temporary_key())[20:]).tgread_object()
        shared = telegram_rsa.get_byte_array(pow(int.from_bytes(inner.g_b, "big"), self._secret, PRIME))
        key = AuthKey(shared)
        both = {"nonce": self._nonce, "server_nonce": self._server_nonce}
        if len(shared) < KEY_SIZE:  # one in 256; a StringSession would keep such a key wrongly
            return types.DhGenRetry(**both, new_nonce_hash2=key.calc_new_nonce_hash(self._new_nonce, 2))
        self.key = key
        return types.DhGenOk(**both, new_nonce_hash1=key.calc_new_nonce_hash(self._new_nonce, 1))

    def _temporary_key(self) -> tuple[bytes, bytes]:
        key, vector = generate_key_data_from_nonce(self._server_nonce, self._new_nonce)
        return key, vector

    def _check(self, request: TL) -> None:
        if (request.nonce, request.server_nonce) != (self._nonce, self._server_nonce):
            raise Refusal("nonce")
