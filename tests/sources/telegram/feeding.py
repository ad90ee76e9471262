"""A source on the loopback server that feeds a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from moderator_app.domain.errors import TryLater
from moderator_app.domain.ports import SourceState, SourceStatus
from moderator_app.moderation.archive import StoredArchive
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.catching_up import Bounds
from moderator_app.sources.telegram.client import Access
from moderator_app.sources.telegram.source import TelegramSource
from moderator_app.storage.tables import community, message
from tests.moderation.desk import Desk, opened
from tests.servers.telegram import API_HASH, API_ID, Chat, Message, TelegramServer, User

Shown = dict[tuple[str, str], str]


@dataclass
class Feeding:
    """`statuses` are those reported, oldest first; `error` is what ended the stream, if that was not asked for."""

    desk: Desk
    source: TelegramSource
    statuses: list[SourceStatus] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def state(self) -> SourceState | None:
        return self.statuses[-1].state if self.statuses else None

    async def stored(self, chat: Chat | None = None) -> Shown:
        """The texts of the messages that are not known to be gone, by chat and id."""
        found: Shown = await self.desk.database.read(_shown)
        return found if chat is None else {key: text for key, text in found.items() if key[0] == str(chat.id)}

    async def texts(self, chat: Chat) -> list[str]:
        """Of the stored messages of a chat, in the order of their ids."""
        found = await self.stored(chat)
        return [found[key] for key in sorted(found, key=lambda key: int(key[1]))]


@asynccontextmanager
async def fed(
    server: TelegramServer, viewer: User, folder: Path, *, session: str = "", **options: Any
) -> AsyncIterator[Feeding]:
    """A source of `viewer` that runs, started again after TryLater as the console does; connected when it is given."""
    async with feeding(server, viewer, folder, session=session, **options) as found:
        await until(lambda: found.state is SourceState.CONNECTED or found.error)
        if found.error is not None:
            raise found.error
        yield found


@asynccontextmanager
async def feeding(
    server: TelegramServer,
    viewer: User,
    folder: Path,
    *,
    session: str = "",
    bounds: Bounds | None = None,
    **options: Any,
) -> AsyncIterator[Feeding]:
    """As `fed`, without waiting."""
    environment = server.environment()
    settings = Telegram(
        server=environment["MODERATOR_TELEGRAM_SERVER"], public_key=environment["MODERATOR_TELEGRAM_PUBLIC_KEY"]
    )
    access = Access(str(API_ID), API_HASH, session or server.session_for(viewer))
    async with opened(folder) as desk:
        statuses: list[SourceStatus] = []
        source = TelegramSource(
            f"telegram:{viewer.id}", access, lambda: settings, StoredArchive(desk.database), statuses.append,
            folder / "sent.json", bounds=lambda: bounds or Bounds(), **options,
        )  # fmt: skip
        found = Feeding(desk, source, statuses)
        task = asyncio.get_running_loop().create_task(_watch(found))
        try:
            yield found
        finally:
            async with asyncio.timeout(1):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def _watch(found: Feeding) -> None:
    while True:
        try:
            await found.desk.intake.watch(found.source)
        except TryLater as later:
            await asyncio.sleep(min(later.seconds, 0.3))
        except Exception as error:
            found.error = error
            return


async def until(condition: Callable[[], Any], seconds: float = 10) -> None:
    """Wait for a condition, which may be a coroutine function. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if await found if asyncio.iscoroutine(found) else found:
                return
            await asyncio.sleep(0.02)


async def shows(found: Feeding, chat: Chat, *texts: str, seconds: float = 10) -> None:
    """Wait until exactly these texts are stored of a chat. Raises AssertionError that tells what is stored."""
    try:
        await until(lambda: _is(found, chat, list(texts)), seconds)
    except TimeoutError:
        assert await found.texts(chat) == list(texts)


def world_of(chat: Chat, *messages: Message) -> Shown:
    """The given messages as they are stored; all of a supergroup or channel where none are given."""
    listed = messages or [each for each in chat.box.messages.values() if not each.action]
    return {(str(chat.id), str(each.id)): each.text for each in listed}


async def _is(found: Feeding, chat: Chat, texts: list[str]) -> bool:
    return await found.texts(chat) == texts


def _shown(connection: Connection) -> Shown:
    query = select(community.c.community, message.c.message, message.c.text).join_from(message, community)
    return {(row[0], row[1]): row[2] for row in connection.execute(query.where(~message.c.deleted))}
