"""How many messages a second the console takes in before it has to hold back the reader of its connection."""

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moderator_app.sources.telegram.outgoing import MOST_WAITING
from tests.benchmarks import chats, child, figures
from tests.benchmarks.live_world import Place, listening, world

if TYPE_CHECKING:
    from tests.benchmarks.live_console import Live, Times

MESSAGES, FEW = 20_000, 2000
# Of the rate at which everything comes at once; the first that is kept up with counts.
_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
_SECONDS, _FEW_SECONDS = 20.0, 5.0
_WARM_UP = 500

_THIS = "tests.benchmarks.live_rate"


def run(folder: Path, short: bool) -> None:
    count = FEW if short else MESSAGES
    figures.heading(f"Rate: {count} messages at once, then as many a second as never {MOST_WAITING} wait")
    with world() as (place, session):
        floor = _bare(place, session, count)
    seconds = _FEW_SECONDS if short else _SECONDS
    with world() as (place, _):
        at_once, tried = child.run(f"{_THIS}:rates", str(folder / "rate"), place.plain(), count, seconds).answer
    figures.fact("a bare Telethon client hears", f"{floor:.0f} messages/s")
    figures.fact("the console stores and judges, all at once", f"{at_once:.0f} messages/s")
    for rate, most in tried:
        held = "kept up" if most < MOST_WAITING else "held back"
        figures.fact(f"  at {rate:.0f} messages/s for {seconds:.0f} s", f"at most {most} waited: {held}")


def _bare(place: Place, session: str, count: int) -> float:
    with listening(session) as listener:
        asyncio.run(place.talk(count, 0, chats.EVERY, 1))
        times: list[float] = []
        while len(times) < count:
            time.sleep(0.2)
            times += listener.heard().times.values()
    return count / (max(times) - min(times))


def rates(profile: str, place: dict[str, Any], count: int, seconds: float) -> tuple[float, list[tuple[float, int]]]:
    """Messages a second when all come at once; the rates that were tried, with how many messages waited at most."""
    from tests.benchmarks.live_console import drive_live

    async def driver(live: "Live") -> tuple[float, list[tuple[float, int]]]:
        await live.connected()
        await live.talk(_WARM_UP, 100, chats.EVERY, seed=1)
        sent = await live.talk(count, 0, chats.EVERY, seed=2)
        took = max(live.source.done[id] for id in sent) - min(sent.values())
        tried: list[tuple[float, int]] = []
        for number, share in enumerate(_SHARES):
            rate = share * count / took
            sent = await live.talk(int(rate * seconds), rate, chats.EVERY, seed=3 + number)
            tried.append((rate, _most_waiting(sent, live.source.done)))
            if tried[-1][1] < MOST_WAITING:
                break
        return count / took, tried

    return drive_live(Path(profile), Place.of(place), driver)


def _most_waiting(sent: "Times", done: "Times") -> int:
    """How many messages at most were sent and neither stored nor judged yet."""
    steps = sorted([(at, 1) for at in sent.values()] + [(done[id], -1) for id in sent])
    waiting = most = 0
    for _, step in steps:
        waiting += step
        most = max(most, waiting)
    return most
