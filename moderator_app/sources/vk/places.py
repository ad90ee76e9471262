"""Where in a community a message stands, and how that is written into its id and thread."""

import re
from dataclasses import dataclass
from enum import StrEnum

from moderator_app.domain.message import CommunityKey, MessageKey, Platform

# Chats are numbered from here on among those whom one can write to.
CHATS = 2_000_000_000


class Kind(StrEnum):
    """What is commented on, or that it is a chat; the value begins the ids of its messages."""

    WALL = ""
    PHOTO = "photo"
    VIDEO = "video"
    MARKET = "market"
    TOPIC = "topic"
    CHAT = "chat"


_ID = re.compile(r"([a-z]*)([0-9]{1,18})(?:_([0-9]{1,18}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """`thing` is the post, photo, video, item, topic or chat (as its members number it), `id` the comment there.

    Comments on posts are numbered along with the posts of the wall: their ids are VK's, as they are, and of a bare id
    the post is not known (0).
    """

    kind: Kind
    thing: int
    id: int

    @property
    def message(self) -> str:
        return str(self.id) if self.kind is Kind.WALL else f"{self.kind}{self.thing}_{self.id}"

    @property
    def thread(self) -> str:
        return f"{self.kind}{self.thing}" if self.thing else ""

    @property
    def peer(self) -> int:
        """Of a chat."""
        return CHATS + self.thing

    def key(self, group: int) -> MessageKey:
        return MessageKey(Platform.VK, str(group), self.message)


def place_of(message: str, thread: str = "") -> Place | None:
    """What `Place.message` wrote; of a comment on a post `thread` tells the post. None for any other text."""
    found = _ID.fullmatch(message)
    if found is None or found[1] not in set(Kind):
        return None
    kind = Kind(found[1])
    if (kind is Kind.WALL) is not (found[3] is None):
        return None
    if kind is Kind.WALL:
        return Place(kind, int(thread) if thread.isdecimal() else 0, int(found[2]))
    return Place(kind, int(found[2]), int(found[3]))


def community_key(group: int) -> CommunityKey:
    return CommunityKey(Platform.VK, str(group))
