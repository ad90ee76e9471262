"""A client that hands over all that Telegram pushes, and what its own requests have deleted, in the order it came.

Telethon's own way of updates drops edits and deletions that it catches up with, and what own requests bring about.
"""

import asyncio
from typing import Any

from telethon.tl import functions, types

from moderator_app.sources.telegram.client import Client

# Pushes that wait to be taken before no more is read from the connection, answers to requests among it.
MOST_WAITING = 1000


class UpdatesClient(Client):
    """`updates` replaces event handlers, which are never called."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._taken = asyncio.Event()
        self._handle_push, self._send = self._sender._handle_update, self._sender.send
        self._sender._handle_update = self._hold_back
        self._sender.send = self._send_noting

    async def updates(self) -> Any:
        """The next of what is of type Updates; waits for it."""
        found = await self._updates_queue.get()
        self._taken.set()
        return found

    def forget_updates(self) -> None:
        """Drop what waits: it came over a connection that is gone."""
        while not self._updates_queue.empty():
            self._updates_queue.get_nowait()
        self._taken.set()

    async def _update_loop(self) -> None:
        """What Telethon runs while it is connected."""

    async def _hold_back(self, message: Any) -> None:
        await self._handle_push(message)
        while self._updates_queue.qsize() >= MOST_WAITING:
            self._taken.clear()
            await self._taken.wait()

    def _send_noting(self, request: Any, ordered: bool = False) -> Any:
        answer = self._send(request, ordered)
        if isinstance(request, _DELETING):
            answer.add_done_callback(lambda done: self._note(request, done))
        return answer

    def _note(self, request: Any, done: "asyncio.Future[Any]") -> None:
        """Telegram answers a deletion with numbers only, and tells everybody else what is gone."""
        if done.cancelled() or done.exception() is not None:
            return
        answer = done.result()
        counted = {"pts": answer.pts, "pts_count": answer.pts_count}
        if isinstance(request, functions.messages.DeleteMessagesRequest):
            gone: Any = types.UpdateDeleteMessages(list(request.id), **counted)
        else:
            # Whose messages all are deleted, of them the ids are not told.
            ids = list(getattr(request, "id", ()))
            gone = types.UpdateDeleteChannelMessages(request.channel.channel_id, ids, **counted)
        self._updates_queue.put_nowait(types.UpdateShort(gone, None))


def is_own(updates: Any) -> bool:
    """Whether it is not Telegram that tells this, but an own request that has brought it about."""
    return isinstance(updates, types.UpdateShort) and updates.date is None


_DELETING = (
    functions.messages.DeleteMessagesRequest,
    functions.channels.DeleteMessagesRequest,
    functions.channels.DeleteParticipantHistoryRequest,
)
