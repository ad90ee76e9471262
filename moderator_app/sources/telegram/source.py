"""A moderator's Telegram account as a source of messages and a hand that acts."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from telethon.tl import types

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import ModeratorError, Refused, TryLater
from moderator_app.domain.message import AuthorKey, CommunityKey, MessageKey
from moderator_app.domain.ports import (
    Archive,
    Delivery,
    Report,
    Sighting,
    SightingState,
    SourceState,
    SourceStatus,
)
from moderator_app.domain.profile import Profile
from moderator_app.settings import Telegram
from moderator_app.sources.telegram import reading
from moderator_app.sources.telegram.actions import Actions
from moderator_app.sources.telegram.addressing import Addressing
from moderator_app.sources.telegram.asking_profiles import AskingProfiles
from moderator_app.sources.telegram.catching_up import Bounds
from moderator_app.sources.telegram.chats import Chat, former_group
from moderator_app.sources.telegram.client import Access, ask, make_client
from moderator_app.sources.telegram.connection import UNREACHABLE, Connection
from moderator_app.sources.telegram.convert import message_of
from moderator_app.sources.telegram.keeping_up import Progress
from moderator_app.sources.telegram.numbering import split
from moderator_app.sources.telegram.once import Once
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.ownership import Ownership
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.rights import KINDS
from moderator_app.sources.telegram.rivals import Rivals
from moderator_app.sources.telegram.state import ReadState
from moderator_app.sources.telegram.thumbnails import Thumbnails
from moderator_app.sources.telegram.updates_client import UpdatesClient
from moderator_app.sources.telegram.watched import Board

log = logging.getLogger(__name__)

CHECK_SECONDS = 60.0

# After a connection that was well the next is tried at once, and so often before anybody is told to wait.
_TRIES = 3
_PAUSE_SECONDS = 0.2
# When to ask again whether it is connected.
_SOON_SECONDS = 5.0

# Beside the file of what was sent.
_PICTURES = "pictures"


class TelegramSource:
    """See `domain.ports.Source` and `BulkSource`. One stream of messages at a time; looking and acting need it to run.

    `name` tells the account and stays the same between starts. `sent` is a file of the account's own, in which actions
    keep what was sent. `read_only`: nothing is changed at Telegram. All accounts of a profile share their `rivals`.
    """

    kinds = KINDS

    def __init__(
        self,
        name: str,
        access: Access,
        settings: Callable[[], Telegram],
        archive: Archive,
        report: Report,
        sent: Path,
        *,
        bounds: Callable[[], Bounds] = Bounds,
        language: str = "en",
        read_only: bool = False,
        check_seconds: float = CHECK_SECONDS,
        rivals: Rivals | None = None,
    ) -> None:
        self.name = name
        self.rivals = rivals or Rivals()
        self.rivals.enter(name)
        self._access, self._settings, self._language = access, settings, language
        self._archive, self._report, self._bounds = archive, report, bounds
        self._read_only = read_only
        self._way = _way(settings())
        self._check_seconds = check_seconds
        self._peers = Peers()
        self._board = Board()
        self._client: UpdatesClient | None = None
        self._actions: Actions | None = None
        self._once = Once(sent)
        self._thumbnails = Thumbnails(sent.parent / _PICTURES)

    @property
    def communities(self) -> frozenset[CommunityKey]:
        return frozenset(watched.chat.community.key for watched in self._board.chats.values())

    def rights(self, community: CommunityKey) -> frozenset[ActionKind]:
        watched = self._board.chats.get(community.community)
        return frozenset() if watched is None or self._read_only else watched.chat.rights

    def is_of(self, access: Access, settings: Telegram, *, read_only: bool) -> bool:
        """Whether another source made with these would be no different."""
        mine = self._access, self._way, self._read_only
        return mine == (access, _way(settings), read_only)

    async def messages(self, cursor: str) -> AsyncGenerator[Delivery, None]:
        self.rivals.enter(self.name)
        outgoing = Outgoing(ReadState.load(cursor))
        running = asyncio.get_running_loop().create_task(self._run(outgoing))
        try:
            while True:
                yield await outgoing.take()
        except TryLater:
            raise
        except BaseException:
            # Another account is to read its groups and to act in its chats.
            self.rivals.leave(self.name)
            self._board = Board()
            raise
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def look(self, key: MessageKey) -> Sighting:
        (sighting,) = await self.look_many([key])
        return sighting

    def goes_along(self, message: str) -> str:
        """See `domain.ports.BulkSource`: all of a chat go together."""
        return ""

    async def look_many(self, keys: Sequence[MessageKey]) -> Sequence[Sighting]:
        client, chat = self._connected(), self._chat(keys[0].community_key)

        async def asking(request: Any) -> Any:
            return await ask(client, request)

        places = {key: place for key in keys if (place := _place(key)) is not None}
        seen: dict[tuple[str, int], Sighting] = {}
        for group in dict.fromkeys(group for group, _number in places.values()):
            numbers = [number for of, number in places.values() if of == group]
            present, known = await reading.by_id(asking, former_group(group) if group else chat, numbers)
            seen |= {(group, number): _sighting(present.get(number), known) for number in numbers}
        return [seen[places[key]] if key in places else Sighting(SightingState.UNKNOWN) for key in keys]

    async def perform(self, order: Order) -> None:
        self._connected()
        assert self._actions is not None
        await self._actions.perform(order)

    async def delete_many(self, orders: Sequence[Order]) -> Sequence[ModeratorError | None]:
        self._connected()
        assert self._actions is not None
        return await self._actions.delete_many(orders)

    async def thumbnail(self, key: MessageKey, index: int) -> bytes | None:
        """See `domain.ports.MediaSource`."""
        client, (group, number) = self._connected(), split(key.message)
        chat = self._chat(key.community_key)

        async def asking(request: Any) -> Any:
            return await ask(client, request)

        present, _ = await reading.by_id(asking, former_group(group) if group else chat, [number])
        found = present.get(number)
        return await self._thumbnails.get(client, found, index) if isinstance(found, types.Message) else None

    async def profile(self, key: MessageKey, author: AuthorKey) -> Profile:
        """See `domain.ports.ProfileSource`."""
        client = self._connected()

        async def asking(request: Any) -> Any:
            return await ask(client, request)

        asked = AskingProfiles(asking, Addressing(client, self._peers))
        return await asked.profile(self._chat(key.community_key), key, author)

    def _connected(self) -> UpdatesClient:
        if self._client is None or not self._client.is_connected():
            raise TryLater(UNREACHABLE, _SOON_SECONDS)
        return self._client

    def _chat(self, community: CommunityKey) -> Chat:
        watched = self._board.chats.get(community.community)
        if watched is None:
            raise Refused("telegram.chat_closed", code="")
        return watched.chat

    async def _run(self, outgoing: Outgoing) -> None:
        """Keep a connection until that makes no sense any more, and say why."""
        try:
            self._peers.recall(await self._archive.peers(self.name))
            client = await make_client(self._access, self._settings(), self._language, kind=UpdatesClient)
            client.session.process_entities(types.contacts.ResolvedPeer(None, list(self._peers.all()), []))
            self._client = client
            self._actions = Actions(client, self._peers, self.rights, self._once, read_only=self._read_only)
            await self._connect_again_and_again(client, outgoing)
        except Exception as error:
            await outgoing.end(error)

    async def _connect_again_and_again(self, client: UpdatesClient, outgoing: Outgoing) -> None:
        tries = 0
        while True:
            self._tell(SourceState.CONNECTING)
            former, self._board = self._board, Board()
            self._board.list((watched.chat for watched in former.chats.values()), former.others)
            progress = Progress(self._read, self._wait)
            connection = Connection(
                client, self._board, self._peers, outgoing, self._archive, self._bounds(), progress,
                self._check_seconds, Ownership(self.name, self.rivals, self._archive),
            )  # fmt: skip
            well = asyncio.Event()
            try:
                await connection.run(well.set)
            except TryLater as later:
                tries = 1 if well.is_set() else tries + 1
                if tries > _TRIES or later.text_id != UNREACHABLE:
                    raise
                log.info("%s has lost its connection", self.name)
                await asyncio.sleep(_PAUSE_SECONDS * 2**tries)

    def _read(self, count: int | None) -> None:
        self._tell(SourceState.CONNECTED if count is None else SourceState.CATCHING_UP, count=count or 0)

    async def _wait(self, later: TryLater) -> None:
        until = datetime.now(UTC) + timedelta(seconds=later.seconds)
        parameters = tuple(later.parameters.items())
        self._tell(SourceState.WAITING, detail=later.text_id, until=until, parameters=parameters)
        await asyncio.sleep(later.seconds)

    def _tell(self, state: SourceState, **details: Any) -> None:
        self._report(SourceStatus(self.name, state, **details))


def _way(settings: Telegram) -> tuple[str, ...]:
    """What settings say of the way to Telegram."""
    return settings.server, settings.public_key, settings.proxy


def _place(key: MessageKey) -> tuple[str, int] | None:
    """None for a message that only another account can tell from others."""
    try:
        return split(key.message)
    except Refused:
        return None


def _sighting(found: Any, known: Any) -> Sighting:
    if found is None:
        return Sighting(SightingState.GONE)
    message = message_of(found, known)
    if message is None:
        return Sighting(SightingState.PRESENT)
    return Sighting(SightingState.PRESENT, message.text, message.edited)
