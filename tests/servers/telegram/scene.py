"""A supergroup with the people that moderating takes."""

from typing import Any

from telethon.tl import types

from tests.servers.telegram import TelegramServer
from tests.servers.telegram.entities import Chat, User


class Scene:
    """A supergroup with an owner, a moderator, a member, and nobody's guest."""

    def __init__(self, server: TelegramServer) -> None:
        self.world = server.world
        self.owner, self.moderator, self.member, self.guest = (
            self.world.add_user(name) for name in ("Owner", "Moderator", "Member", "Guest")
        )
        self.group = self.world.add_supergroup("Cooking", self.owner, [self.moderator, self.member])
        self.world.promote(self.group, self.moderator)

    def input_channel(self, viewer: User, chat: Chat | None = None) -> Any:
        chat = chat or self.group
        return types.InputPeerChannel(chat.id, self.world.access_hash(viewer, chat))

    def input_user(self, viewer: User, user: User) -> Any:
        return types.InputPeerUser(user.id, self.world.access_hash(viewer, user))
