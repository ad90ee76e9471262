"""Users, chats and messages as the server keeps them, the same for every viewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from telethon.tl import types

from tests.servers.telegram.box import Box
from tests.servers.telegram.files import StoredFile
from tests.servers.telegram.wire import TL


class ChatKind(StrEnum):
    BASIC = "basic group"
    SUPERGROUP = "supergroup"
    BROADCAST = "channel"


@dataclass(eq=False, slots=True, repr=False)
class User:
    """An account. Its box holds private chats and basic groups, whose message ids differ for each account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    phone: str = ""
    about: str = ""
    bot: bool = False
    premium: bool = False
    deleted: bool = False
    photo: StoredFile | None = None
    personal_channel: Chat | None = None
    password: str = ""
    """The cloud password; empty: none."""
    password_hint: str = ""
    box: Box = field(default_factory=Box)

    def __repr__(self) -> str:
        return f"<user {self.id} {self.first_name}>"


@dataclass(eq=False, slots=True, repr=False)
class Member:
    """Somebody's place in a chat. `admin` is None for those without rights."""

    user: User
    date: int
    inviter: User | None = None
    via_request: bool = False
    admin: TL = None
    promoted_by: User | None = None
    rank: str = ""


@dataclass(eq=False, slots=True, repr=False)
class Ban:
    """What is forbidden to somebody: `rights.view_messages` shuts out, the others restrict. Dates are unix seconds."""

    peer: User | Chat
    by: User
    date: int
    rights: TL
    until: int

    def holds(self, now: int) -> bool:
        return not self.until or now < self.until


@dataclass(eq=False, slots=True, repr=False)
class Invite:
    link: str
    by: User
    date: int
    request_needed: bool = False


@dataclass(eq=False, slots=True, repr=False)
class JoinRequest:
    user: User
    date: int
    about: str = ""
    invite: Invite | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of an admin log. `action`: a `ChannelAdminLogEventAction...`; None: the message `about` was deleted."""

    id: int
    date: int
    by: User
    kind: str
    action: TL
    about: User | Chat | Message | None


@dataclass(eq=False, slots=True, repr=False)
class Chat:
    """A group or channel. Supergroups and channels have a box of their own; basic groups live in their members'."""

    id: int
    kind: ChatKind
    title: str
    creator: User
    date: int
    username: str = ""
    about: str = ""
    forum: bool = False
    join_request: bool = False
    """Who wants to join must ask."""
    signatures: bool = False
    hidden_members: bool = False
    announces: bool = True
    """Whether joins, leaves and removals are told by service messages."""
    photo: StoredFile | None = None
    linked: Chat | None = None
    """A channel's discussion group, and the other way round."""
    members: dict[User, Member] = field(default_factory=dict)
    bans: dict[User | Chat, Ban] = field(default_factory=dict)
    requests: dict[User, JoinRequest] = field(default_factory=dict)
    invites: dict[str, Invite] = field(default_factory=dict)
    default_banned: TL = None
    log: list[LogEntry] = field(default_factory=list)
    """The admin log, oldest first."""
    version: int = 1
    upgraded_to: Chat | None = None
    """The supergroup that a basic group has become: nobody writes in it any more."""
    box: Box = field(default_factory=Box)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id} {self.title}>"

    @property
    def is_channel(self) -> bool:
        """Whether Telegram's `Channel` stands for it: everything but basic groups."""
        return self.kind is not ChatKind.BASIC

    def ban_of(self, peer: User | Chat, now: int) -> Ban | None:
        ban = self.bans.get(peer)
        return ban if ban and ban.holds(now) else None

    def shut_out(self, peer: User | Chat, now: int) -> bool:
        ban = self.ban_of(peer, now)
        return bool(ban and ban.rights.view_messages)

    def may(self, user: User, right: str) -> bool:
        """Whether `user` has an admin right, by its name in `ChatAdminRights`."""
        member = self.members.get(user)
        return user is self.creator or bool(member and member.admin and getattr(member.admin, right))

    def is_admin(self, user: User) -> bool:
        member = self.members.get(user)
        return user is self.creator or bool(member and member.admin)

    def admins(self) -> Iterator[Member]:
        return (member for member in self.members.values() if self.is_admin(member.user))


@dataclass(eq=False, slots=True, repr=False)
class Reply:
    """What a message answers: another one, in this chat or in `chat`, or a topic."""

    to: Message | None = None
    topic: Message | None = None
    quote: str = ""
    quote_offset: int | None = None
    forum: bool = False


@dataclass(eq=False, slots=True, repr=False)
class Message:
    """A message; `ids` has its number in each box that holds it. Dates are unix seconds."""

    chat: Chat | User
    author: User | Chat
    text: str
    date: int
    sender: User
    """Who really sent it: the admin behind an anonymous message or a post."""
    addressee: User | None = None
    """The other side of a private chat."""
    edit_date: int = 0
    entities: list[TL] = field(default_factory=list)
    media: StoredFile | TL = None
    """A file of the server's, or a `MessageMedia...` as it is."""
    markup: TL = None
    action: TL = None
    """A `MessageAction...`: the message is a service message."""
    reply: Reply | None = None
    forward: TL = None
    """A `MessageFwdHeader`."""
    via_bot: User | None = None
    grouped_id: int | None = None
    random_id: int | None = None
    views: int | None = None
    post_author: str = ""
    pinned: bool = False
    mentions: tuple[User | Chat, ...] = ()
    """Others that its parts speak of: they are told along with it."""
    reactions: dict[User, list[TL]] = field(default_factory=dict)
    copy: Message | None = None
    """Of a channel's post: the one in its discussion group, which changes and goes with it."""
    ids: dict[Box, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<message {list(self.ids.values())} by {self.author}: {self.text!r}>"

    @property
    def id(self) -> int:
        """Its number in its chat, for supergroups and channels; in basic groups each member has another: `id_for`."""
        assert isinstance(self.chat, Chat), "messages of private chats are numbered for each side"
        assert self.chat.is_channel, "messages of basic groups are numbered for each member"
        return self.ids[self.chat.box]

    @property
    def deleted(self) -> bool:
        """Whether no box holds it any more; its numbers are kept."""
        return not any(number in box.messages for box, number in self.ids.items())

    def id_for(self, user: User) -> int:
        """Its number as `user` sees it."""
        return self.ids[self.box_for(user)]

    def box_for(self, user: User) -> Box:
        return self.chat.box if isinstance(self.chat, Chat) and self.chat.is_channel else user.box


ADMIN = types.ChatAdminRights(
    change_info=True, delete_messages=True, ban_users=True, invite_users=True, pin_messages=True, manage_call=True,
    other=True, manage_topics=True,
)  # fmt: skip
"""The rights a supergroup's admin is given by default."""

ALL_RIGHTS = types.ChatAdminRights(
    change_info=True, post_messages=True, edit_messages=True, delete_messages=True, ban_users=True, invite_users=True,
    pin_messages=True, add_admins=True, manage_call=True, other=True, manage_topics=True,
)  # fmt: skip
