"""Which share of a processor the open console takes on a quiet feed and on a busy one."""

import asyncio
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import chats, child, figures
from tests.benchmarks.live_world import Place, listening, world

if TYPE_CHECKING:
    from tests.benchmarks.live_console import Live

RATE = 20
_SECONDS, _FEW_SECONDS = 60.0, 5.0
# What a start leaves to do.
_SETTLE_SECONDS, _FEW_SETTLE_SECONDS = 10.0, 2.0

_THIS = "tests.benchmarks.live_processor"


def run(folder: Path, short: bool) -> None:
    seconds, settle = (_FEW_SECONDS, _FEW_SETTLE_SECONDS) if short else (_SECONDS, _SETTLE_SECONDS)
    figures.heading(f"Processor: share of one over {seconds:.0f} s, quiet and at {RATE} messages/s")
    with world() as (place, session), listening(session) as listener:
        before = listener.heard().cpu
        idle, busy = child.run(f"{_THIS}:shares", str(folder / "processor"), place.plain(), seconds, settle).answer
        bare = (listener.heard().cpu - before) / seconds
    figures.fact("a bare Telethon client, of all that", f"{bare:.1%}")
    figures.fact("the console, quiet", f"{idle:.1%}")
    figures.fact(f"the console, {RATE} messages/s", f"{busy:.1%}")


def shares(profile: str, place: dict[str, Any], seconds: float, settle: float) -> tuple[float, float]:
    """The processor time of the console and its workers over the time that passed: quiet, then busy."""
    from tests.benchmarks.live_console import drive_live

    async def driver(live: "Live") -> tuple[float, float]:
        await live.connected()
        # The checks' dictionaries are loaded with the first messages.
        await live.talk(RATE, RATE, chats.EVERY, seed=1)
        await asyncio.sleep(settle)
        began, cpu = time.perf_counter(), _cpu()
        await asyncio.sleep(seconds)
        idle = (_cpu() - cpu) / (time.perf_counter() - began)
        began, cpu = time.perf_counter(), _cpu()
        await live.talk(int(RATE * seconds), RATE, chats.EVERY, seed=2)
        return idle, (_cpu() - cpu) / (time.perf_counter() - began)

    return drive_live(Path(profile), Place.of(place), driver)


def _cpu() -> float:
    """Seconds, running children included."""
    return sum(map(_cpu_of, (os.getpid(), *child.children(os.getpid()))))


def _cpu_of(pid: int) -> float:
    try:
        # The name in parentheses may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
