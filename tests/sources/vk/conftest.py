from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.servers.vk import Chat, Community, Place, User, VkServer


@pytest.fixture
def server() -> Iterator[VkServer]:
    with VkServer(limits=False) as server:
        yield server


@dataclass(frozen=True)
class Scene:
    """A community with a manager, a guest, a spammer, a post and a chat of which it is an administrator."""

    community: Community
    anna: User
    guest: User
    spammer: User
    post: Place
    chat: Chat


@pytest.fixture
def scene(server: VkServer) -> Scene:
    world = server.world
    anna, guest, spammer = world.add_user("Anna", "A"), world.add_user("Guest", "G"), world.add_user("Spam", "S")
    community = world.add_community("Cooking", anna)
    chat = world.add_chat("Kitchen", anna, [guest, spammer], admins=[community])
    return Scene(community, anna, guest, spammer, world.post(community, "Soup"), chat)
