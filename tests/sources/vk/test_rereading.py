"""What was edited or deleted while events were missing is found out by reading stored messages again."""

from pathlib import Path

import pytest

from moderator_app.sources.vk.state import Progress
from tests.servers.vk import Comment, Kind, VkServer
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, make_source, running


async def after_the_gap(server: VkServer, scene: Scene, source: object, seen: Seen) -> None:
    """Start again, with no event of what happened since the last time."""
    scene.community.log.forget()
    server.faults.failed(1)
    before = len(seen.statuses)
    async with running(source, seen):  # type: ignore[arg-type]
        await seen.until(lambda: "catching_up" in seen.states()[before:])
        await seen.until(lambda: seen.states()[-1].startswith("connected") and Progress.load(seen.cursor).gap is None)


def gone(seen: Seen) -> set[str]:
    return {each.key.message for delivery in seen.deliveries for each in delivery.removals}


@pytest.mark.parametrize("kind", [Kind.WALL, Kind.PHOTO, Kind.VIDEO, Kind.MARKET, Kind.BOARD])
async def test_comments_are_compared(server: VkServer, scene: Scene, tmp_path: Path, kind: Kind) -> None:
    world, seen = server.world, Seen()
    place = scene.post if kind is Kind.WALL else world.add_place(kind, scene.community, "Тема")
    source = make_source(server, scene.community, tmp_path, seen, scene.anna)
    long_ago = world.now - 3 * 86_400
    made: dict[str, Comment] = {}
    async with running(source, seen):
        await seen.connected()
        for text in ("остаётся", "меняется", "исчезает"):
            made[text] = world.comment(place, scene.guest, text, date=long_ago)
        await seen.until(lambda: set(made) <= set(seen.texts))
    world.edit(made["меняется"], "казино")
    world.delete(made["исчезает"], scene.anna.id)
    seen.deliveries.clear()
    await after_the_gap(server, scene, source, seen)
    (edited,) = [one for one in seen.messages if one.text == "казино"]
    assert edited.edited is not None
    assert "остаётся" not in seen.texts
    assert {each.rpartition("_")[2] for each in gone(seen)} == {str(made["исчезает"].id)}


async def test_answers_below_a_comment_are_compared(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen, scene.anna)
    async with running(source, seen):
        await seen.connected()
        parent = world.comment(scene.post, scene.guest, "вопрос")
        answers = [world.comment(scene.post, scene.spammer, f"ответ {n}", reply_to=parent) for n in range(15)]
        await seen.until(lambda: len(seen.messages) == 16)
    world.delete(answers[3], scene.anna.id)
    await after_the_gap(server, scene, source, seen)
    assert gone(seen) == {str(answers[3].id)}


async def test_messages_of_a_chat_are_asked_for_together(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen)
    async with running(source, seen):
        await seen.connected()
        written = [world.write(scene.chat, scene.guest, f"слово {n}") for n in range(130)]
        await seen.until(lambda: len(seen.messages) == 130)
    world.edit_message(written[7], "казино")
    world.delete_message(written[9], scene.anna.id)
    await after_the_gap(server, scene, source, seen)
    assert "казино" in seen.texts
    assert gone(seen) == {f"chat{scene.chat.peer_id - 2_000_000_000}_{written[9].cmid}"}
    assert server.arrived["messages.getByConversationMessageId"] == 2


async def test_nothing_is_gone_where_nothing_may_be_read(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen)
    async with running(source, seen):
        await seen.connected()
        world.write(scene.chat, scene.guest, "в чате")
        comment = world.comment(scene.post, scene.guest, "под записью")
        await seen.until(lambda: len(seen.messages) == 2)
    world.delete(comment, scene.anna.id)
    server.faults.fail("messages.getByConversationMessageId", 917, times=9)
    await after_the_gap(server, scene, source, seen)
    assert gone(seen) == set()


async def test_a_refused_users_token_does_not_stop_the_feed(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    tokens = world.community_token(scene.community), world.user_token(scene.anna)
    source = make_source(server, scene.community, tmp_path, seen, tokens=tokens)
    async with running(source, seen):
        await seen.connected()
        world.comment(scene.post, scene.guest, "раньше")
        await seen.until(lambda: "раньше" in seen.texts)
    world.revoke(tokens[1])
    world.write(scene.chat, scene.guest, "в чате")
    await after_the_gap(server, scene, source, seen)
    assert seen.error is None
    assert "в чате" in seen.texts
    assert seen.states()[-1] == "connected vk.user_token_refused"
    assert gone(seen) == set()
