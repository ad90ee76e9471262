"""A process that holds a community and carries out what is decided, until it is killed: `python -m ... FILE`.

FILE is JSON: folder, tokens, api, and base, the moment from which on the outbox' time goes fifty times as fast.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vk_api.vk_api import VkApi, VkApiGroup

from moderator_app.domain.errors import TryLater
from moderator_app.moderation.archive import StoredArchive
from moderator_app.moderation.outbox import Outbox
from moderator_app.sources.vk.bans import Bans
from moderator_app.sources.vk.source import VkSource
from moderator_app.sources.vk.transport import Route
from tests.moderation.desk import Desk, opened

SPEED = 50
PATIENCE = 1.0
"""Seconds after which an answer is not waited for any more."""


def fast_clock(base: float) -> Callable[[], datetime]:
    return lambda: datetime.fromtimestamp(base + (time.time() - base) * SPEED, UTC)


def source_of(desk: Desk, given: dict[str, Any]) -> VkSource:
    folder = Path(given["folder"])
    return VkSource(
        "vk:trial", tuple(given["tokens"]), Route(given["api"], answer_seconds=PATIENCE), StoredArchive(desk.database),
        lambda _status: None, bans=Bans(folder / "bans.json", lambda: 1000), gap=lambda: 0.0, wait_seconds=2,
    )  # fmt: skip


async def watch(desk: Desk, source: VkSource) -> None:
    while True:
        try:
            await desk.intake.watch(source)
        except TryLater as later:
            await asyncio.sleep(later.seconds / SPEED)


async def main(given: dict[str, Any]) -> None:
    # Three requests a second would make it a test of patience.
    VkApi.RPS_DELAY = VkApiGroup.RPS_DELAY = 0.005
    async with opened(Path(given["folder"])) as desk:
        source = source_of(desk, given)
        outbox = Outbox(desk.database, desk.changes, fast_clock(given["base"]))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(watch(desk, source))
            tasks.create_task(outbox.run([source]))


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
