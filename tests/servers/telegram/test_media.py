"""Files go up and come down, whole and small."""

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.servers.telegram import TelegramServer


async def test_a_photo_is_posted_and_downloaded_whole_and_small() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        photo = world.add_photo(bytes(range(256)) * 4000, thumb=b"small")
        world.post(group, guest, "look", media=photo)
        async with server.client(owner) as client:
            message = (await client.get_messages((await client.get_dialogs())[0].entity))[0]
            assert (message.message, message.photo.id) == ("look", photo.id)
            assert await client.download_media(message, bytes) == photo.data
            assert await client.download_media(message, bytes, thumb=0) == b"small"


async def test_an_uploaded_document_is_seen_by_others() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        world.add_supergroup("Cooking", owner, [guest])
        data = b"recipe " * 100_000
        async with server.client(owner) as client, server.client(guest) as second:
            entity = (await client.get_dialogs())[0].entity
            attributes = [types.DocumentAttributeFilename("recipe.txt")]
            await client.send_file(entity, data, caption="mine", attributes=attributes, force_document=True)
            message = (await second.get_messages((await second.get_dialogs())[0].entity))[0]
            assert (message.message, message.file.name, message.file.size) == ("mine", "recipe.txt", len(data))
            assert await second.download_media(message, bytes) == data


async def test_an_album_is_one_group() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        async with server.client(owner) as client:
            entity = (await client.get_dialogs())[0].entity
            files = [world.add_photo(b"one"), world.add_photo(b"two")]
            media = [
                types.InputSingleMedia(
                    types.InputMediaPhoto(types.InputPhoto(file.id, file.access_hash, world.file_reference)),
                    str(number),
                )
                for number, file in enumerate(files)
            ]
            await client(functions.messages.SendMultiMediaRequest(entity, media))
        first, second = group.box.messages.values()
        assert (first.text, second.text, first.media, second.media) == ("0", "1", *files)
        assert first.grouped_id == second.grouped_id is not None


async def test_kinds_of_documents_are_told_by_their_attributes() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        voice = types.DocumentAttributeAudio(duration=3, voice=True)
        round_video = types.DocumentAttributeVideo(duration=3, w=240, h=240, round_message=True)
        for attribute in (voice, round_video):
            world.post(group, owner, media=world.add_document(b"x", attributes=[attribute], mime_type="video/mp4"))
        async with server.client(owner) as client:
            video_note, voice_note = await client.get_messages((await client.get_dialogs())[0].entity, 2)
        assert (voice_note.voice is not None, video_note.video_note is not None) == (True, True)


async def test_an_expired_reference_is_refused_until_the_message_is_read_anew() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner = world.add_user("Owner")
        group = world.add_supergroup("Cooking", owner)
        world.post(group, owner, media=world.add_photo(b"picture"))
        async with server.client(owner) as client:
            entity = (await client.get_dialogs())[0].entity
            message = (await client.get_messages(entity))[0]
            world.expire_file_references()
            with pytest.raises(errors.FileReferenceExpiredError):
                await client.download_media(message, bytes)
            assert await client.download_media((await client.get_messages(entity))[0], bytes) == b"picture"


async def test_photos_of_people_are_downloaded() -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        guest.photo = world.add_photo(b"large face", thumb=b"face")
        world.post(world.add_supergroup("Cooking", owner, [guest]), guest, "hello")
        async with server.client(owner) as client:
            message = (await client.get_messages((await client.get_dialogs())[0].entity))[0]
            sender = await message.get_sender()
            assert await client.download_profile_photo(sender, bytes, download_big=False) == b"face"
            assert await client.download_profile_photo(sender, bytes) == b"large face"
