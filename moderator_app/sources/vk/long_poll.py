"""VK's long poll of a community: batches of events, one after the other, whatever happens on the way."""

import asyncio
import logging
import random
import threading
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.api import Api
from moderator_app.sources.vk.fields import number, record, text
from moderator_app.sources.vk.transport import CONNECT_SECONDS, Route, make_session

log = logging.getLogger(__name__)

# Proxies cut at half a minute.
WAIT_SECONDS = 25
# A silence longer than what was asked for is a fault.
_PATIENCE_SECONDS = 10.0
_LONGEST_PAUSE = 60.0
# So often the same server is asked before a new one is.
_MOST_FAULTS = 3
# Of an address to ask, or of events.
_OUTDATED, _EXPIRED, _FORGOTTEN = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Batch:
    """Raw events, and where the next poll begins. `lost`: some before them are missing."""

    updates: tuple[Any, ...]
    ts: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Server:
    address: str
    key: str


class LongPoll:
    """`trouble` is told why nothing comes, and None when it comes again.

    Its requests run in daemon threads: closing a connection under a request does not end it, and nobody shall wait.
    """

    def __init__(
        self,
        api: Api,
        group: int,
        route: Route,
        trouble: Callable[[TryLater | None], None] = lambda _error: None,
        wait_seconds: int = WAIT_SECONDS,
    ) -> None:
        self._api, self._group = api, group
        self._session = make_session(route)
        self._trouble, self._wait = trouble, wait_seconds
        self._faults = 0

    async def listen(self, ts: str) -> AsyncGenerator[Batch, None]:
        """Batches from `ts` on, "" from now on, for ever; the first is empty and comes at once.

        Raises what getLongPollServer is answered with.
        """
        server: _Server | None
        server, newest = await self._server()
        ts = ts or newest
        self._trouble(None)
        yield Batch((), ts)
        while True:
            if server is None or self._faults >= _MOST_FAULTS:
                server, newest = await self._server()
                ts = ts or newest
            try:
                answer = await self._ask(server, ts)
                batch = _batch(answer, ts)
            except TryLater as error:
                await self._pause(error)
                continue
            failed = number(answer.get("failed"))
            if failed in (_EXPIRED, _FORGOTTEN):
                server = None
                if failed == _FORGOTTEN:
                    yield Batch((), "", lost=True)
                    ts = ""
                await self._pause(errors.garbled(), quietly=True)
                continue
            self._well()
            ts = batch.ts
            yield batch

    def _well(self) -> None:
        if self._faults:
            self._faults = 0
            self._trouble(None)

    async def _pause(self, error: TryLater, *, quietly: bool = False) -> None:
        """The first time none where VK has merely changed the key."""
        self._faults += 1
        seconds = min(_LONGEST_PAUSE, 2.0 ** (self._faults - 1)) * random.uniform(0.8, 1.2)
        if quietly and self._faults == 1:
            return
        log.info("long poll of %s: %s", self._group, error)
        if self._faults >= _MOST_FAULTS:
            self._trouble(error)
        await asyncio.sleep(seconds)

    async def _server(self) -> tuple[_Server, str]:
        try:
            found = record(await self._api.ask("groups.getLongPollServer", group_id=self._group))
        except Refused as error:
            raise _why_none(error) from error
        server = _Server(text(found.get("server")), text(found.get("key")))
        if not server.address.startswith(("http://", "https://")):
            raise errors.garbled()
        return server, text(found.get("ts"))

    async def _ask(self, server: _Server, ts: str) -> Mapping[str, Any]:
        values = {"act": "a_check", "key": server.key, "ts": ts, "wait": str(self._wait)}
        timeout = (CONNECT_SECONDS, self._wait + _PATIENCE_SECONDS)
        return record(await in_daemon(lambda: _fetched(self._session, server.address, values, timeout)))


def _why_none(error: Refused) -> ModeratorError:
    code = errors.code_of(error)
    if code == errors.GROUP_AUTH:
        return SignInNeeded("vk.token_refused", code=code, reason="")
    if code in errors.NO_RIGHT:
        return SignInNeeded("vk.long_poll_right")
    if "longpoll" in str(error.parameters.get("reason", "")).lower():
        return Refused("vk.long_poll_off")
    return error


def _batch(answer: Mapping[str, Any], ts: str) -> Batch:
    """Raises TryLater for what is none."""
    failed, newest = answer.get("failed"), text(answer.get("ts"))
    if failed is None and isinstance(answer.get("updates"), list) and newest:
        return Batch(tuple(answer["updates"]), newest)
    match number(failed):
        case code if code == _OUTDATED and newest:
            return Batch((), newest, lost=True)
        case code if code in (_EXPIRED, _FORGOTTEN):
            return Batch((), ts)
    raise errors.garbled()


def _fetched(session: requests.Session, address: str, values: Mapping[str, str], timeout: tuple[float, float]) -> Any:
    try:
        answer = session.get(address, params=dict(values), timeout=timeout)
        if not answer.ok:
            raise errors.http_status(answer.status_code)
        return answer.json()
    except requests.JSONDecodeError:
        raise errors.garbled() from None
    except requests.RequestException as error:
        # Its words hold the key.
        raise errors.not_at_all(type(error).__name__) from None
    except Refused:
        # An address that is not served any more is a fault like any other.
        raise errors.garbled() from None


async def in_daemon(work: Callable[[], Any]) -> Any:
    """What `work` returns or raises in a thread of its own, which nobody waits for once this is cancelled."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Any] = loop.create_future()

    def settle(result: Any, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is None:
            done.set_result(result)
        else:
            done.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:
            error = raised
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            # The program has ended meanwhile.
            return

    threading.Thread(target=run, name="vk-long-poll", daemon=True).start()
    return await done
