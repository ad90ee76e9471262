"""What goes wrong on demand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.servers.telegram.entities import Chat, User
from tests.servers.telegram.wire import TL

Condition = Callable[[TL, User | None], bool]


@dataclass(eq=False)
class Fault:
    """For the next `times` requests of `method` ("*": any) that meet `when`: wait, then refuse or lose the answer."""

    method: str
    times: float
    when: Condition
    error: str = ""
    code: int = 400
    delay: float = 0
    lose_answer: bool = False
    hang_up: bool = False


class Faults:
    """Each may be set at any time; all are off at first."""

    def __init__(self, seed: int = 1) -> None:
        self.silent = False
        """Nothing is answered or pushed any more; connections stay open."""
        self.drop_chance = 0.0
        """That a connection breaks at a request: half of the time before it is carried out, half after."""
        self.duplicate_updates = 0.0
        """Chance that a push is sent twice."""
        self.reorder_updates = 0.0
        """Chance that a push comes after the next one."""
        self.lose_updates = 0.0
        """Chance that a push is never sent."""
        self.short_users = False
        """Pushes show users as `min`, without a usable hash, as Telegram often does in large groups."""
        self.random = random.Random(seed)
        self._planned: list[Fault] = []
        self._too_long: dict[Chat | User | None, int] = {}

    def fail(self, method: str, error: str, times: float = 1, *, code: int = 0, when: Condition | None = None) -> Fault:
        """Refuses without carrying out: `fail("channels.EditBanned", "FLOOD_WAIT_3", 2)`."""
        return self._plan(Fault(method, times, when or _always, error, code or _code(error)))

    def lose_answers(
        self, method: str, times: float = 1, *, hang_up: bool = True, when: Condition | None = None
    ) -> Fault:
        """Carries out, but the answer never comes; `hang_up` breaks the connection then."""
        return self._plan(Fault(method, times, when or _always, lose_answer=True, hang_up=hang_up))

    def delay(self, method: str, seconds: float, times: float = 1, *, when: Condition | None = None) -> Fault:
        """Carries out after a while; other requests are answered meanwhile."""
        return self._plan(Fault(method, times, when or _always, delay=seconds))

    def hang_up(self, method: str, times: float = 1, *, when: Condition | None = None) -> Fault:
        """Breaks the connection without carrying out."""
        return self._plan(Fault(method, times, when or _always, hang_up=True))

    def too_long_differences(self, owner: Chat | User | None = None, times: int = 1) -> None:
        """The next differences of a chat or an account (None: of anything) say that they are too long."""
        self._too_long[owner] = self._too_long.get(owner, 0) + times

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]

    def too_long(self, owner: Chat | User) -> bool:
        for key in (owner, None):
            if self._too_long.get(key):
                self._too_long[key] -= 1
                return True
        return False

    def met(self, method: str, request: TL, user: User | None) -> Fault | None:
        """The fault of a request that arrived; it is used up by this."""
        for fault in self._planned:
            if fault.method in (method, "*") and fault.when(request, user):
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        if self.drop_chance and self.random.random() < self.drop_chance:
            return Fault(method, 1, _always, lose_answer=self.random.random() < 0.5, hang_up=True)
        return None

    def chance(self, probability: float) -> bool:
        return bool(probability) and self.random.random() < probability

    def _plan(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault


def _always(request: Any, user: User | None) -> bool:
    return True


def _code(error: str) -> int:
    if error.startswith(("FLOOD_", "SLOWMODE_")):
        return 420
    if error in ("AUTH_KEY_UNREGISTERED", "SESSION_REVOKED", "SESSION_EXPIRED", "USER_DEACTIVATED", "AUTH_KEY_INVALID"):
        return 401
    if error in ("CHAT_WRITE_FORBIDDEN", "MESSAGE_DELETE_FORBIDDEN", "MESSAGE_AUTHOR_REQUIRED"):
        return 403
    return 500 if error in ("INTERNAL", "RPC_CALL_FAIL", "TIMEOUT") or error.startswith("INTERDC_") else 400
