"""A chat on the loopback server, an account that acts in it, and what others see afterwards."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from telethon import errors
from telethon.tl import functions, types

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.message import MessageKey, Platform
from moderator_app.domain.ports import Peer
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.actions import Actions
from moderator_app.sources.telegram.client import Access, make_client
from moderator_app.sources.telegram.once import Once
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.rights import KINDS
from tests.servers.telegram import API_HASH, API_ID, Chat, Message, TelegramServer, User

KEY = 4_611_686_018_427_387_847


class Scene:
    """A supergroup with an owner, a moderator and two members; `guest` is outside."""

    def __init__(self, server: TelegramServer, folder: Path) -> None:
        self.server, self.world, self.folder = server, server.world, folder
        self.owner, self.moderator, self.member, self.witness, self.guest = (
            self.world.add_user(name) for name in ("Owner", "Moderator", "Member", "Witness", "Guest")
        )
        self.group = self.world.add_supergroup("Cooking", self.owner, [self.moderator, self.member, self.witness])
        self.world.promote(self.group, self.moderator)
        self._sessions: dict[User, str] = {}

    def peer(self, viewer: User, of: User | Chat) -> Peer:
        kind = "user" if isinstance(of, User) else "channel" if of.is_channel else "chat"
        return Peer(kind, str(of.id), self.world.access_hash(viewer, of))

    @asynccontextmanager
    async def acting(
        self,
        viewer: User | None = None,
        *,
        knows: Iterable[User | Chat] | None = None,
        rights: Iterable[ActionKind] = KINDS,
        read_only: bool = False,
    ) -> AsyncIterator[Actions]:
        """Signed in as the same device each time. `knows` are those whose hashes are stored: everybody by default."""
        viewer = viewer or self.moderator
        everybody: list[User | Chat] = [*self.world.users.values(), *self.world.chats.values()]
        peers = Peers(self.peer(viewer, each) for each in (everybody if knows is None else knows))
        environment = self.server.environment()
        settings = Telegram(
            server=environment["MODERATOR_TELEGRAM_SERVER"], public_key=environment["MODERATOR_TELEGRAM_PUBLIC_KEY"]
        )
        session = self._sessions.setdefault(viewer, self.server.session_for(viewer))
        access = Access(str(API_ID), API_HASH, session)
        client = await make_client(access, settings, reconnects=True)
        await client.connect()
        once = Once(self.folder / f"{viewer.id}.json")
        try:
            yield Actions(client, peers, lambda _place: frozenset(rights), once, read_only=read_only)
        finally:
            await client.disconnect()

    def order(self, kind: ActionKind, message: Message, viewer: User | None = None, **changes: Any) -> Order:
        chat, author = message.chat, message.author
        assert isinstance(chat, Chat)
        number = message.id if chat.is_channel else message.id_for(viewer or self.moderator)
        key = MessageKey(Platform.TELEGRAM, str(chat.id), str(number))
        whom = str(author.id) if isinstance(author, User) else f"-{author.id}"
        return replace(Order(1, kind, key, whom, KEY), **changes)

    async def standing(self, of: User | Chat, viewer: User | None = None, chat: Chat | None = None) -> Any:
        """The ChannelParticipant as another admin's client reads it; None for nobody."""
        viewer, chat = viewer or self.owner, chat or self.group
        peer = self.input_peer(viewer, of)
        async with self.server.client(viewer) as second:
            try:
                request = functions.channels.GetParticipantRequest(self.input_peer(viewer, chat), peer)
                return (await second(request)).participant
            except errors.UserNotParticipantError:
                return None

    async def texts(self, viewer: User | None = None, chat: Chat | None = None) -> list[str]:
        """What a plain member's client reads in the chat, oldest first."""
        viewer, chat = viewer or self.witness, chat or self.group
        async with self.server.client(viewer) as second:
            found = await second.get_messages(self.input_peer(viewer, chat), limit=1000)
            return [each.message for each in reversed(found) if isinstance(each, types.Message)]

    def input_peer(self, viewer: User, of: User | Chat) -> Any:
        shown = self.world.access_hash(viewer, of)
        if isinstance(of, User):
            return types.InputPeerUser(of.id, shown)
        return types.InputPeerChannel(of.id, shown) if of.is_channel else types.InputPeerChat(of.id)
