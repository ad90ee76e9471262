"""The people, communities, chats and tokens there are, and what was done."""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from tests.servers.vk.entities import (
    CHAT_PEERS,
    Author,
    Chat,
    ChatMessage,
    Comment,
    Community,
    Deed,
    Holder,
    LongPollSettings,
    Member,
    Role,
    Token,
    User,
)
from tests.servers.vk.events import NAMES, enveloped

FIRST_USER = 500_001
FIRST_COMMUNITY = 200_000_001
COMMUNITY_SCOPES = frozenset({"photos", "messages", "wall", "docs", "manage"})
USER_SCOPES = frozenset({"photos", "video", "wall", "offline", "docs", "groups", "messages", "market"})

Changing = TypeVar("Changing", bound=Callable[..., Any])


def alone(method: Changing) -> Changing:
    """One thread at a time may change a world."""

    @wraps(method)
    def locked(self: Registry, *args: Any, **kwargs: Any) -> Any:
        with self.happening:
            return method(self, *args, **kwargs)

    return cast("Changing", locked)


def _aim(target: object) -> object:
    if isinstance(target, Comment | ChatMessage) and target.reply_to:
        return target.author, target.reply_to, target.text
    return target


class Registry:
    """`happening` is told of each event, and is the lock of everything."""

    def __init__(self) -> None:
        self.happening = threading.Condition(threading.RLock())
        self.users: dict[int, User] = {}
        self.communities: dict[int, Community] = {}
        self.tokens: dict[str, Token] = {}
        self.deeds: list[Deed] = []
        self.bad_links: set[str] = set()
        """What utils.checkLink calls banned."""
        self.clock: Callable[[], float] = time.time
        self.changes = 0
        self.reorder_events = 0.0
        """Chance that an event comes after the next one."""
        self.owner_fields = ("post_owner_id",)
        """How wall_reply_* events name the wall: recordings have `post_owner_id`, the schema `owner_id`."""
        self.random = random.Random(1)
        self._chats = 0

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "happening"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, happening=threading.Condition(threading.RLock()))

    @property
    def now(self) -> int:
        return int(self.clock())

    @alone
    def add_user(self, first_name: str, last_name: str = "", **fields: Any) -> User:
        """`fields` are those of User."""
        number = FIRST_USER + len(self.users)
        user = self.users[number] = User(number, first_name, last_name, **({"screen_name": f"id{number}"} | fields))
        return user

    @alone
    def add_community(
        self, name: str, creator: User, members: Iterable[User] = (), *, long_poll: bool = True, **fields: Any
    ) -> Community:
        """`long_poll` switches the long poll on with all its events, at 5.199. `fields` are those of Community."""
        number = FIRST_COMMUNITY + len(self.communities)
        settings = LongPollSettings(long_poll, events=set(NAMES) if long_poll else set())
        community = Community(
            number, name, **({"screen_name": f"club{number}"} | fields), managers={creator: Role.CREATOR},
            members={creator, *members}, long_poll=settings,
        )  # fmt: skip
        self.communities[number] = community
        return community

    @alone
    def add_chat(
        self, title: str, owner: User, members: Iterable[Author] = (), *, admins: Iterable[Author] = ()
    ) -> Chat:
        """A chat of many; the communities among its members receive its messages. Admins are members too."""
        self._chats += 1
        chat = Chat(CHAT_PEERS + self._chats, title, owner.id)
        chat.members[owner.id] = Member(owner.id, self.now, is_admin=True)
        chosen = tuple(admins)
        for author in (*members, *chosen):
            chat.members[author.peer] = Member(owner.id, self.now, is_admin=author in chosen)
            if isinstance(author, Community):
                author.chats[chat.peer_id] = chat
        return chat

    @alone
    def community_token(self, community: Community, scopes: Iterable[str] = COMMUNITY_SCOPES) -> str:
        return self._add_token(Holder.COMMUNITY, community, scopes)

    @alone
    def user_token(self, user: User, scopes: Iterable[str] = USER_SCOPES, *, vk_id: bool = False) -> str:
        return self._add_token(Holder.USER, user, scopes, vk_id=vk_id)

    @alone
    def service_token(self) -> str:
        return self._add_token(Holder.SERVICE, None, ())

    @alone
    def revoke(self, token: str, error: int = 5) -> None:
        """Every further request with it is refused: with 5, or another error about tokens."""
        self.tokens[token].error = error

    def author(self, peer: int) -> Author | None:
        return self.users.get(peer) if peer > 0 else self.communities.get(-peer)

    @alone
    def happened(self, community: Community, kind: str, content: Any) -> None:
        """An event, if the community's settings ask for it."""
        self.changes += 1
        settings = community.long_poll
        if settings.is_enabled and kind in settings.events:
            self.send_event(community, enveloped(kind, content, community.id, settings.api_version))

    @alone
    def send_event(self, community: Community, event: Any) -> None:
        """Anything at all: malformed events, too."""
        late = bool(self.reorder_events) and self.random.random() < self.reorder_events
        community.log.add(event, self.clock(), late=late)
        self.happening.notify_all()

    def did(self, kind: str, community: Community | None, target: object, by: int, *, effective: bool = True) -> None:
        self.changes += 1
        self.deeds.append(Deed(kind, community, target, by, effective))

    def done(self, kind: str, target: object = None) -> list[Deed]:
        """The effective deeds of a kind: delete, restore, ban, unban, comment, send, remove, close, open.

        The target is the Comment, the ChatMessage, the Place, or the peer who was banned or removed.
        """
        return [
            deed
            for deed in list(self.deeds)
            if deed.kind == kind and deed.effective and (target is None or deed.target == target)
        ]

    def done_twice(self) -> Counter[str]:
        """By kind, how often the same was done to the same again, effectively; what was written, by its words."""
        effective = (deed for deed in list(self.deeds) if deed.effective)
        times = Counter((deed.kind, deed.community, _aim(deed.target)) for deed in effective)
        again: Counter[str] = Counter()
        for (kind, _community, _aimed), count in times.items():
            again[kind] += count - 1
        return +again

    def _add_token(
        self, kind: Holder, holder: User | Community | None, scopes: Iterable[str], *, vk_id: bool = False
    ) -> str:
        value = f"vk{2 if vk_id else 1}.a.{secrets.token_urlsafe(60)}"
        self.tokens[value] = Token(value, kind, holder, frozenset(scopes), vk_id)
        return value
