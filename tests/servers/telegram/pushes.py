"""Changes told to everybody concerned who is connected, with the faults that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.servers.telegram.box import Event, Notice
from tests.servers.telegram.entities import Chat, User
from tests.servers.telegram.keys import Key, Session
from tests.servers.telegram.updates import pushed_event, pushed_notice
from tests.servers.telegram.views import View
from tests.servers.telegram.wire import TL, packed

if TYPE_CHECKING:
    from tests.servers.telegram.server import TelegramServer


class Pushes:
    """The device whose request made a change is told by the answer instead."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._held_back: dict[Session, bytes] = {}

    def happened(self, owner: Chat | User, event: Event) -> None:
        current = self._server.requests.current
        for key in self._keys_of(owner.members if isinstance(owner, Chat) else [owner]):
            if current and key is current.key:
                current.changes.append((owner, event))
            elif key.listener():
                self.push(key, pushed_event(self._view(key), owner, event))

    def noticed(self, users: Iterable[User], notice: Notice) -> None:
        current = self._server.requests.current
        for key in self._keys_of(users):
            if current and key is current.key:
                current.notices.append(notice)
            else:
                self.notice(key, notice)

    def notice(self, key: Key, notice: Notice) -> None:
        if key.listener():
            self.push(key, pushed_notice(self._view(key), notice))

    def push(self, key: Key, update: TL) -> None:
        """To one device, signed in or not, if it is connected."""
        session, faults = key.listener(), self._server.faults
        if session is None or update is None or faults.chance(faults.lose_updates):
            return
        data = packed(bytes(update))
        held = self._held_back.pop(session, None)
        if held is None and faults.chance(faults.reorder_updates):
            self._held_back[session] = data
            return
        copies = 2 if faults.chance(faults.duplicate_updates) else 1
        for body in [*[data] * copies, *([held] if held else [])]:
            if session.connection:
                session.connection.send([(body, True)])

    def _keys_of(self, users: Iterable[User]) -> list[Key]:
        concerned = users if isinstance(users, dict) else set(users)
        return [key for key in self._server.keys.values() if key.user in concerned]

    def _view(self, key: Key) -> View:
        assert key.user
        return View(self._server.world, key.user, shortened=self._server.faults.short_users)
