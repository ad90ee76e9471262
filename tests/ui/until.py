"""Waiting inside a coroutine: `qtbot.waitUntil` would hang there past its own timeout."""

import asyncio
from collections.abc import Callable

PATIENCE = 10.0


async def until(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Return as soon as `condition` holds. Raises AssertionError when it does not in time."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    while not condition():
        if loop.time() > end:
            raise AssertionError(f"not in {patience} s: {condition.__qualname__}")
        await asyncio.sleep(0.005)
