"""Who and what there is at VK: people, communities, what is commented on, comments, chats and tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.servers.vk.events import EventLog

CHAT_PEERS = 2_000_000_000
Attachment = dict[str, Any]
"""As VK gives it: {"type": "photo", "photo": {...}}."""


class Kind(StrEnum):
    """What a comment stands under."""

    WALL = "wall"
    PHOTO = "photo"
    VIDEO = "video"
    MARKET = "market"
    BOARD = "board"


class Holder(StrEnum):
    """Whom a token belongs to."""

    USER = "user"
    COMMUNITY = "community"
    SERVICE = "service"


class Role(StrEnum):
    MODERATOR = "moderator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    CREATOR = "creator"
    ADVERTISER = "advertiser"


MODERATING = frozenset({Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR, Role.CREATOR})
ADMINISTRATING = frozenset({Role.ADMINISTRATOR, Role.CREATOR})


@dataclass(eq=False)
class User:
    """`deactivated` is "deleted" or "banned"; `details` are further fields of users.get, given when asked for."""

    id: int
    first_name: str
    last_name: str = ""
    screen_name: str = ""
    photo: str = ""
    deactivated: str = ""
    is_closed: bool = False
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def peer(self) -> int:
        return self.id


@dataclass(eq=False)
class LongPollSettings:
    is_enabled: bool = True
    api_version: str = "5.199"
    events: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Ban:
    """`end` is unix seconds, 0 for ever."""

    peer: int
    by: int
    date: int
    end: int = 0
    reason: int = 0
    comment: str = ""
    comment_visible: bool = False


@dataclass(eq=False)
class Community:
    """`contacts` are those of groups.getById, None hides them; `bans` go by peer: negative for communities."""

    id: int
    name: str
    screen_name: str = ""
    photo: str = ""
    managers: dict[User, Role] = field(default_factory=dict)
    members: set[User] = field(default_factory=set)
    contacts: list[dict[str, Any]] | None = None
    bans: dict[int, Ban] = field(default_factory=dict)
    most_banned: float = float("inf")
    long_poll: LongPollSettings = field(default_factory=LongPollSettings)
    log: EventLog = field(default_factory=EventLog)
    places: dict[tuple[Kind, int], Place] = field(default_factory=dict)
    comments: dict[tuple[Kind, int], Comment] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    numbered: dict[Kind, int] = field(default_factory=dict)

    @property
    def peer(self) -> int:
        return -self.id


Author = User | Community


@dataclass(eq=False)
class Place:
    """A post, photo, video, item for sale or board topic of a community; `text` is a topic's title."""

    kind: Kind
    owner: Community
    id: int
    author: int
    date: int
    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    closed: bool = False
    comments: dict[int, Comment] = field(default_factory=dict)

    @property
    def there(self) -> list[Comment]:
        return [comment for comment in self.comments.values() if not comment.deleted]


@dataclass(eq=False)
class Comment:
    """`parent` is the comment whose thread it stands in; `reply_to` the one answered."""

    id: int
    place: Place
    author: int
    date: int
    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    parent: Comment | None = None
    reply_to: Comment | None = None
    deleted: bool = False
    expired: bool = False
    """Deleted so long ago that it cannot be restored."""

    @property
    def kind(self) -> Kind:
        return self.place.kind

    @property
    def replies(self) -> list[Comment]:
        return [each for each in self.place.comments.values() if each.parent is self]


@dataclass(eq=False)
class Member:
    invited_by: int
    joined: int
    is_admin: bool = False


@dataclass(eq=False)
class Chat:
    """A chat of many (peer_id over 2,000,000,000), or a person's talk with a community (peer_id is the person)."""

    peer_id: int
    title: str
    owner: int
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, ChatMessage] = field(default_factory=dict)
    sent: dict[tuple[int, int], ChatMessage] = field(default_factory=dict)
    """By sender and random_id."""

    @property
    def is_chat(self) -> bool:
        return self.peer_id > CHAT_PEERS


@dataclass(eq=False)
class ChatMessage:
    """`id` is 0 in chats of many, as communities are told."""

    cmid: int
    chat: Chat
    author: int
    date: int
    text: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    forwarded: list[dict[str, Any]] = field(default_factory=list)
    """As VK nests them: from_id, date, text, attachments, fwd_messages."""
    reply_to: ChatMessage | None = None
    action: dict[str, Any] | None = None
    random_id: int = 0
    deleted: bool = False
    edited: int = 0
    id: int = 0


@dataclass(eq=False)
class Token:
    """`holder` is None for a service token. `vk_id` makes it one of VK ID, which is refused with 1051."""

    value: str
    kind: Holder
    holder: User | Community | None
    scopes: frozenset[str]
    vk_id: bool = False
    error: int = 0
    """What every request with it is refused with: 5 when it was revoked."""

    @property
    def peer(self) -> int:
        return self.holder.peer if self.holder else 0


@dataclass(frozen=True)
class Deed:
    """Something that was done about `target`; not `effective` when it was so already."""

    kind: str
    community: Community | None
    target: object
    by: int
    effective: bool = True
