"""From the server's sending of a message to its row on the screen, beside a bare client that hears of it."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import child, figures
from tests.benchmarks.live_world import Listener, Place, listening, world

if TYPE_CHECKING:
    from tests.benchmarks.live_console import Live

# Rates are measured when the judging processes run.
WARM_UP_SECONDS = 5.0
# What is published after the last message.
_LAST_SECONDS = 3.0

_THIS = "tests.benchmarks.live_arrival"


@dataclass(frozen=True, slots=True)
class Load:
    """Messages a second, how many of them, and which share of them becomes rows: every n-th."""

    rate: int
    count: int
    every: int


LOADS = (Load(1, 60, 1), Load(20, 400, 1), Load(100, 2000, 5))
SHORT = (Load(1, 5, 1), Load(20, 60, 1), Load(100, 300, 5))


def run(folder: Path, short: bool) -> None:
    figures.heading("Arrival: the server sends ... (p50, p95)")
    for number, load in enumerate(SHORT if short else LOADS):
        with world() as (place, session), listening(session) as listener:
            _measure(folder / f"arrival-{number}", place, listener, load)


def _measure(profile: Path, place: Place, listener: Listener, load: Load) -> None:
    arguments = (str(profile), place.plain(), load.rate, load.count, load.every)
    sent, done, told, painted = child.run(f"{_THIS}:arrivals", *arguments).answer
    heard = {str(id): at for id, at in listener.heard().times.items()}
    rows = [id for number, id in enumerate(sent, 1) if number % load.every == 0]
    print(f"  {load.rate} messages/s, {load.count} of them, {len(rows)} of them against the rules", flush=True)
    for name, ids, times in (
        ("a bare Telethon client hears of it", sent, heard),
        ("it is stored and judged", sent, done),
        ("the strip above the list or its row tells of it", rows, told),
        ("its row is painted, called by keys at once", rows, painted),
    ):
        late = [(times[id] - sent[id]) * 1000 for id in ids if id in times]
        missing = f", {len(ids) - len(late)} went out of sight before" if len(late) < len(ids) else ""
        shares = ", ".join(f"{figures.percentile(late, share):.1f}" for share in (0.5, 0.95)) if late else "-"
        figures.fact(f"  {name}", f"{shares} ms{missing}")


def arrivals(profile: str, place: dict[str, Any], rate: int, count: int, every: int) -> tuple[Any, ...]:
    """When each message was sent, stored and judged, told of by the strip, and painted as a row."""
    from tests.benchmarks.live_console import Caller, drive_live

    async def driver(live: "Live") -> tuple[Any, ...]:
        await live.connected()
        # Ordinary messages, none of which becomes a row.
        warm_up = int(rate * WARM_UP_SECONDS)
        await live.talk(warm_up, rate, warm_up + 1, seed=1)
        caller = Caller(live.console.queue)
        sent = await live.talk(count, rate, every, seed=2)
        await asyncio.sleep(_LAST_SECONDS)
        painted = live.rows.painted
        told = _told(list(sent)[every - 1 :: every], caller.told, painted)
        return sent, {id: live.source.done[id] for id in sent}, told, painted

    return drive_live(Path(profile), Place.of(place), driver)


def _told(rows: list[int], told: list[tuple[float, int]], painted: dict[int, float]) -> dict[int, float]:
    """By message, when the strip first counted it: they became rows in the order in which they were sent.

    A row that came to an empty list is not told of before.
    """
    found: dict[int, float] = {}
    for at, total in told:
        for id in rows[len(found) : total]:
            found[id] = min(at, painted.get(id, at))
    return painted | found
