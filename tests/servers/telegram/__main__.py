"""The server as a process of its own: `python -m tests.servers.telegram --port N --state FILE`.

Prints one JSON line when it listens: `{"port", "control"}`; see control.py for what may be asked over the second.
The state is saved each second if something was asked, and at SIGTERM; it is taken up at the next start.
"""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from tests.servers.telegram.control import controlled
from tests.servers.telegram.server import TelegramServer

SAVED_EVERY = 1.0
"""Seconds; what a kill can lose."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.telegram")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--control", type=int, default=0, help="port for commands")
    parser.add_argument("--state", type=Path, help="file that the state is kept in")
    asyncio.run(serve(parser.parse_args()))


async def serve(arguments: argparse.Namespace) -> None:
    known = arguments.state and arguments.state.exists()
    server = TelegramServer.load(arguments.state) if known else TelegramServer()
    server.port = arguments.port or server.port
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with server, await controlled(server, arguments.control) as control:
        ports = {"port": server.port, "control": control.sockets[0].getsockname()[1]}
        sys.stdout.write(json.dumps(ports) + "\n")
        sys.stdout.flush()
        await _save_until(stopped, server, arguments.state)


async def _save_until(stopped: asyncio.Event, server: TelegramServer, path: Path | None) -> None:
    saved = -1
    while True:
        going = not stopped.is_set()
        changes = server.arrived.total() + server.world.changes
        if path and changes != saved:
            server.save(path)
            saved = changes
        if not going:
            return
        try:
            await asyncio.wait_for(stopped.wait(), SAVED_EVERY)
        except TimeoutError:
            continue


if __name__ == "__main__":
    main()
