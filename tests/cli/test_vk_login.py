"""`moderator-app login vk` on a real terminal, against the loopback server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moderator_app import account_list
from moderator_app.credentials import Secret
from moderator_app.domain.message import Platform
from tests.cli.commands import Profile
from tests.cli.hands import at_terminal
from tests.keyrings import environment as kept_in
from tests.keyrings import read_file
from tests.servers.vk import Community, User, VkServer

COMMUNITY = "The community's token (not shown): "
PERSON = "without it): "


@pytest.fixture
def server() -> Iterator[VkServer]:
    with VkServer(limits=False) as server:
        yield server


@pytest.fixture
def anna(server: VkServer) -> User:
    return server.world.add_user("Anna", "A")


@pytest.fixture
def cooking(server: VkServer, anna: User) -> Community:
    return server.world.add_community("Cooking", anna)


def asked(profile: Path) -> list[str]:
    return ["--profile", str(profile), "login", "vk"]


def around(server: VkServer, folder: Path, **more: str) -> dict[str, str]:
    address = {"MODERATOR_VK_API": server.address}
    return {**address, **kept_in(folder / "keyring.json"), "LANGUAGE": "en", "LC_ALL": "C.UTF-8", **more}


async def test_both_tokens_are_asked_for_checked_and_kept(
    server: VkServer, anna: User, cooking: Community, tmp_path: Path
) -> None:
    community, user = server.world.community_token(cooking), server.world.user_token(anna)
    async with at_terminal(asked(tmp_path), around(server, tmp_path)) as hands:
        told = " ".join((await hands.reads(COMMUNITY)).split())
        for words in ("two kinds of token", "Working with API", "begins with vk1.a."):
            assert words in told
        assert not hands.echoes()
        hands.types("short")
        assert "does not look like a token" in await hands.reads(COMMUNITY)
        hands.types(user)
        assert "not a community's token" in await hands.reads(COMMUNITY)
        hands.types(community)
        told = await hands.reads(PERSON)
        assert "The community: Cooking" in told
        assert "Implicit Flow" in " ".join(told.split())
        hands.types(f"https://oauth.vk.test/blank.html#access_token={user}&expires_in=0&user_id={anna.id}")
        await hands.reads("Cooking is watched from now on; Anna A moderates there.")
        assert await hands.ends() == 0
        written = " ".join(hands.seen.split())
        assert "+ delete comments on posts and bring them back" in written
        assert "+ ban from the community" in written
    (account,) = account_list.load(tmp_path / "settings.json", Platform.VK)
    assert (account.id, account.name) == (str(cooking.id), "Cooking")
    kept = {name: secret for (_service, name), secret in read_file(tmp_path / "keyring.json").items()}
    tokens = {Secret.VK_COMMUNITY_TOKEN: community, Secret.VK_USER_TOKEN: user}
    assert kept == {f"{secret}:{cooking.id}": token for secret, token in tokens.items()}
    for file in ("settings.json", "log.txt"):
        text = (tmp_path / file).read_text()
        assert community not in text
        assert user not in text


async def test_one_token_is_enough_and_it_is_said_what_will_not_work(
    server: VkServer, cooking: Community, tmp_path: Path
) -> None:
    async with at_terminal(asked(tmp_path), around(server, tmp_path)) as hands:
        await hands.reads(COMMUNITY)
        hands.types(server.world.community_token(cooking))
        await hands.reads(PERSON)
        hands.types("")
        await hands.reads("Cooking is watched from now on.")
        assert await hands.ends() == 0
        written = " ".join(hands.seen.split())
    assert "- delete comments on posts and bring them back" in written
    assert "+ delete chat messages for everybody" in written


async def test_missing_events_are_switched_on_when_wanted(server: VkServer, cooking: Community, tmp_path: Path) -> None:
    cooking.long_poll.is_enabled = False
    cooking.long_poll.events = {"audio_new"}
    async with at_terminal(asked(tmp_path), around(server, tmp_path)) as hands:
        await hands.reads(COMMUNITY)
        hands.types(server.world.community_token(cooking))
        await hands.reads(PERSON)
        hands.types("")
        assert "Long Poll is switched off" in await hands.reads("[y/n] ")
        hands.types("y")
        await hands.reads("Cooking is watched from now on.")
        assert await hands.ends() == 0
    assert cooking.long_poll.is_enabled
    assert {"wall_reply_new", "message_new", "audio_new"} <= cooking.long_poll.events
    assert cooking.long_poll.api_version == "5.199"


async def test_a_refused_token_of_a_person_is_asked_for_again(
    server: VkServer, anna: User, cooking: Community, tmp_path: Path
) -> None:
    revoked = server.world.user_token(anna)
    server.world.revoke(revoked)
    async with at_terminal(asked(tmp_path), around(server, tmp_path)) as hands:
        await hands.reads(COMMUNITY)
        hands.types(server.world.community_token(cooking))
        await hands.reads(PERSON)
        hands.types(revoked)
        assert "does not accept the moderator's token" in " ".join((await hands.reads(PERSON)).split())
        hands.strikes(b"\x04")
        assert await hands.ends() == 4
    assert account_list.load(tmp_path / "settings.json", Platform.VK) == ()


async def test_without_a_keyring_nothing_is_asked(server: VkServer, tmp_path: Path) -> None:
    bare = around(server, tmp_path, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    async with at_terminal(asked(tmp_path), bare) as hands:
        await hands.reads("There is no system keyring")
        assert await hands.ends() == 3


async def test_several_communities_and_what_doctor_says_of_them(
    server: VkServer, anna: User, cooking: Community, tmp_path: Path
) -> None:
    other = server.world.add_community("Knitting", anna)
    for community in (cooking, other):
        async with at_terminal(asked(tmp_path), around(server, tmp_path)) as hands:
            await hands.reads(COMMUNITY)
            hands.types(server.world.community_token(community))
            await hands.reads(PERSON)
            hands.types("")
            assert await hands.ends() == 0
    environment: dict[str, Any] = {**around(server, tmp_path)}
    ended = Profile(tmp_path).run("doctor", **environment)
    assert "vk: signed in as Cooking, Knitting." in ended.output.decode()
