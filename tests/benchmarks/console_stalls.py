"""How long the window stands still while a flood arrives and keys dismiss, and whether anything gets lost by that."""

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from moderator_app.app import DATABASE, App
from moderator_app.domain.message import MessageKey
from moderator_app.domain.queue import QueueRow
from moderator_app.moderation.history import History
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.paths import profile as prepared
from moderator_app.storage import messages
from moderator_app.storage.database import Database
from tests.benchmarks import child, figures, searching
from tests.benchmarks.console_sample import PLACE

if TYPE_CHECKING:
    from tests.benchmarks.window import Console

ARRIVING, DISMISSED = 500, 20
# One in so many arriving messages is against the rules.
FLAGGED_EVERY = 50
TICKS, FEW_TICKS = 10_000, 1000
# A tick that comes late makes the run longer.
LONGER = 1.6
# One in ten of them waits before anything arrives: more than is dismissed.
STORED = 40_000
P99_MS, MOST_MS = 20, 100
PAGE = 500

_THIS = "tests.benchmarks.console_stalls"
_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999))


def run(folder: Path, short: bool = False) -> None:
    ticks = FEW_TICKS if short else TICKS
    figures.heading(f"{ARRIVING} messages/s arriving, {DISMISSED} dismissals/s by key, {ticks} ticks of 10 ms")
    profile = prepared(folder / "profile")
    order = asyncio.run(_fill(profile))
    late, sent, dismissed, seconds = child.run(f"{_THIS}:flooded", str(profile), ticks).answer
    shares = ", ".join(f"{name} {figures.percentile(late, share):.1f}" for name, share in _SHARES)
    figures.fact("lateness of the timer", f"{len(late)} ticks: {shares}, max {max(late):.1f} ms")
    figures.fact("reached", f"{sent / seconds:.0f} messages/s, {len(dismissed) / seconds:.1f} dismissals/s")
    figures.least("ticks", len(late), "", ticks)
    figures.bound("lateness, p99", figures.percentile(late, 0.99), "ms", P99_MS)
    figures.bound("lateness, max", max(late), "ms", MOST_MS)
    asyncio.run(_account(profile, sent, dismissed))
    moved = sum(under != wanted for under, wanted in zip(dismissed, order, strict=False))
    figures.bound("keys under which another item lay than before", moved, "", 0)


def flooded(profile: str, ticks: int) -> tuple[list[float], int, list[int], float]:
    """How late each tick came, how many messages were handed over, which items were dismissed, in how many seconds."""
    from tests.benchmarks.ai_window import talk
    from tests.benchmarks.console_source import FloodingSource
    from tests.benchmarks.live_console import until
    from tests.benchmarks.window import Console, Ticks, drive

    running: list[FloodingSource] = []

    async def connect(app: App) -> None:
        source = FloodingSource()
        await app.use_sources([source])
        running.append(source)

    async def driver(console: Console) -> tuple[list[float], int, list[int], float]:
        await until(lambda: running and console.queue.card.item is not None)
        source = running[0]
        # The judging processes read their dictionaries with the first messages.
        await talk(source, ARRIVING, ARRIVING, FLAGGED_EVERY, {}, first=1)
        handed, ticks_now = int(ARRIVING * ticks * LONGER / 100), Ticks(console.window)
        flood = asyncio.get_running_loop().create_task(
            talk(source, handed, ARRIVING, FLAGGED_EVERY, {}, first=ARRIVING + 1)
        )
        began = time.perf_counter()
        dismissed = await _dismiss(console, flood)
        seconds, late = time.perf_counter() - began, ticks_now.stop()
        await until(lambda: source.taken == ARRIVING + handed)
        return late, handed, dismissed, seconds

    return drive(Path(profile), driver, connect)


async def _dismiss(console: "Console", flood: "asyncio.Task[None]") -> list[int]:
    """Strike the key at its rate while messages arrive; the items that lay under the hand."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    under: list[int] = []
    began = time.perf_counter()
    while not flood.done():
        await asyncio.sleep(max(0.0, began + len(under) / DISMISSED - time.perf_counter()))
        under.append(console.queue.view.item)
        QTest.keyClick(console.queue.view, Qt.Key.Key_A)
    await flood
    return under


async def _fill(profile: Path) -> list[int]:
    """Store what waits; the items in the order in which they lie under the hand."""
    database = await asyncio.to_thread(Database.open, profile / DATABASE)
    try:
        await searching.fill(database, STORED)
        return [row.item for row in await _rows(database)]
    finally:
        await asyncio.to_thread(database.close)


async def _rows(database: Database) -> list[QueueRow]:
    """All that waits."""
    queue, rows = QueueReading(database), list[QueueRow]()
    after: tuple[float, int] | None = None
    while page := (await queue.page(after, PAGE)).rows:
        rows += page
        after = page[-1].rank, page[-1].item
    return rows


async def _account(profile: Path, sent: int, dismissed: list[int]) -> None:
    """Print what is missing of what was handed over, and of what was decided."""
    arrived = sent + ARRIVING
    database = await asyncio.to_thread(Database.open, profile / DATABASE)
    try:
        stored = await database.read(messages.newest_id)
        unjudged = len(await database.read(messages.unjudged, 0, arrived))
        waiting = {row.key for row in await _rows(database)}
        lines = await History(database).page(limit=2 * len(dismissed))
    finally:
        await asyncio.to_thread(database.close)
    flagged = {MessageKey(*PLACE, str(number)) for number in range(FLAGGED_EVERY, arrived + 1, FLAGGED_EVERY)}
    decided = Counter(line.decision.item for line in lines)
    figures.bound("messages not stored or not judged", STORED + arrived - stored + unjudged, "", 0)
    figures.bound("messages against the rules that do not wait", len(flagged - waiting), "", 0)
    figures.bound("dismissals lost or doubled", _unlike(Counter(dismissed), decided), "", 0)


def _unlike(one: Counter[int], other: Counter[int]) -> int:
    return ((one - other) + (other - one)).total()
