"""Authorization keys and the sessions that clients hold with them."""

from __future__ import annotations

import os
import struct
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from telethon.crypto import AuthKey

from tests.servers.telegram.entities import User
from tests.servers.telegram.wire import Envelope, container, encrypt

if TYPE_CHECKING:
    from tests.servers.telegram.connection import Connection

KEPT_ANSWERS = 2000


def random_long() -> int:
    return int(struct.unpack("<q", os.urandom(8))[0])


@dataclass(frozen=True, slots=True)
class Device:
    """What a client said of itself in initConnection."""

    layer: int
    api_id: int
    device_model: str
    system_version: str
    app_version: str
    lang_code: str


@dataclass(eq=False)
class Key:
    """An authorization key: one sign-in on one device."""

    auth: AuthKey
    user: User | None = None
    device: Device | None = None
    salt: int = field(default_factory=random_long)
    sessions: dict[int, Session] = field(default_factory=dict)
    pending_password: User | None = None
    """Who gave the right code and still owes the cloud password."""
    password_checks: dict[int, int] = field(default_factory=dict)
    """By number (srp_id), the server's secret of a check under way."""

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"sessions": {}}

    def listener(self) -> Session | None:
        """The session that updates are pushed to: the newest with a connection that asked for something."""
        awake = (
            session for session in reversed(self.sessions.values()) if session.wants_updates and session.connection
        )
        return next(awake, None)


@dataclass(eq=False)
class Session:
    """Numbers and answers of one session (a key and a random id chosen by the client)."""

    id: int
    key: Key
    connection: Connection | None = None
    wants_updates: bool = False
    greeted: bool = False
    answers: dict[int, bytes | None] = field(default_factory=dict)
    """By request's message id; None while it is carried out, or when its answer was lost."""
    _sequence: int = 0
    _last_id: int = 0
    _clock_offset: float = 0

    def seal(self, bodies: list[tuple[bytes, bool]], clock_offset: float = 0) -> bytes:
        """One packet with these messages, each (body, whether it is content that the client acknowledges)."""
        self._clock_offset = clock_offset
        if len(bodies) == 1:
            body, content = bodies[0]
            return self._encrypt(body, content)
        inner = []
        for body, content in bodies:
            inner.append(struct.pack("<qii", self._next_id(), self._next_sequence(content), len(body)) + body)
        return self._encrypt(container(inner), False)

    def remember(self, request_id: int, answer: bytes | None) -> None:
        self.answers[request_id] = answer
        while len(self.answers) > KEPT_ANSWERS:
            del self.answers[next(iter(self.answers))]

    def _encrypt(self, body: bytes, content: bool) -> bytes:
        envelope = Envelope(self.key.salt, self.id, self._next_id(), self._next_sequence(content), body)
        return encrypt(self.key.auth, envelope)

    def _next_id(self) -> int:
        """Grows with the time in its upper half; odd, as the server's ids are."""
        now = time.time() + self._clock_offset
        self._last_id = max(int(now) << 32 | int(now % 1 * 2**32) & ~3 | 1, self._last_id + 4)
        return self._last_id

    def _next_sequence(self, content: bool) -> int:
        number = self._sequence * 2 + content
        self._sequence += content
        return number
