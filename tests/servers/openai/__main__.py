"""The server as a process of its own: `python -m tests.servers.openai --port N`.

Prints one JSON line when it listens: `{"port"}`. It is told what to do by POST /control (see `OpenAiServer._control`).
"""

import argparse
import json
import signal
import sys

from tests.servers.openai.server import OpenAiServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.openai")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0, help="how long every answer takes")
    parser.add_argument("--no-moderation", action="store_true")
    chosen = parser.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    with OpenAiServer(chosen.port, seconds=chosen.seconds, moderation=not chosen.no_moderation) as server:
        sys.stdout.write(json.dumps({"port": server.port}) + "\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    main()
