"""A bare Telethon client in a process of its own, which notes when a handler is called with each message.

`python -m tests.benchmarks.live_listener` takes the session from its first line of input and answers each further line
with `{"heard": {ID: TIME}, "cpu": SECONDS}`: what came since the last, and its processor time until now.
"""

import asyncio
import json
import sys
import time

from telethon import TelegramClient, events
from telethon.sessions import StringSession

from tests.servers.telegram import API_HASH, API_ID


async def _listen() -> None:
    session = (await asyncio.to_thread(sys.stdin.readline)).strip()
    heard: dict[int, float] = {}
    client = TelegramClient(StringSession(session), API_ID, API_HASH)

    async def hear(event: events.NewMessage.Event) -> None:
        heard[event.message.id] = time.perf_counter()

    client.add_event_handler(hear, events.NewMessage())
    async with client:
        # Telethon passes over updates of channels that it has not seen in a list.
        await client.get_dialogs()
        _answer({"ready": True})
        while await asyncio.to_thread(sys.stdin.readline):
            _answer({"heard": heard, "cpu": time.process_time()})
            heard.clear()


def _answer(found: object) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_listen())
