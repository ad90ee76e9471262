"""A process that holds an account and carries out what is decided, until it is killed: `python -m ... FILE`.

FILE is JSON: folder, session, server, public_key, name, and base, the moment from which on time goes ten times as fast.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from moderator_app.domain.errors import TryLater
from moderator_app.moderation.archive import StoredArchive
from moderator_app.moderation.outbox import Outbox
from moderator_app.settings import Telegram
from moderator_app.sources.telegram.client import Access
from moderator_app.sources.telegram.source import TelegramSource
from tests.moderation.desk import Desk, opened
from tests.servers.telegram import API_HASH, API_ID

SPEED = 10


def fast_clock(base: float) -> Callable[[], datetime]:
    return lambda: datetime.fromtimestamp(base + (time.time() - base) * SPEED, UTC)


async def main(given: dict[str, Any]) -> None:
    folder = Path(given["folder"])
    settings = Telegram(server=given["server"], public_key=given["public_key"])
    access = Access(str(API_ID), API_HASH, given["session"])
    async with opened(folder) as desk:
        source = TelegramSource(
            given["name"], access, lambda: settings, StoredArchive(desk.database), lambda _status: None,
            folder / "sent.json",
        )  # fmt: skip
        outbox = Outbox(desk.database, desk.changes, fast_clock(given["base"]))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_watch(desk, source))
            tasks.create_task(outbox.run([source]))


async def _watch(desk: Desk, source: TelegramSource) -> None:
    while True:
        try:
            await desk.intake.watch(source)
        except TryLater as later:
            await asyncio.sleep(later.seconds / SPEED)


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
