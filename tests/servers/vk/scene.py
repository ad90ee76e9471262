"""What most tests of the server need: a community, its moderator, a guest, and clients with their tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.servers.vk.client import Client
from tests.servers.vk.entities import Comment, Role
from tests.servers.vk.server import VkServer


class Scene:
    """`group`, `moderator` and `service` are clients with the tokens of a community, a moderator and an application."""

    def __init__(self, server: VkServer, clients: ExitStack) -> None:
        self.server, self.world = server, server.world
        self._clients = clients
        self.owner, self.anna = self.world.add_user("Olga"), self.world.add_user("Anna")
        self.guest = self.world.add_user("Guest", "Petrov")
        self.cooking = self.world.add_community("Cooking", self.owner, [self.guest])
        self.world.appoint(self.cooking, self.anna, Role.ADMINISTRATOR)
        self.post = self.world.post(self.cooking, "Soup")
        self.group_token, self.user_token = self.world.community_token(self.cooking), self.world.user_token(self.anna)
        self.group, self.moderator = self.client(self.group_token), self.client(self.user_token)
        self.service = self.client(self.world.service_token())

    def client(self, token: str) -> Client:
        return self._clients.enter_context(Client(self.server, token))

    def comment(self, text: str = "hello") -> Comment:
        return self.world.comment(self.post, self.guest, text)


@contextmanager
def set_up(*, limits: bool = False) -> Iterator[Scene]:
    with VkServer(limits=limits) as server, ExitStack() as clients:
        yield Scene(server, clients)
