"""Has Telegram carry out a request once, however often it is sent: by its message's number in a session of its own.

For requests that bear no random_id. MTProto answers a message that it got before, and does not carry it out again
(core.telegram.org/mtproto/description: message identifier). The session is named by the order's key, and the number is
on disk before the message leaves.
"""

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

from telethon import TelegramClient, utils
from telethon.errors import RPCError
from telethon.extensions.messagepacker import MessagePacker
from telethon.network import MTProtoSender
from telethon.network.mtprotostate import MTProtoState
from telethon.tl import functions
from telethon.tl.alltlobjects import LAYER

from moderator_app import json_file
from moderator_app.domain.errors import Unreadable
from moderator_app.sources.telegram.client import ANSWER_SECONDS
from moderator_app.sources.telegram.errors import translated

log = logging.getLogger(__name__)

_KEPT = 500
# Older messages Telegram does not look at, having forgotten whether it got them.
_OLDEST = 240
# Instead of a number: it was answered.
_DONE = 0


class Once:
    """Keeps what was sent in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # What is known of each key: the number of its message, or _DONE.
        self._sent: dict[str, int] | None = None

    async def send(self, client: TelegramClient, request: Any, key: int) -> None:
        """Return once it is carried out, now or before. Raises Refused, TryLater and SignInNeeded.

        Whether a message arrived cannot be found out after some minutes: then it counts as carried out.
        """
        number = (await self._known()).get(str(key))
        now = time.time() + client._sender._state.time_offset
        if number == _DONE:
            return
        if number is None:
            number = int(now * 2**32) & ~3
        elif now - (number >> 32) > _OLDEST:
            log.warning("whether a %s arrived is not known; it is not repeated", type(request).__name__)
            await self._keep(key, _DONE)
            return
        with translated():
            await request.resolve(client, utils)
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._deliver(client, request, key, number)
        await self._keep(key, _DONE)

    async def _deliver(self, client: TelegramClient, request: Any, key: int, number: int) -> None:
        sender = _Sender(client, key, number)
        await sender.connect(_connection(client))
        try:
            await self._keep(key, number)
            await sender.send(_introduced(client, request))
        except RPCError:
            # It was refused: a later try is another message.
            await self._keep(key, None)
            raise
        finally:
            await sender.disconnect()
            sender.forget_error()

    async def _known(self) -> dict[str, int]:
        if self._sent is None:
            self._sent = await asyncio.to_thread(_read, self._path)
        return self._sent

    async def _keep(self, key: int, number: int | None) -> None:
        sent = await self._known()
        sent.pop(str(key), None)
        if number is not None:
            sent[str(key)] = number
        while len(sent) > _KEPT:
            del sent[next(iter(sent))]
        await asyncio.to_thread(json_file.write, self._path, dict(sent))


def _read(path: Path) -> dict[str, int]:
    try:
        found = json_file.read(path)
    except Unreadable as error:
        log.warning("what was sent is forgotten: %s", error)
        return {}
    return {key: number for key, number in found.items() if type(number) is int}


def _connection(client: TelegramClient) -> Any:
    """Another one to where the client is connected."""
    there = client.session
    return client._connection(
        there.server_address, there.port, there.dc_id,
        loggers=client._log, proxy=client._proxy, local_addr=client._local_addr,
    )  # fmt: skip


def _introduced(client: TelegramClient, request: Any) -> Any:
    """The request with what Telegram wants to know in a new session."""
    known = client._init_request
    who = functions.InitConnectionRequest(
        known.api_id, known.device_model, known.system_version, known.app_version, known.system_lang_code,
        known.lang_pack, known.lang_code, functions.InvokeWithoutUpdatesRequest(request), proxy=known.proxy,
    )  # fmt: skip
    return functions.InvokeWithLayerRequest(LAYER, who)


class _Sender(MTProtoSender):  # type: ignore[misc]  # Telethon has no types
    """Sends one request."""

    def __init__(self, client: TelegramClient, session: int, number: int) -> None:
        super().__init__(
            client.session.auth_key, loggers=client._log, retries=1, auto_reconnect=False, connect_timeout=10,
            updates_queue=asyncio.Queue(),
        )  # fmt: skip
        self._state = _State(client._sender._state, client._log, session, number)
        self._send_queue = MessagePacker(self._state, loggers=client._log)

    def forget_error(self) -> None:
        """What broke the connection was raised where the answer was waited for."""
        if self._disconnected.done() and not self._disconnected.cancelled():
            self._disconnected.exception()


class _State(MTProtoState):  # type: ignore[misc]  # Telethon has no types
    """That of a session whose only request always has the same number; receipts are numbered as usual."""

    def __init__(self, similar: Any, loggers: Any, session: int, number: int) -> None:
        super().__init__(similar.auth_key, loggers)
        self.id, self.salt, self.time_offset = session, similar.salt, similar.time_offset
        self._number = number
        self._is_request = False

    def write_data_as_message(self, buffer: Any, data: bytes, content_related: bool, *, after_id: Any = None) -> Any:
        self._is_request = content_related
        return super().write_data_as_message(buffer, data, content_related, after_id=after_id)

    def _get_new_msg_id(self) -> int:
        return self._number if self._is_request else int(super()._get_new_msg_id())
