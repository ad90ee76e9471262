"""Messages as the console sees them, whatever platform they come from."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

from moderator_app.domain.ids import Platform as Platform
from moderator_app.domain.ids import signed


class CommunityKey(NamedTuple):
    """A chat, channel or group. `community` is the platform's bare positive id as text."""

    platform: Platform
    community: str


class MessageKey(NamedTuple):
    """`message` is the platform's id as text, unique within its community."""

    platform: Platform
    community: str
    message: str

    @property
    def community_key(self) -> CommunityKey:
        return CommunityKey(self.platform, self.community)


class AuthorKey(NamedTuple):
    """Who wrote. A person's id is positive; a community or channel writing in its own name has a minus."""

    platform: Platform
    author: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.author}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `telegram:ID` or `vk:ID`, a channel with its minus or as -100ID. Raises ValueError on anything else."""
        found = _AUTHOR.fullmatch(text.strip())
        if found is None:
            raise ValueError(text)
        platform = Platform(found[1])
        return cls(platform, signed(found[2], platform))


_AUTHOR = re.compile(r"(telegram|vk):(-?[0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class Community:
    key: CommunityKey
    name: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    key: AuthorKey
    name: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class Forward:
    """Where a message was forwarded from: a bare id, a shown name, or neither when the platform hides both."""

    origin: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class HiddenLink:
    """An address that the reader does not see. `span` covers the visible words in the text, if there are any."""

    address: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """`kind` in the platforms' words: photo, video, clip, audio, link, doc, sticker, animation, poll, ..."""

    kind: str
    id: str = ""
    url: str = ""
    title: str = ""


class Standing(StrEnum):
    """What an author is in a community, as far as its platform has told."""

    UNKNOWN = ""
    MANAGER = "manager"
    LINKED_CHANNEL = "linked_channel"


@dataclass(frozen=True, slots=True)
class Message:
    """One message as written. Times are aware and in UTC; offsets into `text` count code points.

    Messages of a community that share a non-empty `album` were sent as one.
    """

    key: MessageKey
    text: str
    date: datetime | None = None
    author: Author | None = None
    edited: datetime | None = None
    joined: datetime | None = None
    reply_to: str = ""
    thread: str = ""
    sender_chat: str = ""
    via_bot: str = ""
    forward: Forward | None = None
    links: tuple[HiddenLink, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    album: str = ""
    standing: Standing = Standing.UNKNOWN


@dataclass(frozen=True, slots=True)
class Join:
    """`author` came into `community`; `how` is the platform's word: invite, link, request."""

    community: CommunityKey
    author: Author
    date: datetime
    how: str
