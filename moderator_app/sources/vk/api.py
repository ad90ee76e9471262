"""Calls of VK's API with one token, cured of what vk_api does where VK or the network fails."""

import asyncio
import logging
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import jconfig
import requests
from vk_api import VkApi
from vk_api.exceptions import ApiError, ApiHttpError
from vk_api.vk_api import VkApiGroup

from moderator_app import log as log_file
from moderator_app.domain.errors import ModeratorError, TryLater
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.transport import Route, make_session

log = logging.getLogger(__name__)

VERSION = "5.199"

# "Too many requests per second" is waited out so often before anybody hears of it.
MOST_TOO_FAST = 5
_FIRST_PAUSE = 0.4
# A question may be asked again where the answer was lost.
MOST_TRIES = 3
_AFTER_LOSS = 1.0


class Token(StrEnum):
    """Whose a token is."""

    COMMUNITY = "community"
    USER = "user"


class Api:
    """One token's; its calls go one after the other in a thread of their own.

    Every call raises the domain's errors and nothing else, and none of them holds the token.
    """

    def __init__(self, kind: Token, token: str, route: Route) -> None:
        self.kind = kind
        self._token = token
        log_file.mask(token)
        made = VkApiGroup if kind is Token.COMMUNITY else VkApi
        # In memory: otherwise it reads and writes a file beside the program.
        self._vk = made(token=token, api_version=VERSION, session=make_session(route), config=jconfig.MemoryConfig)
        # They sleep, ask again without end, or wait for somebody at a terminal.
        self._vk.error_handlers = {}
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"vk-{kind}")
        # Methods that VK wants no more of till then, and why.
        self._resting: dict[str, tuple[datetime, ModeratorError]] = {}

    async def ask(self, method: str, /, **values: Any) -> Any:
        """Call what changes nothing: what fails on the way is tried again some times."""
        for number in range(1, MOST_TRIES + 1):
            try:
                return await self.call(method, **values)
            except TryLater as error:
                if number == MOST_TRIES or error.text_id not in _WORTH_ANOTHER_TRY:
                    raise
            await asyncio.sleep(_AFTER_LOSS * number * _jitter())
        raise AssertionError

    async def call(self, method: str, /, **values: Any) -> Any:
        """The `response` to a call, made once. Values may be numbers, flags and lists; None leaves one out."""
        self._raise_if_resting(method)
        for number in range(MOST_TOO_FAST + 1):
            answer = await self._answer(method, normalised(values))
            if "error" not in answer:
                return answer["response"]
            error = errors.answered(answer["error"], self._token)
            if errors.code_of(error) != errors.TOO_FAST or number == MOST_TOO_FAST:
                break
            await asyncio.sleep(_FIRST_PAUSE * 2**number * _jitter())
        self._rest(method, error)
        log.info("VK answers %s (%s): %s", method, self.kind, error)
        raise error

    def close(self) -> None:
        """Give up what still waits for its turn."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _answer(self, method: str, values: Mapping[str, str]) -> Mapping[str, Any]:
        if self._closed:
            raise errors.not_at_all("closed")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._post, method, values)
        except asyncio.CancelledError:
            # Who asked goes on though the call is given up: the source may begin anew.
            if self._gives_up():
                raise errors.not_at_all("closed") from None
            raise

    def _gives_up(self) -> bool:
        """Whether a call was cancelled by `close`, and not by whoever made it."""
        task = asyncio.current_task()
        return self._closed and task is not None and not task.cancelling()

    def _post(self, method: str, values: Mapping[str, str]) -> Mapping[str, Any]:
        """What VK answered: an object with `response` or `error`."""
        try:
            answer = self._vk.method(method, values, raw=True)
        except ApiError as error:
            return {"error": error.error}
        except ApiHttpError as error:
            raise errors.http_status(error.response.status_code) from None
        except requests.JSONDecodeError:
            raise errors.garbled() from None
        except requests.RequestException as error:
            # Its words hold the address, and with it whatever was asked.
            raise errors.not_at_all(type(error).__name__) from None
        except (AttributeError, KeyError, TypeError, ValueError):
            # What is read of an answer without looking whether it is there.
            raise errors.garbled() from None
        if not isinstance(answer, dict) or "response" not in answer:
            raise errors.garbled()
        return answer

    def _rest(self, method: str, error: ModeratorError) -> None:
        if isinstance(error, TryLater) and error.text_id.startswith("vk.daily_limit"):
            self._resting[method] = datetime.now(UTC) + timedelta(seconds=error.seconds), error

    def _raise_if_resting(self, method: str) -> None:
        until, error = self._resting.get(method, (None, None))
        if until is not None and error is not None and (left := (until - datetime.now(UTC)).total_seconds()) > 0:
            raise errors.wait("vk.daily_limit", left, code=errors.code_of(error))


_WORTH_ANOTHER_TRY = frozenset({"vk.trouble", "vk.unreachable", "vk.garbled"})


def normalised(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as VK reads them in a form: lists joined by commas, flags as 1 and 0."""
    return {name: _written(value) for name, value in values.items() if value is not None}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(map(_written, value))
    return str(value)


def _jitter() -> float:
    return random.uniform(0.8, 1.2)
