"""Requests carried out one at a time, with the faults that were asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from telethon.tl import functions, types

from tests.servers.telegram.calls import ANONYMOUS, METHODS, Call, RpcError, method_name
from tests.servers.telegram.connection import Connection
from tests.servers.telegram.keys import Device, Session
from tests.servers.telegram.wire import TL, encoded, result

if TYPE_CHECKING:
    from tests.servers.telegram.server import TelegramServer


LARGEST_KEPT = 1 << 16
"""Bytes; larger answers are of requests that only read, which can be carried out again."""


class Requests:
    """`current` is the call that is being carried out."""

    def __init__(self, server: TelegramServer) -> None:
        self.current: Call | None = None
        self._server = server
        self._delayed: set[asyncio.Task[None]] = set()

    async def stop(self) -> None:
        for task in self._delayed:
            task.cancel()
        await asyncio.gather(*self._delayed, return_exceptions=True)

    async def take(self, connection: Connection, session: Session, number: int, request: TL) -> bytes | None:
        """The answer to a request, or None when it comes later or never. Raises ConnectionResetError."""
        server, request = self._server, unwrapped(session, request)
        name = method_name(request)
        server.arrived[name] += 1
        fault = server.faults.met(name, request, session.key.user)
        if fault is None:
            return self._answer(session, number, request)
        if fault.error:
            return _remembered(session, number, types.RpcError(fault.code, fault.error))
        if fault.delay:
            self._start(self._later(fault.delay, session, number, request))
            return None
        if fault.lose_answer:
            self._answer(session, number, request)
        else:  # it never arrived
            session.answers.pop(number, None)
        if fault.hang_up:
            connection.abort()
            raise ConnectionResetError
        return None

    def _answer(self, session: Session, number: int, request: TL) -> bytes:
        return _remembered(session, number, self._carry_out(session, request))

    def _carry_out(self, session: Session, request: TL) -> TL:
        """The answer in bytes, or an RpcError."""
        method = METHODS.get(type(request))
        if method is None:
            return types.RpcError(400, "METHOD_INVALID")
        if session.key.user is None and type(request) not in ANONYMOUS:
            return types.RpcError(401, "AUTH_KEY_UNREGISTERED")
        call = self.current = Call(self._server, session.key)
        try:
            answer = encoded(method(call, request))
        except RpcError as error:
            return types.RpcError(error.code, error.text)
        except Exception as error:
            self._server.mistakes.append(error)
            return types.RpcError(400, "SERVER_MISTAKE")
        finally:
            self.current = None
        self._server.carried_out[method_name(request)] += 1
        for notice in call.notices:  # of those that are not answered with updates
            self._server.pushes.notice(session.key, notice)
        return answer

    async def _later(self, delay: float, session: Session, number: int, request: TL) -> None:
        await asyncio.sleep(delay)
        answer = self._answer(session, number, request)
        if session.connection:
            session.connection.send([(answer, True)])

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._delayed.add(task)
        task.add_done_callback(self._delayed.discard)


def unwrapped(session: Session, request: TL) -> TL:
    """Takes off what is wrapped around a request, and keeps what it says of the client."""
    layer, wants_updates = 0, True
    while True:
        if isinstance(request, functions.InvokeWithLayerRequest):
            layer = request.layer
        elif isinstance(request, functions.InitConnectionRequest):
            session.key.device = Device(
                layer, request.api_id, request.device_model, request.system_version, request.app_version,
                request.lang_code,
            )  # fmt: skip
        elif isinstance(request, functions.InvokeWithoutUpdatesRequest):
            wants_updates = False
        elif not isinstance(request, functions.InvokeAfterMsgRequest):
            session.wants_updates |= wants_updates
            return request
        request = request.query


def _remembered(session: Session, number: int, answer: TL) -> bytes:
    data = result(number, answer)
    if len(data) <= LARGEST_KEPT:
        session.remember(number, data)
    else:
        session.answers.pop(number)
    return data
