"""Proxies on loopback that lead on to wherever they are asked to, and remember where that was."""

import asyncio
import base64
import struct
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """Wants `user` and `password` where they are given."""

    scheme = ""

    def __init__(self, user: str = "", password: str = "") -> None:
        self.user, self.password = user, password
        self.port = 0
        self.led_to: list[tuple[str, int]] = []
        self.refused = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def greet(self, reader: StreamReader, writer: StreamWriter) -> tuple[str, int] | None:
        """Where the client wants to be led; None when it may not."""
        raise NotImplementedError

    async def welcome(self, writer: StreamWriter) -> None:
        raise NotImplementedError

    def said_first(self, _writer: StreamWriter) -> bytes:
        """What was read of the client that is meant for where it is led to."""
        return b""

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            with suppress(OSError, EOFError):
                target = await self.greet(reader, writer)
                if target is None:
                    self.refused += 1
                    return
                self.led_to.append(target)
                far_reader, far_writer = await asyncio.open_connection(*target)
                try:
                    await self.welcome(writer)
                    far_writer.write(self.said_first(writer))
                    await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
                finally:
                    far_writer.close()
        finally:
            writer.close()


class Socks5Proxy(Proxy):
    """RFC 1928 and 1929, as much as a client of Telegram uses."""

    scheme = "socks5"

    async def greet(self, reader: StreamReader, writer: StreamWriter) -> tuple[str, int] | None:
        _version, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x02" if self.user else b"\x05\x00")
        if self.user and not await self._knows(reader, writer):
            return None
        _version, _command, _reserved, kind = await reader.readexactly(4)
        if kind == 3:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        else:
            host = ".".join(map(str, await reader.readexactly(4)))
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        return host, port

    async def welcome(self, writer: StreamWriter) -> None:
        writer.write(b"\x05\x00\x00\x01" + bytes(6))

    async def _knows(self, reader: StreamReader, writer: StreamWriter) -> bool:
        _version, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        known = (user.decode(), password.decode()) == (self.user, self.password)
        writer.write(b"\x01\x00" if known else b"\x01\x01")
        return known


class HttpProxy(Proxy):
    """The method CONNECT; and requests for plain addresses, which are passed on as they are."""

    scheme = "http"

    def __init__(self, user: str = "", password: str = "") -> None:
        super().__init__(user, password)
        self._plain: dict[StreamWriter, bytes] = {}

    async def greet(self, reader: StreamReader, writer: StreamWriter) -> tuple[str, int] | None:
        head = await reader.readuntil(b"\r\n\r\n")
        request = head.decode()
        wanted = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        if self.user and f"Basic {wanted}" not in request:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            return None
        method, where, *_ = request.split()
        if method != "CONNECT":
            self._plain[writer] = head
            parts = urlsplit(where)
            return parts.hostname or "", parts.port or 80
        host, _, port = where.rpartition(":")
        return host, int(port)

    async def welcome(self, writer: StreamWriter) -> None:
        if writer not in self._plain:
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")

    def said_first(self, writer: StreamWriter) -> bytes:
        return self._plain.pop(writer, b"")


async def _pump(reader: StreamReader, writer: StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()
