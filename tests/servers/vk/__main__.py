"""The server as a process of its own: `python -m tests.servers.vk --port N --control FILE --state FILE`.

Prints one JSON line when it listens, `{"port", "control"}`, and writes it to the control file: `control` is the address
that commands are posted to, see control.py. The state is saved each second if something was asked, and at SIGTERM; it
is taken up at the next start. `--no-limits` lets tokens ask as often as they like.
"""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from tests.servers.vk.server import VkServer

SAVED_EVERY = 1.0
"""Seconds; what a kill can lose."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.vk")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--control", type=Path, help="file that tells where commands are taken")
    parser.add_argument("--state", type=Path, help="file that the state is kept in")
    parser.add_argument("--no-limits", action="store_true")
    serve(parser.parse_args())


def serve(arguments: argparse.Namespace) -> None:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with _server(arguments) as server:
        line = json.dumps({"port": server.port, "control": f"{server.address}/control"}) + "\n"
        if arguments.control:
            arguments.control.write_text(line, encoding="utf-8")
        sys.stdout.write(line)
        sys.stdout.flush()
        _save_until(stopped, server, arguments.state)


def _server(arguments: argparse.Namespace) -> VkServer:
    options = {"limits": not arguments.no_limits} | ({"port": arguments.port} if arguments.port else {})
    if arguments.state and arguments.state.exists():
        return VkServer.load(arguments.state, **options)
    return VkServer(**options)


def _save_until(stopped: threading.Event, server: VkServer, path: Path | None) -> None:
    saved = (-1, -1)
    while True:
        going = not stopped.wait(SAVED_EVERY)
        changes = (server.arrived.total(), server.world.changes)
        if path and changes != saved:
            server.save(path)
            saved = changes
        if not going:
            return


if __name__ == "__main__":
    main()
