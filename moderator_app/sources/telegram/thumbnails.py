"""Small pictures of what messages carry, fetched when somebody looks; never a document itself."""

import asyncio
from pathlib import Path
from typing import Any

from telethon import TelegramClient
from telethon.tl import types

from moderator_app.sources.telegram.client import ANSWER_SECONDS
from moderator_app.sources.telegram.errors import translated
from moderator_app.sources.telegram.picture_cache import PictureCache

# A picture that fits into a card.
_SIDE = 400
MOST_BYTES = 256 * 1024
_PART = 64 * 1024


class Thumbnails:
    """Keeps what was fetched in `folder`, up to `most_kept` bytes."""

    def __init__(self, folder: Path, most_kept: int = 64 * 1024 * 1024) -> None:
        self._cache = PictureCache(folder, most_kept)

    async def get(self, client: TelegramClient, found: Any, index: int) -> bytes | None:
        """A JPEG of the attachment `index` of Telethon's message, which was read just now: files expire with it.

        None where there is none, or none of at most MOST_BYTES. Raises TryLater, Refused, SignInNeeded.
        """
        listed = pictures(found.media)
        picture = listed[index] if 0 <= index < len(listed) else None
        size = None if picture is None else _fitting(picture)
        if picture is None or size is None:
            return None
        if isinstance(size, types.PhotoCachedSize):
            return bytes(size.bytes)
        name = f"{picture.id}_{size.type}.jpg"
        kept = await self._cache.get(name)
        if kept is not None:
            return kept
        fetched = await _fetch(client, picture, size)
        if fetched is not None:
            await self._cache.put(name, fetched)
        return fetched


def pictures(media: Any) -> tuple[Any, ...]:
    """Photos and documents in the order of `media.attachments`, None for what is neither."""
    match media:
        case None | types.MessageMediaEmpty() | types.MessageMediaWebPage():
            return ()
        case types.MessageMediaPhoto(photo=types.Photo() as photo):
            return (photo,)
        case types.MessageMediaDocument(document=types.Document() as document):
            return (document,)
        case types.MessageMediaPoll():
            return (None, *pictures(media.attached_media))
    return (None,)


def _fitting(picture: Any) -> Any:
    """Of the sizes that are small enough to be fetched the largest that fits, or the smallest of all."""
    sizes = picture.sizes if isinstance(picture, types.Photo) else picture.thumbs or ()
    known = (types.PhotoSize, types.PhotoSizeProgressive, types.PhotoCachedSize)
    small = [size for size in sizes if isinstance(size, known) and _bytes(size) <= MOST_BYTES]
    fitting = [size for size in small if _side(size) <= _SIDE]
    return max(fitting, key=_side) if fitting else min(small, key=_side, default=None)


def _side(size: Any) -> int:
    return int(max(size.w, size.h))


def _bytes(size: Any) -> int:
    if isinstance(size, types.PhotoCachedSize):
        return len(bytes(size.bytes))
    return int(size.sizes[-1] if isinstance(size, types.PhotoSizeProgressive) else size.size)


async def _fetch(client: TelegramClient, picture: Any, size: Any) -> bytes | None:
    kind = types.InputPhotoFileLocation if isinstance(picture, types.Photo) else types.InputDocumentFileLocation
    place = kind(picture.id, picture.access_hash, picture.file_reference, size.type)
    fetched = b""
    parts = client.iter_download(place, dc_id=picture.dc_id, request_size=_PART, file_size=_bytes(size))
    with translated():
        async with asyncio.timeout(ANSWER_SECONDS):
            async for part in parts:
                fetched += part
                # It may be larger than was said.
                if len(fetched) > MOST_BYTES:
                    return None
    return fetched or None
