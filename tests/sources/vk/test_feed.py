"""What is written in a community arrives once, whatever happens on the way."""

import asyncio
import random
import time
from pathlib import Path

import pytest

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.errors import Refused, SignInNeeded
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.sources.vk.parcel import WANTED_EVENTS
from moderator_app.sources.vk.state import Progress
from tests.servers.vk import Kind, Role, VkServer
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, key_of, make_source, running


async def test_comments_of_every_kind_and_chat_messages_arrive(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        first = world.comment(scene.post, scene.guest, "раз")
        world.comment(scene.post, scene.spammer, "[id500002|Guest], два", reply_to=first)
        for kind in (Kind.PHOTO, Kind.VIDEO, Kind.MARKET, Kind.BOARD):
            world.comment(world.add_place(kind, scene.community), scene.guest, f"под {kind}")
        world.write(scene.chat, scene.spammer, "в чате")
        await seen.until(lambda: len(seen.messages) == 7)
    assert {one.author.name for one in seen.messages if one.author} == {"Guest G", "Spam S"}
    assert seen.messages[1].reply_to == seen.messages[0].key.message == str(first.id)
    assert seen.messages[0].thread == str(scene.post.id)
    (community,) = seen.deliveries[0].communities
    assert (community.key.community, community.name) == (str(scene.community.id), "Cooking")
    assert server.arrived["users.get"] < 7


async def test_edits_deletions_restorations_and_bans_are_told(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        comment = world.comment(scene.post, scene.spammer, "было")
        world.edit(comment, "стало")
        world.delete(comment, scene.anna.id)
        await seen.until(lambda: any(one.removals for one in seen.deliveries))
        (removal,) = [gone for one in seen.deliveries for gone in one.removals]
        assert removal.key == key_of(scene.community, str(comment.id))
        assert removal.by is not None
        assert removal.by.name == "Anna A"
        world.restore(comment, scene.anna.id)
        world.ban(scene.community, scene.spammer.id, scene.anna.id)
        world.unban(scene.community, scene.spammer.id, scene.anna.id)
        world.remove(scene.chat, scene.spammer.id, scene.anna.id)
        await seen.until(lambda: sum(len(one.penalties) for one in seen.deliveries) == 3)
    assert [(one.text, one.edited is not None) for one in seen.messages] == [
        ("было", False),
        ("стало", True),
        ("стало", False),
    ]
    penalties = [each for one in seen.deliveries for each in one.penalties]
    assert [each.kind for each in penalties] == [ActionKind.BAN, ActionKind.UNBAN, ActionKind.KICK]
    assert {each.by.name for each in penalties if each.by} == {"Anna A"}
    assert {each.author.author for each in penalties} == {str(scene.spammer.id)}


async def test_joins_of_the_community_and_of_chats_are_told(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    newcomer = world.add_user("New", "N")
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        world.join(scene.community, newcomer)
        world.join(scene.community, scene.guest, "request")
        world.enter(scene.chat, newcomer, scene.anna.id)
        await seen.until(lambda: sum(len(one.joins) for one in seen.deliveries) == 2)
    joins = [each for one in seen.deliveries for each in one.joins]
    assert [(each.author.name, each.how) for each in joins] == [("New N", "join"), ("New N", "invite")]


async def test_a_deletion_that_overtakes_its_comment_counts(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        world.reorder_events = 1.0
        comment = world.comment(scene.post, scene.spammer, "спам")
        world.reorder_events = 0.0
        world.delete(comment, scene.anna.id)
        await seen.until(lambda: seen.messages)
    last = seen.deliveries[-1]
    assert [one.key for one in last.removals][-1] == last.messages[0].key


async def test_managers_are_told_and_asked_for_again_when_they_change(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    seen = Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        assert seen.managers == {AuthorKey(Platform.VK, str(scene.anna.id))}
        server.world.appoint(scene.community, scene.guest, Role.MODERATOR)
        await seen.until(lambda: AuthorKey(Platform.VK, str(scene.guest.id)) in seen.managers)


MALFORMED: list[object] = [
    None, 5, "text", [], {}, {"type": "wall_reply_new"}, {"type": "wall_reply_new", "object": None},
    {"type": "message_new", "object": {"message": {"text": "no peer"}}},
    {"type": "message_new", "object": {"message": None}, "group_id": None},
    {"type": ["wall_reply_new"], "object": {"id": 1}}, {"type": "wall_reply_new", "object": {"id": {}, "from_id": []}},
    {"type": "like_add", "object": {"liker_id": 1}}, {"type": "user_block", "object": {"user_id": "?"}},
    {"type": "wall_reply_new", "object": {"id": 9**30, "from_id": 1, "text": "huge"}},
]  # fmt: skip


async def test_a_malformed_event_costs_no_other(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        for number, event in enumerate(MALFORMED):
            world.comment(scene.post, scene.guest, f"до {number}")
            world.send_event(scene.community, event)
        world.comment(scene.post, scene.guest, "после")
        await seen.until(lambda: "после" in seen.texts)
    ours = [text for text in seen.texts if text.startswith("до")]
    assert len(ours) == len(set(ours)) == len(MALFORMED)


async def test_a_restart_goes_on_where_it_stopped(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen)
    async with running(source, seen):
        await seen.connected()
        world.comment(scene.post, scene.guest, "первый")
        await seen.until(lambda: seen.texts == ["первый"])
    world.comment(scene.post, scene.guest, "пропущенный")
    async with running(source, seen):
        await seen.until(lambda: len(seen.texts) == 2)
    assert seen.texts == ["первый", "пропущенный"]


async def test_the_poll_stops_within_a_second(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen = Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        await seen.until(lambda: server.long_poll.waiting)
        started = time.monotonic()
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("fault", ["html", "truncate", "hang_up", "lose_answers"])
async def test_the_poll_outlives_every_fault(server: VkServer, scene: Scene, tmp_path: Path, fault: str) -> None:
    world, seen = server.world, Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        getattr(server.faults, fault)("lp", times=2)
        for number in range(5):
            world.comment(scene.post, scene.guest, str(number))
        await seen.until(lambda: len(seen.texts) == 5)
    assert seen.texts == list("01234")


async def test_an_expired_key_is_renewed_without_loss(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
        server.faults.failed(2, times=2)
        world.comment(scene.post, scene.guest, "0")
        await seen.until(lambda: server.arrived["groups.getLongPollServer"] == 3)
        for number in range(1, 5):
            world.comment(scene.post, scene.guest, str(number))
        await seen.until(lambda: len(seen.texts) == 5)
    assert seen.texts == list("01234")
    assert "vk.period_lost" not in " ".join(seen.states())


@pytest.mark.parametrize("failed", [1, 3])
async def test_lost_events_are_read_where_a_token_allows(
    server: VkServer, scene: Scene, tmp_path: Path, failed: int
) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen, scene.anna)
    async with running(source, seen):
        await seen.connected()
        world.comment(scene.post, scene.guest, "живой")
        await seen.until(lambda: "живой" in seen.texts)
    parent = world.comment(scene.post, scene.guest, "потерянный")
    for number in range(12):
        world.comment(scene.post, scene.spammer, f"ответ {number}", reply_to=parent)
    photo = world.add_place(Kind.PHOTO, scene.community)
    world.comment(photo, scene.guest, "под фото")
    topic = world.add_place(Kind.BOARD, scene.community, "Тема")
    world.comment(topic, scene.guest, "в обсуждении")
    world.write(scene.chat, scene.guest, "в чате")
    scene.community.log.forget()
    server.faults.failed(failed)
    wanted = {"потерянный", "под фото", "в обсуждении", "в чате", *(f"ответ {number}" for number in range(12))}
    async with running(source, seen):
        await seen.until(lambda: wanted <= set(seen.texts))
        await seen.until(lambda: seen.states()[-1] == "connected" and Progress.load(seen.cursor).gap is None)
    assert "catching_up" in seen.states()


async def test_a_catch_up_that_is_cut_off_is_begun_again(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen, scene.anna)
    async with running(source, seen):
        await seen.connected()
    world.comment(scene.post, scene.guest, "потерянный")
    scene.community.log.forget()
    server.faults.hang("wall.get", times=100)
    async with running(source, seen):
        await seen.until(lambda: "catching_up" in seen.states()[3:])
    server.faults.clear()
    assert "потерянный" not in seen.texts
    async with running(source, seen):
        await seen.until(lambda: "потерянный" in seen.texts)


async def test_the_lost_period_is_named_where_no_token_may_read(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    source = make_source(server, scene.community, tmp_path, seen)
    async with running(source, seen):
        await seen.connected()
        world.comment(scene.post, scene.guest, "живой")
        await seen.until(lambda: "живой" in seen.texts)
    world.comment(scene.post, scene.guest, "потерянный")
    scene.community.log.forget()
    async with running(source, seen):
        await seen.until(lambda: seen.states()[-1] == "connected vk.period_lost")
    told = dict(seen.statuses[-1].parameters)
    assert f"https://vk.com/wall-{scene.community.id}_{scene.post.id}" in str(told["links"])
    assert float(told["at"]) <= float(told["until"])


async def test_the_first_start_reads_back_and_says_nothing_of_a_loss(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    world, seen = server.world, Seen()
    world.comment(scene.post, scene.guest, "вчера", date=world.now - 86_400)
    world.comment(scene.post, scene.guest, "давно", date=world.now - 30 * 86_400)
    async with running(make_source(server, scene.community, tmp_path, seen, scene.anna), seen):
        await seen.until(lambda: "вчера" in seen.texts)
        await seen.connected()
    assert "давно" not in seen.texts
    alone = Seen()
    async with running(make_source(server, scene.community, tmp_path, alone), alone):
        await alone.connected()
    assert alone.texts == []
    assert alone.states() == ["connecting", "connected"]


async def test_a_refused_token_is_told(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen = Seen()
    token = server.world.community_token(scene.community)
    server.world.revoke(token)
    async with running(make_source(server, scene.community, tmp_path, seen, tokens=(token, "")), seen):
        while seen.error is None:
            await asyncio.sleep(0.01)
    assert isinstance(seen.error, SignInNeeded)
    assert token not in str(seen.error)


async def test_a_token_revoked_in_the_middle_loses_nothing(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world, seen = server.world, Seen()
    token = world.community_token(scene.community)
    async with running(make_source(server, scene.community, tmp_path, seen, tokens=(token, "")), seen):
        await seen.connected()
        world.revoke(token)
        server.long_poll.expire_keys()
        world.comment(scene.post, scene.guest, "между")
        while seen.error is None:
            await asyncio.sleep(0.01)
    assert isinstance(seen.error, SignInNeeded)
    seen.error = None
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.until(lambda: seen.texts == ["между"])


async def test_the_token_of_a_person_is_no_communitys(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen = Seen()
    mistaken = server.world.user_token(scene.anna)
    async with running(make_source(server, scene.community, tmp_path, seen, tokens=(mistaken, "")), seen):
        while seen.error is None:
            await asyncio.sleep(0.01)
    assert isinstance(seen.error, SignInNeeded)
    assert seen.error.text_id == "vk.no_community_token"


async def test_a_long_poll_that_is_off_is_told(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen = Seen()
    scene.community.long_poll.is_enabled = False
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        while seen.error is None:
            await asyncio.sleep(0.01)
    assert isinstance(seen.error, Refused)
    assert seen.error.text_id == "vk.long_poll_off"


async def test_missing_events_are_remarked(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen = Seen()
    scene.community.long_poll.events -= {"wall_reply_edit", WANTED_EVENTS[0]}
    async with running(make_source(server, scene.community, tmp_path, seen), seen):
        await seen.connected()
    assert seen.states()[-1] == "connected vk.events_missing"
    assert dict(seen.statuses[-1].parameters)["count"] == 2


async def test_a_thousand_events_with_faults_restarts_repeats_and_disorder(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    """Counts: sent, stored, doubled, lost."""
    world, seen, dice = server.world, Seen(), random.Random(7)
    server.faults.repeat_events, server.faults.shuffle_events, server.faults.most_events = 0.3, 0.3, 40
    source = make_source(server, scene.community, tmp_path, seen)
    sent = 0
    while sent < 1000:
        async with running(source, seen):
            await seen.until(lambda: seen.statuses and seen.statuses[-1].state == "connected")
            for _ in range(5):
                for _ in range(20):
                    world.comment(scene.post, scene.guest, str(sent))
                    sent += 1
                if dice.random() < 0.4:
                    server.drop_connections()
                await asyncio.sleep(0)
        if dice.random() < 0.5:
            server.restart()
    server.faults.repeat_events = server.faults.shuffle_events = 0.0
    async with running(source, seen):
        await seen.until(lambda: len(set(seen.texts)) == sent)
    doubled = len(seen.texts) - len(set(seen.texts))
    lost = sent - len(set(seen.texts))
    assert (sent, doubled, lost) == (1000, 0, 0)
