"""The long poll: keys, waiting, and what is said when a ts or a key is not known."""

from __future__ import annotations

import json
import secrets
import time
from typing import TYPE_CHECKING, Any

from tests.servers.vk.entities import Community
from tests.servers.vk.faults import LONG_POLL, Fault, How
from tests.servers.vk.http import Answer, HangUp, Request
from tests.servers.vk.requests import PAGE

if TYPE_CHECKING:
    from tests.servers.vk.server import VkServer

LONGEST_WAIT = 90
REPEATED = 5
"""Events that a repeating answer gives again, at most."""


class LongPoll:
    """`given` counts the events in answers that were sent, repeated ones too; `polls` the requests."""

    def __init__(self, server: VkServer) -> None:
        self.given = 0
        self.polls = 0
        self.waiting = 0
        """Polls that are being waited for now."""
        self._server = server
        self._keys: dict[str, Community] = {}

    def opened(self, community: Community) -> dict[str, str]:
        """As groups.getLongPollServer gives it."""
        key = secrets.token_hex(20)
        self._keys[key] = community
        address = f"{self._server.address}/lp/{community.id}"
        return {"key": key, "server": address, "ts": str(community.log.next)}

    def expire_keys(self) -> None:
        """The next polls are answered with failed 2."""
        self._keys.clear()

    def take(self, request: Request) -> Answer:
        """Raises HangUp."""
        given = request.parameters
        self.polls += 1
        self._server.arrived[LONG_POLL] += 1
        fault = self._server.faults.of(LONG_POLL, given, None)
        if fault:
            self._before(fault)
            if fault.how is How.HTML:
                return Answer(PAGE, fault.status, "text/html")
            if fault.how is How.SAY:
                return Answer(fault.body)
        body = json.dumps(self._answer(request.path, given), ensure_ascii=False).encode()
        if fault and fault.how is How.LOSE:
            raise HangUp
        return Answer(body[: len(body) // 2] if fault and fault.how is How.TRUNCATE else body)

    def _before(self, fault: Fault) -> None:
        if fault.how is How.DELAY:
            self._server.stopping.wait(fault.seconds)
        if fault.how in (How.HANG, How.LOSE_SILENTLY):
            self._server.stopping.wait()
        if fault.how in (How.HANG, How.LOSE_SILENTLY, How.HANG_UP, How.FAIL):
            raise HangUp

    def _answer(self, path: str, given: dict[str, str]) -> dict[str, Any]:
        with self._server.world.happening:
            community = self._keys.get(given.get("key", ""))
            failed = self._server.faults.next_failed()
            if failed == 2 or community is None or path != f"/lp/{community.id}":
                self._keys.pop(given.get("key", ""), None)
                return {"failed": 2}
            if failed == 1 or not given.get("ts", "").isdigit():
                return {"failed": 1, "ts": community.log.next}
            if failed == 3:
                self._keys.pop(given["key"])
            if failed:
                return {"failed": failed}
            wait = min(max(float(given.get("wait") or 25), 0), LONGEST_WAIT)
            return self._updates(community, int(given["ts"]), wait)

    def _updates(self, community: Community, ts: int, wait: float) -> dict[str, Any]:
        """Waits for the first event. Raises HangUp when the server stops."""
        happening, log = self._server.world.happening, community.log
        until = time.monotonic() + wait
        self.waiting += 1
        try:
            while True:
                if self._server.stopping.is_set():
                    raise HangUp
                events = log.since(ts, self._server.world.clock())
                left = until - time.monotonic()
                if events is None:
                    return {"failed": 1, "ts": log.next}
                if not events and log.held:
                    log.release()
                elif events or left <= 0:
                    return self._given(community, ts, events)
                else:
                    happening.wait(left)
        finally:
            self.waiting -= 1

    def _given(self, community: Community, ts: int, events: list[Any]) -> dict[str, Any]:
        faults = self._server.faults
        events = events[: faults.most_events] if faults.most_events else events
        shown = list(events)
        if faults.chance(faults.repeat_events):
            before = [event for number, _, event in community.log.kept if number < ts + len(events)]
            shown += before[-REPEATED:]
        if faults.chance(faults.shuffle_events):
            faults.random.shuffle(shown)
        self.given += len(shown)
        return {"ts": str(ts + len(events)), "updates": shown}
