"""What VK shows of people and of attachments, asked for when somebody looks."""

from pathlib import Path

import pytest

from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.sources.vk.attachments import picture_of
from tests.servers.vk import VkServer
from tests.sources.vk.conftest import Scene
from tests.sources.vk.running import Seen, make_source, running


def person(id: int) -> AuthorKey:
    return AuthorKey(Platform.VK, str(id))


async def test_a_profile_tells_what_vk_shows(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen, world = Seen(), server.world
    scene.spammer.details = {"about": "Заработок", "has_photo": 1, "verified": 1}
    gone = world.add_user("DELETED", deactivated="deleted")
    async with running(make_source(server, scene.community, tmp_path, seen), seen) as source:
        await seen.connected()
        world.comment(scene.post, scene.spammer, "спам")
        await seen.until(lambda: seen.messages)
        key = seen.messages[0].key
        found = await source.profile(key, person(scene.spammer.id))
        assert (found.author.name, found.bio, found.has_photo, found.is_verified) == ("Spam S", "Заработок", True, True)
        assert not found.is_deleted
        assert (await source.profile(key, person(gone.id))).is_deleted
        assert (await source.profile(key, person(-scene.community.id))).author.name == "Cooking"
        with pytest.raises(Refused):
            await source.profile(key, person(999_999))


async def test_a_small_picture_of_an_attachment_is_fetched(server: VkServer, scene: Scene, tmp_path: Path) -> None:
    seen, world = Seen(), server.world
    sizes = [{"type": "m", "width": 130, "url": "http://127.0.0.1:1/"}, {"type": "x", "width": 604, "url": ""}]
    sizes.append({"type": "p", "width": 320, "url": f"{server.address}/captcha.php?sid=1"})
    photo = {"type": "photo", "photo": {"id": 1, "owner_id": 2, "sizes": sizes}}
    plain = {"type": "poll", "poll": {"id": 3, "question": "Да?"}}
    async with running(make_source(server, scene.community, tmp_path, seen, scene.anna), seen) as source:
        await seen.connected()
        world.comment(scene.post, scene.spammer, "", attachments=[plain, photo])
        world.write(scene.chat, scene.spammer, "", forwarded=[{"from_id": 1, "text": "", "attachments": [photo]}])
        await seen.until(lambda: len(seen.messages) == 2)
        for message in seen.messages:
            index = [each.kind for each in message.attachments].index("photo")
            picture = await source.thumbnail(message.key, index)
            assert picture is not None
            assert picture.startswith(b"\x89PNG")
            assert await source.thumbnail(message.key, 7) is None
        assert await source.thumbnail(seen.messages[0].key, 0) is None


def test_the_smallest_picture_that_is_large_enough_is_chosen() -> None:
    sizes = [{"width": width, "url": f"https://x.test/{width}"} for width in (75, 1280, 604, 320)]
    assert picture_of({"type": "photo", "photo": {"sizes": sizes}}, 300) == "https://x.test/320"
    assert picture_of({"type": "video", "video": {"image": sizes[:1]}}, 300) == "https://x.test/75"
    assert picture_of({"type": "link", "link": {"photo": {"sizes": sizes}}}, 700) == "https://x.test/1280"
    assert picture_of({"type": "poll", "poll": {}}, 300) == ""
