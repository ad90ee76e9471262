"""Donor communities from the list to the ban: `moderator-app collect` reads and bans, another process decides."""

import signal
from pathlib import Path

from moderator_app.domain.decision import ActionState
from moderator_app.domain.donors import Standing
from moderator_app.domain.lists import ListKind
from moderator_app.moderation.donors import DonorKeeping
from moderator_app.moderation.lists import ListKeeping
from moderator_app.sources.vk.places import community_key
from tests.moderation.desk import Desk, opened, until
from tests.servers.vk import VkServer
from tests.sources import collecting as collected
from tests.sources.collecting import Collecting
from tests.sources.vk.conftest import Scene


async def test_whoever_a_donor_names_is_banned_once_an_admin_says_so(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    contacts = [{"user_id": user.id} for user in (scene.spammer, scene.anna)]
    server.world.add_community("Soups", scene.guest, contacts=contacts, screen_name="soups")
    environment = server.environment(scene.community, scene.anna) | {"MODERATOR_VK_WRITE_GAP": "0"}
    collecting = Collecting(tmp_path, environment)
    await collecting.start()
    try:
        await collected.until(lambda: server.long_poll.waiting, 30)
        async with opened(tmp_path) as desk:
            await _ban_contacts(desk, scene)
            await until(lambda: _is_done(desk), 20)
    finally:
        await collecting.end(signal.SIGTERM)
    assert len(server.world.done("ban", scene.spammer.id)) == 1
    assert set(server.world.banned(scene.community)) == {scene.spammer.id}
    assert server.world.banned(scene.community)[scene.spammer.id].end == 0


async def _ban_contacts(desk: Desk, scene: Scene) -> None:
    donors = DonorKeeping(desk.database, desk.changes, lambda: 0.0, "olga")
    await ListKeeping(desk.database, desk.changes).set_lines(ListKind.DONORS, ["https://vk.com/soups"])

    async def are_read() -> bool:
        return bool((await donors.candidates()).listed)

    await until(are_read, 20)
    listed = (await donors.candidates()).listed
    assert {each.author.name: each.standing for each in listed} == {"Spam S": Standing.FREE, "Anna A": Standing.OWN}
    await donors.ban(community_key(scene.community.id), [each.author.key for each in listed], "Named in Soups")


async def _is_done(desk: Desk) -> bool:
    return await desk.states() == [ActionState.DONE]
