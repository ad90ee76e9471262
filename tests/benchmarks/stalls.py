"""How long the window stands still while an import runs in its process, beside a window that does nothing."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import chats, child, figures

if TYPE_CHECKING:
    from tests.benchmarks.window import Console

MESSAGES = 200_000
LONG = 10
TICKS = 5000
TICK_MS = 10
SETTLE_SECONDS = 2.0
FILES = 6

_THIS = "tests.benchmarks.stalls"


def run() -> None:
    figures.heading(f"Lateness of a {TICK_MS} ms timer over {TICKS} ticks, {LONG} messages of 1 MB among {MESSAGES}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [
            chats.write_export(folder / f"{chat}.json", MESSAGES, chat=chat, long=LONG) for chat in range(1, FILES)
        ]
        idle = child.run(f"{_THIS}:lateness", str(folder / "idle"), [])
        busy = child.run(f"{_THIS}:lateness", str(folder / "busy"), [str(file) for file in files])
    for title, took in (("idle", idle), ("importing", busy)):
        late, imports = took.answer
        shares = ", ".join(f"{name} {figures.percentile(late, share):.1f}" for name, share in _SHARES)
        figures.fact(title, f"{len(late)} ticks, {imports} imports begun: {shares}, max {max(late):.1f} ms")
    late = busy.answer[0]
    figures.bound("lateness while importing, p99", figures.percentile(late, 0.99), "ms", 20)
    figures.bound("lateness while importing, max", max(late), "ms", 100)


_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999))


def lateness(profile: str, files: list[str]) -> tuple[list[float], int]:
    """Milliseconds by which each tick came late, while one file after the other is imported; how many were begun."""
    from tests.benchmarks.window import Console, Ticks, drive

    async def driver(console: Console) -> tuple[list[float], int]:
        await asyncio.sleep(SETTLE_SECONDS)
        ticks = Ticks(console.window)
        begun = await _import_until(console, [Path(file) for file in files], lambda: len(ticks) > TICKS)
        return ticks.stop(), begun

    return drive(Path(profile), driver)


async def _import_until(console: "Console", files: list[Path], enough: Callable[[], bool]) -> int:
    """Keep importing; a file that has been begun is imported to its end."""
    begun = 0
    while not enough() or console.importing.busy:
        if files and not console.importing.busy and not enough():
            console.importing.take([files[begun % len(files)]])
            begun += 1
        await asyncio.sleep(0.1)
    return begun
