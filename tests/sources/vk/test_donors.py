"""Donor communities as the loopback server shows them: public contacts, managers where allowed, how they stand."""

from pathlib import Path

import pytest

from moderator_app.domain.donors import DonorReading, DonorRole, Standing
from moderator_app.domain.errors import SignInNeeded, TryLater
from moderator_app.sources.vk.places import community_key
from tests.servers.vk import Community, Role, User, VkServer
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, make_source, running


async def read(
    server: VkServer,
    scene: Scene,
    folder: Path,
    *names: str,
    moderator: User | None = None,
    tokens: tuple[str, str] | None = None,
) -> DonorReading:
    seen = Seen()
    source = make_source(server, scene.community, folder, seen, moderator, tokens=tokens)
    async with running(source, seen):
        await seen.until(lambda: source.communities)
        return await source.donor_contacts(community_key(scene.community.id), names)


def donor(server: VkServer, scene: Scene, *people: User, screen_name: str = "a_donor") -> Community:
    contacts = [{"user_id": person.id, "desc": "Ads"} for person in people]
    return server.world.add_community(
        "Soups", scene.guest, contacts=[*contacts, {"phone": "+7 900"}], screen_name=screen_name
    )


async def test_public_contacts_are_read_by_address_and_number(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    named, numbered = donor(server, scene, scene.spammer, screen_name="soups"), donor(server, scene, scene.guest)
    server.world.add_community("Secretive", scene.guest, screen_name="secretive")
    found = await read(server, scene, tmp_path, "soups", f"club{numbered.id}", "secretive", "nobody_here")
    assert [(each.author.name, each.donor, each.role, each.note) for each in found.contacts] == [
        ("Spam S", named.screen_name, DonorRole.CONTACT, "Ads"),
        ("Guest G", f"club{numbered.id}", DonorRole.CONTACT, "Ads"),
    ]
    assert found.unread == ("nobody_here",)


async def test_one_unknown_name_alone_is_no_error(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    assert await read(server, scene, tmp_path, "nobody_here") == DonorReading((), ("nobody_here",))


async def test_managers_are_read_where_the_moderator_is_an_administrator(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    open_to_us, closed = donor(server, scene, screen_name="soups"), donor(server, scene, screen_name="bread")
    server.world.appoint(open_to_us, scene.anna, Role.ADMINISTRATOR)
    server.world.appoint(closed, scene.spammer, Role.EDITOR)
    found = await read(server, scene, tmp_path, "soups", "bread", moderator=scene.anna)
    assert [(each.author.name, each.role, each.standing) for each in found.contacts] == [
        ("Guest G", DonorRole.CREATOR, Standing.FREE), ("Anna A", DonorRole.ADMINISTRATOR, Standing.OWN),
    ]  # fmt: skip


async def test_how_people_stand_to_the_own_community(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    world = server.world
    gone = world.add_user("DELETED", deactivated="deleted")
    donor(server, scene, scene.anna, scene.guest, scene.spammer, gone, screen_name="soups")
    world.ban(scene.community, scene.spammer.id, scene.anna.id)
    found = await read(server, scene, tmp_path, "soups")
    assert [each.standing for each in found.contacts] == [
        Standing.OWN, Standing.FREE, Standing.BANNED, Standing.GONE,
    ]  # fmt: skip
    assert len({each.stand_in for each in found.contacts}) == 4


async def test_without_knowing_the_own_managers_nobody_is_offered(
    server: VkServer, scene: Scene, tmp_path: Path
) -> None:
    donor(server, scene, scene.guest, screen_name="soups")
    token = server.world.community_token(scene.community)
    seen = Seen()
    source = make_source(server, scene.community, tmp_path, seen, tokens=(token, ""))
    async with running(source, seen):
        await seen.until(lambda: source.communities)
        server.world.revoke(token)
        # The second when the stream has noticed it first, and has ended.
        with pytest.raises((SignInNeeded, TryLater)):
            await source.donor_contacts(community_key(scene.community.id), ["soups"])


async def test_before_it_is_connected_nothing_is_read(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    source = make_source(server, scene.community, tmp_path, Seen())
    with pytest.raises(TryLater):
        await source.donor_contacts(community_key(scene.community.id), ["soups"])
