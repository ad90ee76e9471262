"""Pictures are fetched when they are looked at, small, and kept in a bounded folder of their owner's."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telethon.tl import types

from moderator_app.domain.errors import TryLater
from moderator_app.domain.message import MessageKey, Platform
from moderator_app.domain.ports import MediaSource
from moderator_app.private_files import rights
from moderator_app.sources.telegram.picture_cache import PictureCache
from moderator_app.sources.telegram.source import TelegramSource
from moderator_app.sources.telegram.thumbnails import MOST_BYTES, pictures
from tests.servers.telegram import Message, TelegramServer
from tests.sources.telegram.acting import Scene
from tests.sources.telegram.feeding import fed


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with TelegramServer() as server:
        yield Scene(server, tmp_path)


@pytest.fixture
async def source(scene: Scene, tmp_path: Path) -> AsyncIterator[TelegramSource]:
    async with fed(scene.server, scene.moderator, tmp_path) as feeding:
        yield feeding.source


def key(message: Message) -> MessageKey:
    return MessageKey(Platform.TELEGRAM, str(message.chat.id), str(message.id))


async def test_of_a_photo_the_small_size_is_fetched_once(scene: Scene, source: TelegramSource, tmp_path: Path) -> None:
    photo = scene.world.add_photo(b"large" * 1000, thumb=b"small")
    message = scene.world.post(scene.group, scene.member, "look", media=photo)
    assert isinstance(source, MediaSource)
    assert scene.server.arrived["upload.GetFile"] == 0
    for _ in range(2):
        assert await source.thumbnail(key(message), 0) == b"small"
    assert scene.server.arrived["upload.GetFile"] == 1
    (kept,) = (tmp_path / "pictures").iterdir()
    assert (rights(tmp_path / "pictures"), rights(kept), kept.read_bytes()) == (0o700, 0o600, b"small")


async def test_of_a_document_only_the_preview_is_fetched(scene: Scene, source: TelegramSource) -> None:
    bare = scene.world.add_document(b"x" * 5000, "report.pdf")
    with_preview = scene.world.add_document(b"x" * 5000, "report.pdf", thumb=b"page")
    posted = [scene.world.post(scene.group, scene.member, media=each) for each in (bare, with_preview)]
    assert [await source.thumbnail(key(each), 0) for each in posted] == [None, b"page"]


async def test_what_is_too_large_or_not_there_is_not_fetched(scene: Scene, source: TelegramSource) -> None:
    large = scene.world.post(scene.group, scene.member, media=scene.world.add_photo(b"x" * (MOST_BYTES + 1)))
    words = scene.world.post(scene.group, scene.member, "words")
    gone = scene.world.post(scene.group, scene.member, media=scene.world.add_photo(b"x"))
    scene.world.delete(gone)
    assert [await source.thumbnail(key(each), 0) for each in (large, words, gone)] == [None] * 3
    assert await source.thumbnail(key(large), 5) is None
    assert scene.server.arrived["upload.GetFile"] == 0


async def test_an_expired_reference_and_a_new_picture_are_no_obstacle(scene: Scene, source: TelegramSource) -> None:
    world = scene.world
    message = world.post(scene.group, scene.member, media=world.add_photo(b"one"))
    assert await source.thumbnail(key(message), 0) == b"one"
    world.expire_file_references()
    world.edit(message, media=world.add_photo(b"two"))
    assert await source.thumbnail(key(message), 0) == b"two"


async def test_when_telegram_asks_to_wait_the_card_is_told(scene: Scene, source: TelegramSource) -> None:
    message = scene.world.post(scene.group, scene.member, media=scene.world.add_photo(b"one"))
    scene.server.faults.fail("upload.GetFile", "FLOOD_WAIT_9")
    with pytest.raises(TryLater) as later:
        await source.thumbnail(key(message), 0)
    assert later.value.seconds == 9


async def test_what_was_not_looked_at_for_longest_goes_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", 250)
    for number, name in enumerate("abc"):
        await cache.put(name, b"x" * 100)
        if (tmp_path / "pictures" / name).exists():
            os.utime(tmp_path / "pictures" / name, (number, number))
        assert await cache.get("a") is not None
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["a", "c"]


async def test_where_nothing_can_be_kept_pictures_are_still_shown(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("in the way")
    cache = PictureCache(tmp_path / "pictures", 250)
    await cache.put("a", b"x")
    assert await cache.get("a") is None


def test_pictures_stand_where_their_attachments_stand() -> None:
    assert pictures(None) == ()
    assert pictures(types.MessageMediaUnsupported()) == (None,)
    assert pictures(types.MessageMediaPhoto()) == (None,)
