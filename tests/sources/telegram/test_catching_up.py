"""What happened while the console was away, or its connection was."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from moderator_app.domain.errors import SignInNeeded
from moderator_app.domain.ports import SourceState
from moderator_app.sources.telegram.catching_up import Bounds
from tests.servers.telegram import Chat, TelegramServer, User
from tests.sources.telegram.feeding import Feeding, fed, feeding, shows, until, world_of

HOUR = 3600


def scene(server: TelegramServer) -> tuple[User, User, Chat, Chat]:
    """An owner, a guest, a supergroup and a basic group of both."""
    world = server.world
    owner, guest = world.add_user("Owner"), world.add_user("Guest")
    return (
        owner,
        guest,
        world.add_supergroup("Cooking", owner, [guest]),
        world.add_basic_group("Family", owner, [guest]),
    )


async def test_what_was_missed_between_two_runs_is_read(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, *groups = scene(server)
        session = server.session_for(owner)
        async with fed(server, owner, tmp_path, session=session) as found:
            stored = {group: [world.post(group, guest, f"{n}") for n in range(4)] for group in groups}
            for group in groups:
                await shows(found, group, "0", "1", "2", "3")
        for group in groups:
            world.edit(stored[group][1], "1, edited")
            world.delete(stored[group][2])
            for number in range(250):
                world.post(group, guest, f"missed {number}")
        async with fed(server, owner, tmp_path, session=session) as found:
            for group in groups:
                await shows(found, group, "0", "1, edited", "3", *(f"missed {n}" for n in range(250)))
                world.post(group, guest, "live")
                await until(partial(_is_last, found, group, "live"))


async def test_what_is_missed_while_the_connection_is_lost_is_read(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, *groups = scene(server)
        async with fed(server, owner, tmp_path) as found:
            stored = {group: [world.post(group, guest, f"{n}") for n in range(4)] for group in groups}
            for group in groups:
                await shows(found, group, "0", "1", "2", "3")
            before = len(found.statuses)
            await server.stop()
            for group in groups:
                world.edit(stored[group][1], "1, edited")
                world.delete(stored[group][2])
                world.post(group, guest, "missed")
            await server.start()
            for group in groups:
                await shows(found, group, "0", "1, edited", "3", "missed")
            await until(lambda: found.state is SourceState.CONNECTED)
            states = list(dict.fromkeys(each.state for each in found.statuses[before:]))
            assert states == [SourceState.CONNECTING, SourceState.CATCHING_UP, SourceState.CONNECTED]


async def test_the_first_reading_is_bounded_by_days_and_by_messages(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, *groups = scene(server)
        now = int(time.time())
        for group in groups:
            for hours in (30, *range(20, 0, -1)):
                world.post(group, guest, f"{hours} h ago", date=now - hours * HOUR - 60)
        few = [f"{hours} h ago" for hours in range(5, 0, -1)]
        recent = [f"{hours} h ago" for hours in range(20, 0, -1)]
        for name, bounds, expected in (
            ("few", Bounds(messages=5), few),
            ("days", Bounds(days=1), recent),
            ("none", Bounds(messages=0), []),
            ("no days", Bounds(days=0), []),
            ("all", Bounds(days=3), ["30 h ago", *recent]),
        ):
            folder = tmp_path / name
            folder.mkdir()
            async with fed(server, owner, folder, bounds=bounds) as found:
                for group in groups:
                    await shows(found, group, *expected)
        async with fed(server, owner, tmp_path / "none", bounds=Bounds()) as found:
            for group in groups:
                world.post(group, guest, "since then")
                await shows(found, group, "since then")


async def test_reading_tells_how_much_is_left_and_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, group, _ = scene(server)
        session = server.session_for(owner)
        for number in range(1000):
            world.post(group, guest, f"{number}")
        server.faults.delay("messages.GetHistory", 0.1, times=100)
        async with feeding(server, owner, tmp_path, session=session) as found:
            await until(lambda: _count(found, group, 300))
        counts = [each.count for each in found.statuses if each.state is SourceState.CATCHING_UP]
        assert counts[:2] == [0, 1000]
        assert counts[1:] == sorted(counts[1:], reverse=True)
        server.faults.clear()
        server.arrived.clear()
        async with fed(server, owner, tmp_path, session=session) as found:
            assert await found.stored(group) == world_of(group)
            assert server.arrived["messages.GetHistory"] < 11


async def test_live_messages_arrive_while_much_is_read(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, group, basic = scene(server)
        for number in range(1000):
            world.post(group, guest, f"{number}")
        server.faults.delay("messages.GetHistory", 0.2, times=100)
        async with feeding(server, owner, tmp_path) as found:
            await until(lambda: _count(found, group, 100))
            live, gone = world.post(group, guest, "live"), world.post(group, guest, "gone at once")
            world.edit(live, "live, edited")
            world.delete(gone, group.box.messages[990], group.box.messages[3])
            world.post(basic, guest, "elsewhere")
            await until(lambda: _is_last(found, basic, "elsewhere"), 2)
            await until(lambda: _is_last(found, group, "live, edited"), 2)
            assert len(await found.stored(group)) < 900
            # What was deleted while it was read does not come back.
            await until(lambda: found.state is SourceState.CONNECTED, 20)
            assert await found.stored(group) == world_of(group)


async def test_a_session_that_is_ended_elsewhere_is_told_once_and_nothing_is_lost(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, group, _ = scene(server)
        async with fed(server, owner, tmp_path) as found:
            world.post(group, guest, "before")
            await shows(found, group, "before")
            server.revoke(owner)
            await until(lambda: found.error)
            assert isinstance(found.error, SignInNeeded)
        world.post(group, guest, "meanwhile")
        async with fed(server, owner, tmp_path) as found:
            await shows(found, group, "before", "meanwhile")


async def test_an_account_that_is_signed_in_nowhere_is_told_at_once(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        owner, *_ = scene(server)
        session = server.session_for(owner)
        server.revoke(owner)
        with pytest.raises(SignInNeeded):
            async with fed(server, owner, tmp_path, session=session):
                pass


async def test_telegrams_wish_to_wait_is_kept_and_told(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, group, _ = scene(server)
        world.post(group, guest, "hello")
        server.faults.fail("messages.GetHistory", "FLOOD_WAIT_1")
        server.faults.fail("messages.GetDialogs", "FLOOD_WAIT_1")
        began = time.monotonic()
        async with fed(server, owner, tmp_path) as found:
            await shows(found, group, "hello")
            waiting = [each for each in found.statuses if each.state is SourceState.WAITING]
            assert [each.detail for each in waiting] == ["telegram.flood"] * 2
            assert all(
                each.until is not None and each.until < datetime.now(UTC) + timedelta(seconds=1) for each in waiting
            )
            assert time.monotonic() - began > 2


async def test_a_server_that_says_nothing_any_more_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("client", "connection"):
        monkeypatch.setattr(f"moderator_app.sources.telegram.{module}.ANSWER_SECONDS", 0.5)
    async with TelegramServer() as server:
        world = server.world
        owner, guest, group, _ = scene(server)
        async with fed(server, owner, tmp_path, check_seconds=0.2) as found:
            server.faults.silent = True
            world.post(group, guest, "unheard")
            await until(lambda: found.state is SourceState.CONNECTING)
            server.faults.silent = False
            await shows(found, group, "unheard")


async def test_a_machine_that_has_slept_reads_what_it_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest, group, _ = scene(server)
        async with fed(server, owner, tmp_path, check_seconds=0.1) as found:
            old = world.post(group, guest, "old")
            await shows(found, group, "old")
            connections = server.arrived["updates.GetState"]
            true_time = time.time
            monkeypatch.setattr("moderator_app.sources.telegram.connection.time.time", lambda: true_time() + HOUR)
            world.edit(old, "edited")
            await until(lambda: server.arrived["updates.GetState"] > connections)
            monkeypatch.undo()
            await shows(found, group, "edited")


async def _is_last(found: Feeding, group: Chat, text: str) -> bool:
    texts = await found.texts(group)
    return bool(texts) and texts[-1] == text


async def _count(found: Feeding, group: Chat, at_least: int) -> bool:
    return len(await found.stored(group)) >= at_least
