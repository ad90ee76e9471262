"""What Telegram tells of a user becomes a profile."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telethon.tl import functions, types

from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, MessageKey, Platform
from moderator_app.domain.profile import Profile
from moderator_app.sources.telegram.profile import profile_of
from tests.servers.telegram import TelegramServer
from tests.sources.telegram.feeding import fed
from tests.sources.telegram.objects import ANYA, NOON, group, photo, user

CHANNEL = 77


def answer(found: Any, *chats: Any, settings: Any = None, **fields: Any) -> Any:
    """What users.getFullUser answers."""
    full = types.UserFull(
        ANYA, settings or types.PeerSettings(), types.PeerNotifySettings(), **{"common_chats_count": 0} | fields
    )
    return types.users.UserFull(full, list(chats), [found])


def anya(name: str = "Анна", username: str = "") -> Author:
    return Author(AuthorKey(Platform.TELEGRAM, str(ANYA)), name, username)


def test_a_bare_profile_tells_a_name() -> None:
    assert profile_of(answer(user())) == Profile(anya())


def test_everything_that_is_told_is_kept() -> None:
    found = answer(
        user(username="anya", premium=True, verified=True, photo=types.UserProfilePhotoEmpty()),
        group(CHANNEL, "Мой канал", broadcast=True),
        settings=types.PeerSettings(registration_month="09.2025"),
        about="Заработок в \ud83dличке",
        profile_photo=photo(),
        personal_channel_id=CHANNEL,
        common_chats_count=3,
    )
    joined = types.ChannelParticipant(ANYA, NOON - timedelta(days=1))
    assert profile_of(found, joined) == Profile(
        anya(username="anya"),
        bio="Заработок в \ufffdличке",
        personal_channel=Community(CommunityKey(Platform.TELEGRAM, str(CHANNEL)), "Мой канал"),
        has_photo=True,
        photo_since=NOON,
        registered="2025-09",
        joined=NOON - timedelta(days=1),
        common_chats=3,
        is_premium=True,
        is_verified=True,
    )


@pytest.mark.parametrize("flag", ["bot", "deleted", "scam", "fake"])
def test_a_mark_of_telegrams_is_kept(flag: str) -> None:
    marked = user()
    setattr(marked, flag, True)
    found = profile_of(answer(marked))
    assert getattr(found, f"is_{flag}") is True
    assert replace(found, is_bot=False, is_deleted=False, is_scam=False, is_fake=False) == Profile(anya())


def test_a_channel_that_is_not_shown_has_no_name() -> None:
    found = profile_of(answer(user(), personal_channel_id=CHANNEL)).personal_channel
    assert found == Community(CommunityKey(Platform.TELEGRAM, str(CHANNEL)))


@pytest.mark.parametrize("participant", [None, types.ChannelParticipantLeft(types.PeerUser(ANYA))])
def test_who_is_not_there_has_not_joined(participant: Any) -> None:
    assert profile_of(answer(user()), participant).joined is None


def test_a_hidden_picture_is_a_picture_without_a_date() -> None:
    shown = profile_of(answer(user(photo=types.UserProfilePhoto(1, 2))))
    assert (shown.has_photo, shown.photo_since) == (True, None)


async def test_what_the_server_answers_is_understood() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        promo = world.add_channel("Мой канал", owner)
        spammer = world.add_user("Вика", about="Пиши в личку", personal_channel=promo, premium=True)
        world.add_supergroup("Двор", owner, [spammer])
        async with server.client(owner) as client:
            await client.get_dialogs()
            asked = types.InputUser(spammer.id, world.access_hash(owner, spammer))
            found = profile_of(await client(functions.users.GetFullUserRequest(asked)))
        assert (found.author.name, found.bio, found.is_premium) == ("Вика", "Пиши в личку", True)
        assert found.personal_channel == Community(CommunityKey(Platform.TELEGRAM, str(promo.id)), "Мой канал")
        assert found.common_chats == 1


async def test_a_running_source_tells_of_who_wrote_in_a_chat(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        spammer = world.add_user("Вика", about="Пиши в личку", premium=True)
        guest = world.add_user("Guest", about="Just passing")
        yard = world.add_supergroup("Двор", owner, [spammer, guest])
        promo = world.add_channel("Промо", owner, about="Скидки")
        written = [world.post(yard, who, "Привет") for who in (spammer, guest, promo)]
        joined = yard.members[spammer].date
        del yard.members[guest]
        async with fed(server, owner, tmp_path) as found:
            keys = [MessageKey(Platform.TELEGRAM, str(yard.id), str(each.id)) for each in written]
            told = await found.source.profile(keys[0], AuthorKey(Platform.TELEGRAM, str(spammer.id)))
            assert (told.author.name, told.bio, told.is_premium) == ("Вика", "Пиши в личку", True)
            assert told.joined is not None
            assert told.joined.timestamp() == joined
            left = await found.source.profile(keys[1], AuthorKey(Platform.TELEGRAM, str(guest.id)))
            assert (left.bio, left.joined) == ("Just passing", None)
            channel = await found.source.profile(keys[2], AuthorKey(Platform.TELEGRAM, f"-{promo.id}"))
            assert (channel.author.name, channel.bio) == ("Промо", "Скидки")
