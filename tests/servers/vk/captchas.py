"""Captchas: which tokens must solve one before they go on, and how they do."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from tests.servers.vk.entities import Token
from tests.servers.vk.errors import VkError

KEY = "zka7m"
"""What the picture shows."""
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MOST_WRONG = 3
"""Wrong answers after which flood control steps in."""


@dataclass(eq=False)
class Demand:
    methods: frozenset[str]
    sid: str
    session: str
    success_token: str
    wrong: int = 0


class Captchas:
    """`solved` counts those that were answered rightly."""

    def __init__(self) -> None:
        self.solved = 0
        self.address = ""
        self._demands: dict[str, Demand] = {}

    def demand(self, token: str, *methods: str) -> None:
        """These methods (none: all) are refused to a token with 14, until it answers."""
        sid, session, success = (secrets.token_hex(8) for _ in range(3))
        self._demands[token] = Demand(frozenset(methods), sid, session, success)

    def success_token(self, token: str) -> str:
        """What the page in the browser would give."""
        return self._demands[token].success_token

    def check(self, method: str, token: Token, parameters: Mapping[str, str]) -> None:
        """Raises VkError(14), or VkError(9) after too many wrong answers."""
        demand = self._demands.get(token.value)
        if not demand or (demand.methods and method not in demand.methods):
            return
        if self._is_solved(demand, parameters):
            del self._demands[token.value]
            self.solved += 1
            return
        demand.wrong += "captcha_key" in parameters or "success_token" in parameters
        if demand.wrong >= MOST_WRONG:
            raise VkError(9)
        raise VkError(
            14,
            captcha_sid=demand.sid, captcha_img=f"{self.address}/captcha.php?sid={demand.sid}",
            redirect_uri=f"{self.address}/not_robot_captcha?session_token={demand.session}", is_refresh_enabled=True,
        )  # fmt: skip

    def page(self, session: str) -> bytes:
        """What redirect_uri shows: somebody who opens it gets the success_token by one press."""
        for demand in self._demands.values():
            if demand.session == session:
                return f"<html><body><p>success_token={demand.success_token}</p></body></html>".encode()
        return b"<html><body>gone</body></html>"

    @staticmethod
    def _is_solved(demand: Demand, parameters: Mapping[str, str]) -> bool:
        if parameters.get("success_token") == demand.success_token:
            return True
        return parameters.get("captcha_sid") == demand.sid and parameters.get("captcha_key") == KEY
