"""What the console holds in memory after many messages of one account: read from history first, live after that."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import chats, child, figures
from tests.benchmarks.live_world import Place, world

if TYPE_CHECKING:
    from tests.benchmarks.live_console import Live

MESSAGES, FEW = 200_000, 20_000
LIVE = 20_000
# A tenth of them is of one day, the time that the sequence rules remember.
_DAYS = 10.0
# `short` takes a part of all that.
_PART = 20
_MEGABYTE = 1 << 20

_THIS = "tests.benchmarks.live_memory"


def run(folder: Path, short: bool) -> None:
    few, many, more = (count // (_PART if short else 1) for count in (FEW, MESSAGES, LIVE))
    figures.heading(f"Memory after {many} messages of {_DAYS:.0f} days, and {more} more that come live")
    with world() as (place, _):
        took = child.run(f"{_THIS}:growth", str(folder / "memory"), place.plain(), few, many, more)
    connected, first, all_read, live, seconds, late = took.answer
    figures.fact("connected, nothing read", f"{connected / _MEGABYTE:.0f} MB")
    figures.fact("reading took", f"{seconds:.0f} s, {many / seconds:.0f} messages/s")
    lateness = ", ".join(f"p{share * 100:g} {figures.percentile(late, share):.1f}" for share in (0.5, 0.99))
    figures.fact(
        "a 10 ms timer of the window is late by then", f"{lateness}, max {max(late):.1f} ms, {len(late)} ticks"
    )
    name = f"resident, {many} / {few} messages"
    figures.against(name, all_read / _MEGABYTE, first / _MEGABYTE, "MB", 1.3)
    figures.against(f"resident, {more} live ones later", live / _MEGABYTE, all_read / _MEGABYTE, "MB", 1.3)
    figures.fact("peak, worker processes", f"{took.memory / _MEGABYTE:.0f} MB, {took.workers / _MEGABYTE:.0f} MB")


def growth(profile: str, place: dict[str, Any], few: int, many: int, more: int) -> tuple[Any, ...]:
    """Resident bytes when connected, after few messages, after many, after more live ones; seconds of the reading, and
    by how many milliseconds each tick of the window's timer came late in them.
    """
    import time

    from tests.benchmarks.live_console import drive_live, until
    from tests.benchmarks.window import Ticks

    where = Place.of(place)

    async def driver(live: "Live") -> tuple[Any, ...]:
        live.source.notes = False
        ticks = Ticks(live.console.window)
        began, connected = time.perf_counter(), _resident()
        await until(lambda: live.source.taken >= few)
        first = _resident()
        await until(lambda: live.source.taken >= many)
        seconds, all_read, late = time.perf_counter() - began, _resident(), ticks.stop()
        await live.connected()
        await live.talk(more, 0, chats.EVERY, seed=2)
        return connected, first, all_read, _resident(), seconds, late

    _fill(where, many)
    return drive_live(Path(profile), where, driver, first=many)


def _fill(place: Place, count: int) -> None:
    import asyncio

    async def fill() -> None:
        await place.ask("fill", chat=place.chat, count=count, days=_DAYS)
        while not await place.ask("is_done"):
            await asyncio.sleep(0.5)

    asyncio.run(fill())


def _resident() -> int:
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return next(int(line[1]) * 1024 for line in lines if line[0] == "VmRSS:")
