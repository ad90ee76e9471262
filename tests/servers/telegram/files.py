"""Photos and documents as the server keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from telethon.tl import types

from tests.servers.telegram.wire import TL

DC = 2
"""The number of the one data centre, which files and sessions name."""


@dataclass(eq=False, slots=True)
class StoredFile:
    """`access_hash` is the same for everybody, as Telegram's of files; the reference changes and has to be asked for
    anew when it expired."""

    id: int
    access_hash: int
    data: bytes = field(repr=False)
    thumb: bytes = field(default=b"", repr=False)
    mime_type: str = ""
    """Empty for photos."""
    attributes: list[TL] = field(default_factory=list)
    width: int = 800
    height: int = 600

    @property
    def is_photo(self) -> bool:
        return not self.mime_type

    def part(self, size: str) -> bytes:
        """ "m" is the small picture; a document without a size named is the whole file."""
        return self.thumb if size == "m" else self.data

    def photo(self, reference: bytes) -> TL:
        sizes = [types.PhotoSize("x", self.width, self.height, len(self.data))]
        if self.thumb:
            sizes.insert(0, types.PhotoSize("m", self.width // 4, self.height // 4, len(self.thumb)))
        return types.Photo(self.id, self.access_hash, reference, datetime.now(UTC), sizes, DC)

    def document(self, reference: bytes) -> TL:
        thumbs = [types.PhotoSize("m", self.width // 4, self.height // 4, len(self.thumb))] if self.thumb else None
        return types.Document(
            id=self.id, access_hash=self.access_hash, file_reference=reference, date=datetime.now(UTC),
            mime_type=self.mime_type, size=len(self.data), dc_id=DC, attributes=self.attributes, thumbs=thumbs,
        )  # fmt: skip

    def media(self, reference: bytes) -> TL:
        """As it stands in a message."""
        if self.is_photo:
            return types.MessageMediaPhoto(photo=self.photo(reference))
        videos = [one for one in self.attributes if isinstance(one, types.DocumentAttributeVideo)]
        voices = [one for one in self.attributes if isinstance(one, types.DocumentAttributeAudio) and one.voice]
        return types.MessageMediaDocument(
            document=self.document(reference),
            video=bool(videos),
            round=any(one.round_message for one in videos),
            voice=bool(voices),
        )
