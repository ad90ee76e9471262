"""From the key of a decision to the paint of the next card, in a long queue and in a very long one."""

import asyncio
from pathlib import Path

from moderator_app.app import DATABASE
from moderator_app.paths import profile as prepared
from moderator_app.storage.database import Database
from tests.benchmarks import child, figures, searching

MESSAGES = 1_000_000
# The shorter queue has so much less of everything.
SHARE = 10
ROUNDS = 3
DECISIONS = 80
MOST_MS, MOST_RATIO = 50, 1.5


def run(folder: Path, messages: int | None = None) -> None:
    many = messages or MESSAGES
    few = many // SHARE
    figures.heading("Key to next card painted, p95")
    short, long = (_measured(prepared(folder / str(count)), count) for count in (few, many))
    waiting = [f"{count // searching.WAITING} of {count}" for count in (few, many)]
    figures.bound(f"with {waiting[0]} messages queued", short, "ms", MOST_MS)
    figures.against(f"with {waiting[1]} queued, beside that", long, short, "ms", MOST_RATIO)


def _measured(profile: Path, count: int) -> float:
    """Milliseconds; every round starts the console anew and goes on where the last one ended."""
    asyncio.run(_fill(profile, count))
    seconds: list[float] = []
    for _ in range(ROUNDS):
        seconds += child.run("tests.benchmarks.queue_page:decisions", str(profile), DECISIONS).answer
    shares = ", ".join(f"{name} {1000 * figures.percentile(seconds, share):.1f}" for name, share in _SHARES)
    figures.fact(f"{count} messages, {len(seconds)} decisions", f"{shares}, max {1000 * max(seconds):.1f} ms")
    return 1000 * figures.percentile(seconds, 0.95)


_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


async def _fill(profile: Path, count: int) -> None:
    database = await asyncio.to_thread(Database.open, profile / DATABASE)
    try:
        await searching.fill(database, count)
    finally:
        await asyncio.to_thread(database.close)
