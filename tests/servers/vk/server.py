"""The server: where it listens, what it holds, and what tests do with it."""

from __future__ import annotations

import pickle
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from tests.servers.vk import comments, groups, messages, people, wall
from tests.servers.vk.captchas import PICTURE, Captchas
from tests.servers.vk.control import Control
from tests.servers.vk.entities import Comment, Community, User
from tests.servers.vk.faults import Faults
from tests.servers.vk.http import Answer, Listener, Request
from tests.servers.vk.limits import Limits
from tests.servers.vk.long_poll import LongPoll
from tests.servers.vk.requests import Requests
from tests.servers.vk.world import World

METHOD_MODULES = (comments, groups, messages, people, wall)
"""Imported so that their methods are known."""
HOST = "127.0.0.1"


class VkServer:
    """VK on loopback, in threads of its own. `world` may be filled and changed from any thread."""

    def __init__(self, world: World | None = None, *, port: int = 0, limits: bool = True, seed: int = 1) -> None:
        self.world = world or World()
        self.faults = Faults(seed)
        self.captchas = Captchas()
        self.port = port
        self.limits = Limits(on=limits)
        self.arrived: Counter[str] = Counter()
        """Requests by method ("wall.deleteComment", "lp"), refused ones too."""
        self.carried_out: Counter[str] = Counter()
        self.refused: Counter[tuple[str, int]] = Counter()
        """By method and error."""
        self.open_to_communities: set[str] = set()
        """Methods that take a community's token though VK documents otherwise."""
        self.guids: dict[tuple[int, str], Comment] = {}
        """Comments by author's token and guid."""
        self.mistakes: list[Exception] = []
        """What broke in the server itself; raised when the test leaves it."""
        self.stopping = threading.Event()
        self.long_poll = LongPoll(self)
        self._requests = Requests(self)
        self._listener: Listener | None = None

    def __enter__(self) -> VkServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        if self.mistakes:
            raise self.mistakes[0]

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        self.stopping.clear()
        self._listener = Listener((HOST, self.port), self._answer, self.mistakes)
        self.port = self._listener.server_address[1]
        self.captchas.address = self.address
        self._listener.open()

    def stop(self) -> None:
        """Breaks everything; `start` takes up on the same port, with all that is known."""
        self.stopping.set()
        with self.world.happening:
            self.world.happening.notify_all()
        if self._listener:
            self._listener.close()
        self._listener = None

    def restart(self, *, forget_keys: bool = True, forget_events: bool = False) -> None:
        """Keys are lost with the process; with `forget_events` so is every event that was not fetched."""
        self.stop()
        if forget_keys:
            self.long_poll.expire_keys()
        if forget_events:
            for community in self.world.communities.values():
                community.log.forget()
        self.start()

    def drop_connections(self) -> None:
        if self._listener:
            self._listener.drop_connections()

    def environment(self, community: Community, moderator: User | None = None) -> dict[str, str]:
        """The variables that lead `moderator-app` here, with new tokens."""
        values = {
            "MODERATOR_VK_API": self.address,
            "MODERATOR_VK_COMMUNITY_TOKEN": self.world.community_token(community),
        }
        return values | ({"MODERATOR_VK_USER_TOKEN": self.world.user_token(moderator)} if moderator else {})

    def save(self, path: Path) -> None:
        """To be taken up by `load`, in another process too; keys and counters are not kept."""
        unfinished = path.with_suffix(".unfinished")
        with self.world.happening:
            unfinished.write_bytes(pickle.dumps((self.world, self.guids, self.port)))
        unfinished.replace(path)

    @classmethod
    def load(cls, path: Path, **options: Any) -> VkServer:
        world, guids, port = pickle.loads(path.read_bytes())
        server = cls(world, **({"port": port} | options))
        server.guids = guids
        return server

    def _answer(self, request: Request) -> Answer:
        path = request.path
        if path.startswith("/method/"):
            return self._requests.take(path.removeprefix("/method/"), request)
        if path.startswith("/lp/"):
            return self.long_poll.take(request)
        if path == "/control":
            return Control(self).answer(request.body)
        if path == "/captcha.php":
            return Answer(PICTURE, kind="image/png")
        if path == "/not_robot_captcha":
            return Answer(self.captchas.page(request.parameters.get("session_token", "")), kind="text/html")
        return Answer(b"not found", 404, "text/plain")
