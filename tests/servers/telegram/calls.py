"""What the parts that answer requests share: the registry of methods, one call, and errors as Telegram words them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from telethon.tl import types

from tests.servers.telegram.box import Box, Event, Notice
from tests.servers.telegram.entities import Chat, Message, User
from tests.servers.telegram.views import View
from tests.servers.telegram.wire import TL

if TYPE_CHECKING:
    from tests.servers.telegram.keys import Key
    from tests.servers.telegram.membership import World
    from tests.servers.telegram.server import TelegramServer

Method = Callable[["Call", TL], TL]
METHODS: dict[type, Method] = {}
ANONYMOUS: set[type] = set()


class RpcError(Exception):
    """An error answered to a request. `code` as Telegram's: 400 wrong, 401 not signed in, 403 forbidden, 420 flood."""

    def __init__(self, text: str, code: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


def answers(*requests: type, anonymously: bool = False) -> Callable[[Method], Method]:
    """Registers the function for these request classes; `anonymously`: before sign-in too."""

    def register(method: Method) -> Method:
        METHODS.update(dict.fromkeys(requests, method))
        if anonymously:
            ANONYMOUS.update(requests)
        return method

    return register


def method_name(request: TL) -> str:
    """ "messages.SendMessage" for a SendMessageRequest."""
    kind = type(request)
    name = kind.__name__.removesuffix("Request")
    package = kind.__module__.removeprefix("telethon.tl.functions").removeprefix(".")
    return f"{package}.{name}" if package else name


@dataclass(eq=False)
class Call:
    """One request while it is carried out. What it changes for its own session goes into its answer, not in a push."""

    server: TelegramServer
    key: Key
    changes: list[tuple[Chat | User, Event]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def viewer(self) -> User:
        """Who is signed in. Raises RpcError(401) when nobody is."""
        if self.key.user is None:
            raise RpcError("AUTH_KEY_UNREGISTERED", 401)
        return self.key.user

    def view(self) -> View:
        return View(self.world, self.viewer)

    def updates(self, view: View, *first: TL) -> TL:
        """The changes of this call as `Updates`, `first` among them."""
        from tests.servers.telegram.updates import answered

        changes, notices = self.changes, self.notices
        self.changes, self.notices = [], []
        return answered(view, changes, notices, list(first))

    def affected(self, box: Box) -> TL:
        """The changes of this call told as numbers only: `AffectedMessages`."""
        count = sum(event.count for _owner, event in self.changes)
        self.changes = []
        return types.messages.AffectedMessages(pts=box.pts, pts_count=count)


def listed(view: View, messages: list[Message], box: Box, count: int, *, position: int | None = None) -> TL:
    """Messages as Telegram lists those of this kind of box."""
    shown = view.messages(messages, box)
    parts = {"messages": shown, "topics": [], "chats": view.chats, "users": view.users}
    if box is not view.viewer.box:
        return types.messages.ChannelMessages(pts=box.pts, count=count, offset_id_offset=position, **parts)
    if len(shown) < count:
        return types.messages.MessagesSlice(count=count, offset_id_offset=position, **parts)
    return types.messages.Messages(**parts)
