"""Requests of methods: told apart, held against limits and rights, carried out with the faults that were asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.servers.vk.calls import METHODS, Call, Method
from tests.servers.vk.entities import Holder, Token
from tests.servers.vk.errors import VkError
from tests.servers.vk.faults import Fault, How
from tests.servers.vk.http import Answer, HangUp, Request

if TYPE_CHECKING:
    from tests.servers.vk.server import VkServer

LEAST_VERSION = (5, 81)
READABLE_WITH_VK_ID = frozenset({"users.get", "groups.getById", "utils.getServerTime", "utils.resolveScreenName"})
PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n"
NOT_DONE = frozenset({How.HANG, How.HANG_UP, How.HTML, How.SAY, How.FAIL})


class Requests:
    def __init__(self, server: VkServer) -> None:
        self._server = server

    def take(self, name: str, request: Request) -> Answer:
        """Raises HangUp."""
        given = request.parameters
        token = self._server.world.tokens.get(given.get("access_token") or request.bearer)
        self._server.arrived[name] += 1
        fault = self._server.faults.of(name, given, token)
        if fault:
            self._before(fault)
            if fault.how in NOT_DONE:
                return self._not_done(name, given, fault)
        answer = self._carried_out(name, given, token)
        return self._after(fault, answer) if fault else answer

    def _before(self, fault: Fault) -> None:
        if fault.how is How.DELAY:
            self._server.stopping.wait(fault.seconds)

    def _not_done(self, name: str, given: dict[str, str], fault: Fault) -> Answer:
        if fault.how is How.HANG:
            self._server.stopping.wait()
        if fault.how in (How.HANG, How.HANG_UP):
            raise HangUp
        if fault.how is How.HTML:
            return Answer(PAGE, fault.status, "text/html")
        if fault.how is How.SAY:
            return Answer(fault.body)
        extra = dict(fault.extra)
        if fault.code == 17:
            extra.setdefault("redirect_uri", f"{self._server.address}/validation?act=validate")
        return self._refused(name, given, VkError(fault.code, fault.detail, **extra))

    def _after(self, fault: Fault, answer: Answer) -> Answer:
        if fault.how is How.LOSE_SILENTLY:
            self._server.stopping.wait()
        if fault.how in (How.LOSE, How.LOSE_SILENTLY):
            raise HangUp
        if fault.how is How.HTML_AFTERWARDS:
            return Answer(PAGE, fault.status, "text/html")
        if fault.how is How.TRUNCATE:
            return Answer(answer.body[: len(answer.body) // 2], answer.status, answer.kind)
        return answer

    def _carried_out(self, name: str, given: dict[str, str], token: Token | None) -> Answer:
        server = self._server
        with server.world.happening:
            try:
                method, token = self._admitted(name, given, token)
                server.captchas.check(name, token, given)
                content = method.answer(Call(server, name, token, given))
            except VkError as error:
                return self._refused(name, given, error)
            server.carried_out[name] += 1
        return Answer(json.dumps({"response": content}, ensure_ascii=False).encode())

    def _admitted(self, name: str, given: dict[str, str], token: Token | None) -> tuple[Method, Token]:
        _check_version(given.get("v", ""))
        if token is None:
            raise VkError(5 if given.get("access_token") else 15)
        if token.error:
            raise VkError(token.error)
        self._server.limits.check(token)
        method = METHODS.get(name)
        if method is None:
            raise VkError(3)
        self._check_kind(name, method, token)
        _check_scope(method, token)
        return method, token

    def _check_kind(self, name: str, method: Method, token: Token) -> None:
        if token.vk_id and name not in READABLE_WITH_VK_ID:
            raise VkError(1051)
        if token.kind in method.holders:
            return
        if token.kind is Holder.COMMUNITY and name in self._server.open_to_communities:
            return
        raise VkError({Holder.COMMUNITY: 27, Holder.SERVICE: 28, Holder.USER: 15}[token.kind])

    def _refused(self, name: str, given: dict[str, str], error: VkError) -> Answer:
        self._server.refused[name, error.code] += 1
        kept = given if self._server.faults.echo_tokens else {k: v for k, v in given.items() if k != "access_token"}
        echoed = [{"key": key, "value": value} for key, value in kept.items()]
        echoed += [{"key": "method", "value": name}, {"key": "oauth", "value": "1"}]
        shape: dict[str, Any] = {
            "error_code": error.code, "error_msg": error.text, "request_params": echoed, **error.extra,
        }  # fmt: skip
        return Answer(json.dumps({"error": shape}, ensure_ascii=False).encode())


def _check_version(version: str) -> None:
    try:
        number = tuple(map(int, version.split(".")))
    except ValueError:
        raise VkError(8) from None
    if number < LEAST_VERSION:
        raise VkError(8, 'versions below 5.81 are deprecated. Version param should be passed as "v"')


def _check_scope(method: Method, token: Token) -> None:
    needed = {Holder.USER: method.scope, Holder.COMMUNITY: method.group_scope}.get(token.kind, "")
    if needed and needed not in token.scopes:
        raise VkError(15, "no access to call this method. It cannot be called with current scopes.")
