"""A source that ends gives its calls up, but not those who made them."""

import asyncio
from collections.abc import Iterator

import pytest

from moderator_app.domain.errors import TryLater
from moderator_app.sources.vk.api import Api, Token
from moderator_app.sources.vk.transport import Route
from tests.servers.vk import VkServer


@pytest.fixture
def api() -> Iterator[Api]:
    with VkServer(limits=False) as server:
        community = server.world.add_community("Cooking", server.world.add_user("Anna"))
        server.faults.delay("utils.getServerTime", 0.2)
        made = Api(Token.COMMUNITY, server.world.community_token(community), Route(server.address))
        yield made
        made.close()


async def test_a_call_that_waits_for_its_turn_may_be_made_again_later(api: Api) -> None:
    first, second = (asyncio.create_task(api.call("utils.getServerTime")) for _ in range(2))
    await asyncio.sleep(0)
    api.close()
    with pytest.raises(TryLater):
        await second
    assert await first


async def test_after_the_end_nothing_is_asked_any_more(api: Api) -> None:
    api.close()
    with pytest.raises(TryLater):
        await api.call("groups.getById")


async def test_who_is_cancelled_is_cancelled(api: Api) -> None:
    _first, second = (asyncio.create_task(api.call("utils.getServerTime")) for _ in range(2))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    assert await _first
