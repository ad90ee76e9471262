"""Who and what there is: users, chats, their numbers and access hashes, and those who are told of changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from telethon.tl import types

from tests.servers.telegram.box import Event, Notice
from tests.servers.telegram.entities import ALL_RIGHTS, Chat, ChatKind, LogEntry, Member, Message, User
from tests.servers.telegram.files import StoredFile
from tests.servers.telegram.wire import TL

FIRST_USER, FIRST_BASIC, FIRST_CHANNEL, FIRST_FILE = 500_001, 4_000_001, 1_500_000_001, 7_000_000_001


class Listener(Protocol):
    """Told of every change while the server runs."""

    def happened(self, owner: Chat | User, event: Event) -> None: ...
    def noticed(self, users: Iterable[User], notice: Notice) -> None: ...


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to a chat or person. `effective` is False for a repetition that changed nothing."""

    kind: str
    chat: Chat | None
    target: object
    by: User | None
    effective: bool


class Registry:
    """`clock` gives unix seconds and may be replaced."""

    def __init__(self) -> None:
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.deeds: list[Deed] = []
        self.listener: Listener | None = None
        self.clock: Callable[[], float] = time.time
        self.files: dict[int, StoredFile] = {}
        self.file_reference = os.urandom(8)
        self.tells_participants = False
        """Whether admins are told at once of bans and restrictions, as bots are; accounts read the log."""
        self._secret = os.urandom(16)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"listener": None, "clock": time.time}

    @property
    def changes(self) -> int:
        """Grows with everything that is added, done or happens."""
        boxes = sum(len(user.box.events) for user in self.users.values())
        boxes += sum(len(chat.box.events) + len(chat.members) for chat in self.chats.values())
        return boxes + len(self.deeds) + len(self.users) + len(self.chats)

    @property
    def now(self) -> int:
        return int(self.clock())

    def add_user(self, first_name: str, **fields: Any) -> User:
        """`fields` are those of User. Every user has a phone, +999 and the id, unless told otherwise."""
        number = FIRST_USER + len(self.users)
        user = User(number, first_name, **({"phone": f"999{number}"} | fields))
        self.users[number] = user
        return user

    def add_supergroup(self, title: str, creator: User, members: Iterable[User] = (), **fields: Any) -> Chat:
        """`fields` are those of Chat: username, forum, join_request, ..."""
        return self._add_chat(FIRST_CHANNEL, ChatKind.SUPERGROUP, title, creator, members, fields)

    def add_channel(self, title: str, creator: User, members: Iterable[User] = (), **fields: Any) -> Chat:
        """A broadcast channel; `linked` is its discussion group."""
        channel = self._add_chat(FIRST_CHANNEL, ChatKind.BROADCAST, title, creator, members, fields)
        if channel.linked:
            channel.linked.linked = channel
        return channel

    def add_basic_group(self, title: str, creator: User, members: Iterable[User] = (), **fields: Any) -> Chat:
        return self._add_chat(FIRST_BASIC, ChatKind.BASIC, title, creator, members, fields)

    def add_photo(self, data: bytes, *, thumb: bytes = b"", **fields: Any) -> StoredFile:
        """For `media` of a message or `photo` of a user or chat. `fields` are those of StoredFile."""
        number = FIRST_FILE + len(self.files)
        self.files[number] = StoredFile(number, number * 7, data, thumb, **fields)
        return self.files[number]

    def add_document(
        self, data: bytes, name: str = "", *, mime_type: str = "application/octet-stream", **fields: Any
    ) -> StoredFile:
        """What kind of document it is say its `attributes` (`DocumentAttribute...`), as at Telegram."""
        named = [types.DocumentAttributeFilename(name)] if name else []
        attributes = [*named, *fields.pop("attributes", [])]
        return self.add_photo(data, mime_type=mime_type, attributes=attributes, **fields)

    def expire_file_references(self) -> None:
        """Files can be downloaded only after their messages were read anew."""
        self.file_reference = os.urandom(8)

    def access_hash(self, viewer: User, target: User | Chat) -> int:
        """What `viewer` must show to speak of `target`; another account has another."""
        data = f"{viewer.id} {type(target).__name__} {target.id}".encode()
        return int.from_bytes(sha256(self._secret + data).digest()[:8], "little", signed=True)

    def tell(
        self, users: Iterable[User], update: TL, mentions: Iterable[User | Chat] = (), *, kept: bool = True
    ) -> None:
        """An update without pts. What is `kept` is numbered by seq and repeated in differences."""
        mentioned = tuple(mentions)
        for user in users:
            notice = Notice(update, mentioned, self.now, user.box.seq + 1 if kept else 0)
            if kept:
                user.box.notices.append(notice)
            if self.listener:
                self.listener.noticed((user,), notice)

    def happened(self, owner: Chat | User, event: Event) -> None:
        if self.listener:
            self.listener.happened(owner, event)

    def did(self, kind: str, chat: Chat | None, target: object, by: User | None, *, effective: bool = True) -> None:
        self.deeds.append(Deed(kind, chat, target, by, effective))

    def log(
        self, chat: Chat, by: User, kind: str, action: TL = None, about: User | Chat | Message | None = None
    ) -> None:
        """Into the admin log; `kind` is named as in `ChannelAdminLogEventsFilter`."""
        chat.log.append(LogEntry(len(chat.log) + 1, self.now, by, kind, action, about))

    def done(self, kind: str, target: object = None) -> list[Deed]:
        """The effective deeds of a kind: delete, ban, restrict, unban, send, report, decline, ..."""
        return [
            deed
            for deed in self.deeds
            if deed.kind == kind and deed.effective and (target is None or deed.target is target)
        ]

    def _add_chat(
        self, first: int, kind: ChatKind, title: str, creator: User, members: Iterable[User], fields: dict[str, Any]
    ) -> Chat:
        number = first + sum(chat.is_channel == (kind is not ChatKind.BASIC) for chat in self.chats.values())
        chat = Chat(number, kind, title, creator, self.now, **fields)
        chat.members[creator] = Member(creator, self.now, admin=ALL_RIGHTS)
        for user in members:
            chat.members.setdefault(user, Member(user, self.now, inviter=creator))
        self.chats[number] = chat
        return chat
