"""HTTP/1.1 on loopback, with every connection known, so that it can be broken."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

JSON = "application/json; charset=utf-8"


class HangUp(Exception):
    """The connection breaks without an answer."""


@dataclass(frozen=True)
class Request:
    """`parameters` are those of the address and of a form; of repeated ones the last counts."""

    path: str
    parameters: dict[str, str]
    body: bytes = b""
    bearer: str = ""


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int = 200
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


Answering = Callable[[Request], Answer]


class Listener(ThreadingHTTPServer):
    """A thread for each connection; `close` breaks them all and waits for their threads."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answering: Answering, mistakes: list[Exception]) -> None:
        super().__init__(address, _Handler)
        self.answering, self.mistakes = answering, mistakes
        self.connections: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="vk server")

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self.shutdown()
        self._thread.join()
        self.drop_connections()
        self.server_close()

    def drop_connections(self) -> None:
        for connection in list(self.connections):
            _break(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Only what the network does to a connection comes here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Listener

    def do_GET(self) -> None:
        self._take(b"")

    def do_POST(self) -> None:
        self._take(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: tests read counters."""

    def _take(self, body: bytes) -> None:
        try:
            answer = self.server.answering(self._request(body))
        except HangUp:
            self.close_connection = True
            _break(self.connection)
            return
        except Exception as error:
            self.server.mistakes.append(error)
            answer = Answer(b"mistake of the server", 500, "text/plain")
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _request(self, body: bytes) -> Request:
        address = urlsplit(self.path)
        given = dict(parse_qsl(address.query, keep_blank_values=True))
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/x-www-form-urlencoded"):
            given |= parse_qsl(body.decode(), keep_blank_values=True)
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return Request(address.path, given, body, bearer)


def _break(connection: socket.socket) -> None:
    """Both sides notice at once."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already
