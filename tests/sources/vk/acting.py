"""A running source of the scene's community, as a hand that acts on what it delivered."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import Message
from moderator_app.sources.vk.source import VkSource
from tests.servers.vk import Comment, Kind, VkServer
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, make_source, order, running


class Acting:
    def __init__(self, server: VkServer, scene: Scene, source: VkSource, seen: Seen, tokens: tuple[str, str]) -> None:
        self.server, self.scene, self.source, self.seen, self.tokens = server, scene, source, seen, tokens
        self._actions = 0

    async def comment(self, text: str = "спам", kind: Kind = Kind.WALL, **more: Any) -> tuple[Comment, Message]:
        world, scene = self.server.world, self.scene
        place = scene.post if kind is Kind.WALL else world.add_place(kind, scene.community)
        made = world.comment(place, scene.spammer, text, **more)
        return made, await self._arrived()

    async def in_chat(self, text: str = "спам", **more: Any) -> tuple[Any, Message]:
        made = self.server.world.write(self.scene.chat, self.scene.spammer, text, **more)
        return made, await self._arrived()

    def order(self, kind: ActionKind, message: Message, **more: object) -> Order:
        self._actions += 1
        return order(kind, message, self._actions, **more)

    async def do(self, kind: ActionKind, message: Message, **more: object) -> None:
        await self.source.perform(self.order(kind, message, **more))

    async def refused(self, kind: ActionKind, message: Message, **more: object) -> ModeratorError:
        with pytest.raises(ModeratorError) as caught:
            await self.do(kind, message, **more)
        return caught.value

    async def _arrived(self) -> Message:
        before = len(self.seen.messages)
        await self.seen.until(lambda: len(self.seen.messages) > before)
        return self.seen.messages[-1]


Enter = Callable[..., Any]


def entering(server: VkServer, scene: Scene, folder: Path) -> Enter:
    @asynccontextmanager
    async def enter(
        *, moderator: bool = True, tokens: tuple[str, str] = ("", ""), **more: Any
    ) -> AsyncIterator[Acting]:
        seen, world = Seen(), server.world
        both = (
            tokens[0] or world.community_token(scene.community),
            tokens[1] or (world.user_token(scene.anna) if moderator else ""),
        )
        source = make_source(server, scene.community, folder, seen, tokens=both, **more)
        async with running(source, seen):
            await seen.connected()
            await seen.until(lambda: "catching_up" not in seen.states()[-1:])
            yield Acting(server, scene, source, seen, both)

    return enter
