"""The command `collect`: sources and outbox without a window."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from moderator_app.app import App
from moderator_app.cli.answering import hear_answers
from moderator_app.cli.live import follow, live_sources
from moderator_app.cli.output import print_json
from moderator_app.domain.errors import Refused, SignInNeeded
from moderator_app.domain.ports import SourceStatus
from moderator_app.language import explain_status
from moderator_app.watchdog import leave_within

ROLE = "collect"
# A signal ends the command within five seconds, whatever still waits for an answer.
STOP_SECONDS = 4.5


async def collect(app: App, _chosen: argparse.Namespace) -> int:
    """Run until a signal comes, and print a line for each change of a source.

    Raises Refused while another process holds the sources, SignInNeeded where there is no account.
    """
    ended = asyncio.Event()
    _hear_signals(ended)
    if not app.start(role=ROLE):
        raise Refused("collect.held", holder=app.lock.holder())
    told: asyncio.Queue[SourceStatus] = asyncio.Queue()
    app.states.subscribe(told.put_nowait)
    sources = await live_sources(app)
    if not sources:
        raise SignInNeeded("collect.no_account")
    await _first(_print(told), ended.wait(), follow(app, sources), hear_answers(app))
    return 0


async def _first(*works: Coroutine[Any, Any, object]) -> None:
    """Do several things until one of them ends. Raises what it raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
    for task in done:
        task.result()


async def _print(told: "asyncio.Queue[SourceStatus]") -> None:
    printed: dict[str, tuple[object, ...]] = {}
    while True:
        status = await told.get()
        # How much is left to read is told along with the rest, and no news by itself.
        asked = dict(status.parameters).get("address")
        news = (status.state, status.detail, status.until, asked)
        if printed.get(status.source) != news:
            printed[status.source] = news
            print_json(status_record(status))
            sys.stdout.flush()


def status_record(status: SourceStatus) -> dict[str, object]:
    """`source` is the platform; `name` tells its accounts apart."""
    return {
        "source": status.source.partition(":")[0],
        "state": status.state.value,
        "detail": explain_status(status),
        "name": status.source,
        "count": status.count,
        "until": None if status.until is None else status.until.isoformat(),
    }


def _hear_signals(ended: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def end() -> None:
        ended.set()
        leave_within(STOP_SECONDS)

    def hear(*_: object) -> None:
        # Not the loop's own way: it lets go of signals before the program has left.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(end)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, hear)
