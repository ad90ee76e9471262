"""What leaves the machine when decisions are taken back inside their grace: counted by the server on loopback."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import child, figures
from tests.benchmarks.live_world import Place, world

if TYPE_CHECKING:
    from tests.benchmarks.live_console import Live

DECISIONS, FEW = 30, 8
RATE = 20
# What a decision sends when it is carried out.
CHANGING = ("channels.DeleteMessages", "channels.EditBanned", "messages.DeleteMessages", "messages.SendMessage")
_GRACE = 2
# Longer than the grace, and than the outbox rests.
_AFTERWARDS = 2.0 * _GRACE

_THIS = "tests.benchmarks.console_undo"


def run(folder: Path, short: bool = False) -> None:
    count = FEW if short else DECISIONS
    figures.heading(
        f"{count} decisions to delete and ban by key, each taken back inside its grace, and one that stands"
    )
    with world() as (place, _):
        arguments = (str(folder / "undo"), place.plain(), count)
        undone, stood, standing = child.run(f"{_THIS}:sent", *arguments).answer
    figures.bound("decisions that still stand", standing, "", 0)
    figures.bound("requests to change something that left", undone, "", 0)
    figures.least("requests of the one that stands", stood, "", 1)


def sent(profile: str, place: dict[str, Any], count: int) -> tuple[int, int, int]:
    """Requests that arrived at the server after all was taken back, those of one more decision, and what stood."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.benchmarks.live_console import drive_live, until

    async def driver(live: "Live") -> tuple[int, int, int]:
        await live.connected()
        live.app.preferences.set("review.grace_seconds", str(_GRACE))
        await live.talk(count + 1, RATE, 1, seed=1)
        page = live.console.queue
        for _ in range(count):
            await until(lambda: page.is_armed and not page.pending)
            QTest.keyClick(page.view, Qt.Key.Key_R)
            await until(lambda: page.pending)
            QTest.keyClick(page.view, Qt.Key.Key_Escape)
            await until(lambda: not page.pending)
        await asyncio.sleep(_AFTERWARDS)
        undone = await _changes(live)
        standing = sum(line.decision.undone is None for line in await live.app.history.page())
        await until(lambda: page.is_armed)
        QTest.keyClick(page.view, Qt.Key.Key_R)
        await asyncio.sleep(_AFTERWARDS)
        return undone, await _changes(live) - undone, standing

    return drive_live(Path(profile), Place.of(place), driver, first=0)


async def _changes(live: "Live") -> int:
    arrived = (await live.place.ask("counts"))["arrived"]
    return sum(arrived.get(method, 0) for method in CHANGING)
