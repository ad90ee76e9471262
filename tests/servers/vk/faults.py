"""What goes wrong on demand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.servers.vk.entities import Token

LONG_POLL = "lp"
"""Stands where a method's name does."""

Condition = Callable[[Mapping[str, str], Token | None], bool]


class How(StrEnum):
    FAIL = "fail"
    """Answered with an error; not carried out."""
    DELAY = "delay"
    """Carried out after a while."""
    HANG = "hang"
    """Neither carried out nor answered; the connection stays open."""
    HANG_UP = "hang up"
    """The connection breaks; not carried out."""
    LOSE = "lose"
    """Carried out, but the connection breaks before the answer."""
    LOSE_SILENTLY = "lose silently"
    """Carried out, but the answer never comes and the connection stays open."""
    HTML = "html"
    """Answered by a proxy's page of an error, as with 502; not carried out."""
    HTML_AFTERWARDS = "html afterwards"
    """Carried out, and answered by such a page."""
    TRUNCATE = "truncate"
    """Carried out; the JSON of the answer breaks off."""
    SAY = "say"
    """Answered with `body` as it stands; not carried out."""


@dataclass(eq=False)
class Fault:
    """For the next `times` requests of `method` ("*": any method, not the long poll) that meet `when`."""

    method: str
    how: How
    times: float
    when: Condition
    code: int = 0
    detail: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0
    status: int = 200
    body: bytes = b""


@dataclass(eq=False)
class Chance:
    """One of `hows` at random, with a probability, for requests of these methods."""

    methods: frozenset[str]
    probability: float
    hows: tuple[How, ...]
    codes: tuple[int, ...]
    seconds: float
    left: float


class Faults:
    """Each may be set at any time; all are off at first. `met` counts what happened, by method and how."""

    def __init__(self, seed: int = 1) -> None:
        self.repeat_events = 0.0
        """Chance that an answer of the long poll repeats events given before, with their old ids."""
        self.shuffle_events = 0.0
        """Chance that the events of an answer come in another order."""
        self.most_events = 0
        """How many events an answer has at most; 0: as many as there are."""
        self.echo_tokens = False
        """Errors repeat the access_token among their parameters, as old recordings do."""
        self.random = random.Random(seed)
        self.met: dict[tuple[str, str], int] = {}
        self._planned: list[Fault] = []
        self._chances: list[Chance] = []
        self._failed: list[int] = []

    def fail(
        self, method: str, code: int, times: float = 1, *, detail: str = "", when: Condition | None = None, **extra: Any
    ) -> Fault:
        """Refuses without carrying out: `fail("wall.deleteComment", 9)`. `extra` are further fields of the error."""
        return self._plan(Fault(method, How.FAIL, times, when or _always, code, detail, extra))

    def delay(self, method: str, seconds: float, times: float = 1, *, when: Condition | None = None) -> Fault:
        return self._plan(Fault(method, How.DELAY, times, when or _always, seconds=seconds))

    def hang(self, method: str, times: float = 1, *, when: Condition | None = None) -> Fault:
        return self._plan(Fault(method, How.HANG, times, when or _always))

    def hang_up(self, method: str, times: float = 1, *, when: Condition | None = None) -> Fault:
        return self._plan(Fault(method, How.HANG_UP, times, when or _always))

    def lose_answers(
        self, method: str, times: float = 1, *, hang_up: bool = True, when: Condition | None = None
    ) -> Fault:
        """Carries out, but the answer never comes; `hang_up` breaks the connection then."""
        return self._plan(Fault(method, How.LOSE if hang_up else How.LOSE_SILENTLY, times, when or _always))

    def html(
        self,
        method: str,
        times: float = 1,
        *,
        status: int = 502,
        afterwards: bool = False,
        when: Condition | None = None,
    ) -> Fault:
        """The page of a proxy; `afterwards` the request has been carried out."""
        how = How.HTML_AFTERWARDS if afterwards else How.HTML
        return self._plan(Fault(method, how, times, when or _always, status=status))

    def truncate(self, method: str, times: float = 1, *, when: Condition | None = None) -> Fault:
        return self._plan(Fault(method, How.TRUNCATE, times, when or _always))

    def say(self, method: str, body: bytes, times: float = 1, *, when: Condition | None = None) -> Fault:
        """Any answer at all, with status 200."""
        return self._plan(Fault(method, How.SAY, times, when or _always, body=body))

    def failed(self, value: int, times: int = 1) -> None:
        """The next polls are answered with `failed`: 1 with a ts (an integer), 2 after the key has expired, 3, any."""
        self._failed += [value] * times

    def at_random(
        self, methods: Iterable[str], probability: float, hows: Iterable[How], codes: Iterable[int] = (),
        *, seconds: float = 0.2, times: float = float("inf"),
    ) -> None:  # fmt: skip
        """One of `hows` each time; How.FAIL takes one of `codes`, How.DELAY `seconds`."""
        self._chances.append(Chance(frozenset(methods), probability, tuple(hows), tuple(codes), seconds, times))

    def clear(self) -> None:
        met = self.met
        self.__init__()  # type: ignore[misc]
        self.met = met

    def of(self, method: str, parameters: Mapping[str, str], token: Token | None) -> Fault | None:
        """The fault of a request that arrived; it is used up by this."""
        fault = self._of_plan(method, parameters, token) or self._of_chance(method)
        if fault:
            name = f"{fault.how} {fault.code}" if fault.code else fault.how.value
            self.met[method, name] = self.met.get((method, name), 0) + 1
        return fault

    def next_failed(self) -> int:
        """0: none."""
        return self._failed.pop(0) if self._failed else 0

    def chance(self, probability: float) -> bool:
        return bool(probability) and self.random.random() < probability

    def _of_plan(self, method: str, parameters: Mapping[str, str], token: Token | None) -> Fault | None:
        for fault in self._planned:
            if _concerns(fault.method, method) and fault.when(parameters, token):
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None

    def _of_chance(self, method: str) -> Fault | None:
        for each in self._chances:
            if method in each.methods and each.left > 0 and self.chance(each.probability):
                each.left -= 1
                how = self.random.choice(each.hows)
                code = self.random.choice(each.codes) if how is How.FAIL else 0
                return Fault(method, how, 1, _always, code, seconds=each.seconds, status=502)
        return None

    def _plan(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault


def _always(parameters: Mapping[str, str], token: Token | None) -> bool:
    return True


def _concerns(planned: str, method: str) -> bool:
    return planned == method or (planned == "*" and method != LONG_POLL)
