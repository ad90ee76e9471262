"""`collect` with a Telegram session from the environment."""

import asyncio
from pathlib import Path

from tests.cli.commands import Profile
from tests.cli.live import collecting, has, records
from tests.servers.telegram import TelegramServer
from tests.servers.telegram.until import until

INSULT = "да пошёл ты нахуй"


async def test_a_refused_session_is_told_once_and_it_stays_up(server: TelegramServer, profile: Profile) -> None:
    owner = server.world.add_user("Owner")
    given = server.environment(owner)
    server.revoke(owner)
    async with collecting(profile.folder, **given) as live:
        await until(lambda: "signed_out" in live.states, 20)
        connections = server.arrived["updates.GetState"]
        await asyncio.sleep(3)
        assert live.process.returncode is None
        assert live.states.count("signed_out") == 1
        assert live.states[-1] == "signed_out"
        assert server.arrived["updates.GetState"] == connections
        assert await live.end() == (0, "")


async def test_a_session_revoked_meanwhile_is_told_once_and_nothing_is_lost(
    server: TelegramServer, profile: Profile
) -> None:
    world = server.world
    owner, guest = world.add_user("Owner"), world.add_user("Guest")
    group = world.add_supergroup("Cooking", owner, [guest])
    world.post(group, guest, INSULT)
    async with collecting(profile.folder, **server.environment(owner)) as live:
        await has(profile, 1)
        server.revoke(owner)
        await until(lambda: live.states[-1:] == ["signed_out"], 20)
        world.post(group, guest, "иди нахуй")
        assert (await live.end())[0] == 0
        assert live.states.count("signed_out") == 1
    async with collecting(profile.folder, **server.environment(owner)) as live:
        await has(profile, 2)


async def test_what_another_process_decides_is_carried_out(
    server: TelegramServer, profile: Profile, tmp_path: Path
) -> None:
    world = server.world
    owner, guest = world.add_user("Owner"), world.add_user("Guest")
    group = world.add_supergroup("Cooking", owner, [guest])
    album = [world.post(group, guest, text, grouped_id=7) for text in (INSULT, "")]
    async with collecting(profile.folder, **server.environment(owner)) as live:
        (item,) = await has(profile, 1)
        assert (item["text"], item["count"], item["album"]) == (INSULT, 1, 2)
        await records(profile, "decide", item["item"], "--action", "delete+ban", "--grace", "0", "--json")
        await until(lambda: all(each.deleted for each in album) and world.done("ban", guest), 20)
        assert await has(profile, 0) == []
        async with asyncio.timeout(10):
            while {each["state"] for each in (await records(profile, "history"))[0]["actions"]} != {"done"}:
                await asyncio.sleep(0.1)
        (line,) = await records(profile, "history")
        assert [each["kind"] for each in line["actions"]] == ["delete", "ban"]
        assert (await live.end())[0] == 0
