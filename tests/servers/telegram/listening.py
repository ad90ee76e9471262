"""A connected client that keeps what it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telethon import TelegramClient, events
from telethon.tl import types


@asynccontextmanager
async def listening(client: TelegramClient) -> AsyncIterator[list[Any]]:
    """Its list of chats is read before; then every update it dispatches is in the list given.

    Telethon dispatches the envelope itself where a difference has no other updates; that one is left out.
    """
    seen: list[Any] = []

    async def keep(update: Any) -> None:
        if not isinstance(update, types.Updates):
            seen.append(update)

    client.add_event_handler(keep, events.Raw())
    async with client:
        await client.get_dialogs()
        yield seen
