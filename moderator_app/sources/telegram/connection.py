"""One connection to Telegram, from its making to its loss."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from telethon.tl import functions

from moderator_app.domain.errors import Refused, SignInNeeded, TryLater
from moderator_app.domain.ports import Archive
from moderator_app.sources.telegram.catching_up import Bounds
from moderator_app.sources.telegram.client import ANSWER_SECONDS, ask
from moderator_app.sources.telegram.errors import translated
from moderator_app.sources.telegram.feed import Feed
from moderator_app.sources.telegram.keeping_up import KeepingUp, Progress
from moderator_app.sources.telegram.outgoing import Outgoing
from moderator_app.sources.telegram.ownership import Ownership
from moderator_app.sources.telegram.peers import Peers
from moderator_app.sources.telegram.updates_client import UpdatesClient
from moderator_app.sources.telegram.watched import Board

CHATS_SECONDS = 600.0

# The machine has slept when its clock went on so much further than it has run.
_SLEPT_SECONDS = 20.0
_TICK_SECONDS = 5.0
# Closing a connection that nobody answers any more.
_LEAVING_SECONDS = 0.7

UNREACHABLE = "telegram.unreachable"


class Connection:
    """Reads what `client` brings into `outgoing`. Each is run once."""

    def __init__(
        self,
        client: UpdatesClient,
        board: Board,
        peers: Peers,
        outgoing: Outgoing,
        archive: Archive,
        bounds: Bounds,
        progress: Progress,
        check_seconds: float,
        ownership: Ownership,
    ) -> None:
        self._client, self._board, self._check_seconds = client, board, check_seconds
        self._feed = Feed(client, board, peers, outgoing)
        self._keeping_up = KeepingUp(client, board, self._feed, peers, outgoing, archive, bounds, progress, ownership)

    async def run(self, connected: Callable[[], None]) -> None:
        """Until the connection is lost; `connected` is called when it is made.

        Raises TryLater (UNREACHABLE: lost or not made), SignInNeeded and Refused.
        """
        client = self._client
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                with translated():
                    await client.connect()
            client.forget_updates()
            # From this answer on Telegram pushes what happens.
            await ask(client, functions.updates.GetStateRequest())
            connected()
            await self._watch()
        except TimeoutError:
            raise TryLater(UNREACHABLE, _TICK_SECONDS) from None
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LEAVING_SECONDS):
                    await client.disconnect()
            _hear_out(client)

    async def _watch(self) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                for work in (self._feed.run(), self._keeping_up.run(), self._keep_checking(), self._until_lost()):
                    tasks.create_task(work)
        except BaseExceptionGroup as group:
            raise _weightiest(group) from group

    async def _keep_checking(self) -> None:
        """Have the chats looked at again and again. Raises TryLater after a sleep of the machine."""
        board = self._board
        checked = listed = time.monotonic()
        ahead = time.time() - checked
        while True:
            await asyncio.sleep(min(_TICK_SECONDS, self._check_seconds))
            now = time.monotonic()
            if abs(time.time() - now - ahead) > _SLEPT_SECONDS:
                raise TryLater(UNREACHABLE, 0.0)
            if now - listed > CHATS_SECONDS:
                listed = now
                board.chats_changed = True
                board.acts |= dict.fromkeys(board.chats)
                board.work.set()
            if now - checked >= self._check_seconds:
                checked = now
                board.check_due = True
                board.work.set()

    async def _until_lost(self) -> None:
        with translated():
            await self._client.disconnected
            raise ConnectionError


def _hear_out(client: UpdatesClient) -> None:
    """Take note of why a connection ended that nobody was waiting for: asyncio complains otherwise."""
    ended = client._sender._disconnected
    if ended.done() and not ended.cancelled():
        ended.exception()


def _weightiest(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Of the errors that ended a connection at once, the one that says most."""
    found = [error for error in group.exceptions if not isinstance(error, asyncio.CancelledError)]
    for kind in (SignInNeeded, Refused):
        for error in found:
            if isinstance(error, kind):
                return error
    return next((error for error in found if not isinstance(error, TryLater)), found[0])
