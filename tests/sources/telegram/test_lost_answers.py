"""An order whose answer was lost is carried out again, and has its effect once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import TryLater
from tests.servers.telegram import Message, TelegramServer
from tests.servers.telegram.until import until
from tests.sources.telegram.acting import Scene

KINDS = [
    # The request that carries it out, and what the server counts.
    (ActionKind.DELETE, "channels.DeleteMessages", "delete"),
    (ActionKind.DELETE_ALL, "channels.DeleteParticipantHistory", "delete"),
    (ActionKind.BAN, "channels.EditBanned", "ban"),
    (ActionKind.KICK, "channels.EditBanned", "ban"),
    (ActionKind.MUTE, "channels.EditBanned", "restrict"),
    (ActionKind.RESTRICT, "channels.EditBanned", "restrict"),
    (ActionKind.WARN, "messages.SendMessage", "send"),
    (ActionKind.REPORT, "channels.ReportSpam", "report"),
    (ActionKind.DECLINE, "messages.HideChatJoinRequest", "decline"),
]


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with TelegramServer() as server:
        yield Scene(server, tmp_path)


def ordered(scene: Scene, kind: ActionKind) -> tuple[Message, Order]:
    if kind is ActionKind.DECLINE:
        scene.world.ask_to_join(scene.group, scene.guest)
    author = scene.guest if kind is ActionKind.DECLINE else scene.member
    words = scene.world.post(scene.group, author, "words")
    length = 3600 if kind is ActionKind.MUTE else None
    return words, scene.order(kind, words, text="Please do not.", length=length)


def effects(scene: Scene, deed: str) -> int:
    return len([each for each in scene.world.done(deed) if each.by is scene.moderator])


@pytest.mark.parametrize(("kind", "method", "deed"), KINDS, ids=[kind for kind, _, _ in KINDS])
async def test_when_the_connection_breaks_before_the_answer(
    scene: Scene, kind: ActionKind, method: str, deed: str
) -> None:
    _, order = ordered(scene, kind)
    scene.server.faults.lose_answers(method)
    async with scene.acting() as actions:
        for _ in range(2):
            with contextlib.suppress(TryLater):
                await actions.perform(order)
    assert effects(scene, deed) == 1


@pytest.mark.parametrize(("kind", "method", "deed"), KINDS, ids=[kind for kind, _, _ in KINDS])
async def test_when_the_program_ends_before_the_answer(scene: Scene, kind: ActionKind, method: str, deed: str) -> None:
    _, order = ordered(scene, kind)
    scene.server.faults.lose_answers(method, hang_up=False)
    async with scene.acting() as actions:
        doing = asyncio.ensure_future(actions.perform(order))
        await until(lambda: scene.server.carried_out[method])
        doing.cancel()
    assert effects(scene, deed) == 1
    async with scene.acting() as actions:
        await actions.perform(order)
    assert effects(scene, deed) == 1
    if kind is ActionKind.KICK:
        assert scene.group.bans == {}


@pytest.mark.parametrize(("kind", "method", "deed"), KINDS, ids=[kind for kind, _, _ in KINDS])
async def test_when_the_request_never_arrived(scene: Scene, kind: ActionKind, method: str, deed: str) -> None:
    _, order = ordered(scene, kind)
    scene.server.faults.hang_up(method)
    async with scene.acting() as actions:
        for _ in range(2):
            with contextlib.suppress(TryLater):
                await actions.perform(order)
    assert (effects(scene, deed), scene.server.arrived[method] > scene.server.carried_out[method]) == (1, True)


async def test_a_request_that_was_given_up_is_not_sent_after_a_reconnection(scene: Scene) -> None:
    """It would ban anew somebody whose ban was lifted meanwhile."""
    words = scene.world.post(scene.group, scene.member, "words")
    scene.server.faults.lose_answers("channels.EditBanned", hang_up=False)
    async with scene.acting() as actions:
        doing = asyncio.ensure_future(actions.perform(scene.order(ActionKind.BAN, words)))
        await until(lambda: scene.group.bans)
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        await actions.perform(scene.order(ActionKind.UNBAN, words))
        scene.server.drop_connections()
        await actions.perform(scene.order(ActionKind.UNBAN, words))
    assert scene.group.bans == {}
    assert scene.server.arrived["channels.EditBanned"] == 2
