"""The cloud password, by SRP as https://core.telegram.org/api/srp has it: the server's half."""

from __future__ import annotations

import os
from hashlib import sha256

from telethon.password import compute_hash
from telethon.tl import functions, types

from tests.servers.telegram.calls import Call, RpcError, answers
from tests.servers.telegram.entities import User
from tests.servers.telegram.handshake import GENERATOR, PRIME
from tests.servers.telegram.keys import random_long
from tests.servers.telegram.sign_in import signed_in
from tests.servers.telegram.wire import TL

ALGORITHM = types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
    salt1=os.urandom(16), salt2=os.urandom(16), g=GENERATOR, p=PRIME.to_bytes(256, "big")
)


@answers(functions.account.GetPasswordRequest, anonymously=True)
def get_password(call: Call, request: TL) -> TL:
    user = _asked(call)
    common = {
        "new_algo": ALGORITHM,
        "new_secure_algo": types.SecurePasswordKdfAlgoUnknown(),
        "secure_random": os.urandom(32),
    }
    if not user.password:
        return types.account.Password(**common)
    secret = int.from_bytes(os.urandom(256), "big")
    number = random_long()
    call.key.password_checks[number] = secret
    return types.account.Password(
        **common, has_password=True, has_recovery=False, current_algo=ALGORITHM, srp_B=_public(user, secret),
        srp_id=number, hint=user.password_hint or None,
    )  # fmt: skip


@answers(functions.auth.CheckPasswordRequest, anonymously=True)
def check_password(call: Call, request: TL) -> TL:
    user, given = _asked(call), request.password
    secret = call.key.password_checks.pop(getattr(given, "srp_id", 0), None)
    if secret is None:
        raise RpcError("SRP_ID_INVALID")
    if _proof(user, secret, given.A) != given.M1:
        raise RpcError("PASSWORD_HASH_INVALID")
    return signed_in(call, user)


def _asked(call: Call) -> User:
    user = call.key.pending_password or call.key.user
    if user is None:
        raise RpcError("AUTH_KEY_UNREGISTERED", 401)
    return user


def _public(user: User, secret: int) -> bytes:
    multiplier = int.from_bytes(_hash(_bytes(PRIME), _bytes(GENERATOR)), "big")
    return _bytes((multiplier * _verifier(user) + pow(GENERATOR, secret, PRIME)) % PRIME)


def _proof(user: User, secret: int, theirs: bytes) -> bytes:
    """What the client must have computed, if it knows the password."""
    public = _public(user, secret)
    mixed = int.from_bytes(_hash(theirs, public), "big")
    shared = pow(int.from_bytes(theirs, "big") * pow(_verifier(user), mixed, PRIME), secret, PRIME)
    both = bytes(a ^ b for a, b in zip(_hash(_bytes(PRIME)), _hash(_bytes(GENERATOR)), strict=True))
    return _hash(both, _hash(ALGORITHM.salt1), _hash(ALGORITHM.salt2), theirs, public, _hash(_bytes(shared)))


def _verifier(user: User) -> int:
    return pow(GENERATOR, int.from_bytes(compute_hash(ALGORITHM, user.password), "big"), PRIME)


def _bytes(number: int) -> bytes:
    return number.to_bytes(256, "big")


def _hash(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()
