"""A plain client of the server, to see what others see: one token, blocking, nothing cured."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import requests

from tests.servers.vk.server import VkServer

VERSION = "5.199"


class Refusal(Exception):
    """What VK answered instead: its code, and the whole error."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error['error_code']} {error['error_msg']}")
        self.code: int = error["error_code"]
        self.error = error


class Client:
    """For one thread."""

    def __init__(self, server: VkServer, token: str = "") -> None:
        self._server, self._token = server, token
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._session.close()

    def ask(self, method: str, **parameters: Any) -> Any:
        """The response. Raises Refusal, and what `requests` raises."""
        answer = self.post(method, **parameters).json()
        if "error" in answer:
            raise Refusal(answer["error"])
        return answer["response"]

    def post(self, method: str, *, timeout: float = 5, **parameters: Any) -> requests.Response:
        given = {"v": VERSION} | ({"access_token": self._token} if self._token else {}) | parameters
        return self._session.post(f"{self._server.address}/method/{method}", given, timeout=timeout)

    def poll(self, opened: dict[str, str], *, wait: float = 2, timeout: float = 5, **changed: str) -> Any:
        """The answer of the long poll, opened by groups.getLongPollServer."""
        given: dict[str, Any] = {"act": "a_check", "key": opened["key"], "ts": opened["ts"], "wait": wait} | changed
        return self._session.get(opened["server"], params=given, timeout=timeout).json()

    def updates(self, opened: dict[str, str], **options: Any) -> list[Any]:
        """The events; `opened` goes on from there the next time."""
        answer = self.poll(opened, **options)
        opened["ts"] = answer["ts"]
        updates: list[Any] = answer["updates"]
        return updates
