"""A source is started again by itself where that may help, and says how it is."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

import pytest

from moderator_app.domain.errors import Refused, SignInNeeded, TryLater
from moderator_app.domain.ports import Delivery, SourceState, SourceStatus
from moderator_app.moderation.source_states import SourceStates
from moderator_app.moderation.watching import LONGEST_PAUSE_SECONDS, Watching
from tests.builders import NOON
from tests.fakes import FakeSource
from tests.moderation.desk import YARD, Desk, insult, until

CONNECTING, CONNECTED, WAITING = SourceState.CONNECTING, SourceState.CONNECTED, SourceState.WAITING
SIGNED_OUT, STOPPED = SourceState.SIGNED_OUT, SourceState.STOPPED
# Nothing that can be taken in.
NONSENSE = cast(Delivery, None)


class Broken(FakeSource):
    """A source whose stream ends with each of `ends` in turn, after the first delivery of each; then it goes on."""

    def __init__(self, name: str = "telegram:1") -> None:
        super().__init__(YARD)
        self.name = name
        self.ends: list[Exception | None] = []
        self.open = 0

    async def messages(self, cursor: str) -> AsyncGenerator[Delivery, None]:
        self.cursors.append(cursor)
        self.open += 1
        try:
            if self.ends:
                end = self.ends.pop(0)
                if end is not None:
                    raise end
                return
            while True:
                yield await self.deliveries.get()
        finally:
            self.open -= 1


class Watch:
    """What the watching of sources tells; time passes only when it sleeps."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.states = SourceStates()
        self.told: list[SourceStatus] = []
        self.slept: list[float] = []
        self.states.subscribe(self.told.append)
        self.watching = Watching(desk.intake, self.states, desk.clock, self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.desk.clock.move(seconds=seconds)
        await asyncio.sleep(0)

    def seen(self, source: str = "telegram:1") -> list[SourceState]:
        return [status.state for status in self.told if status.source == source]

    @asynccontextmanager
    async def over(self, *sources: FakeSource) -> AsyncIterator[None]:
        tasks = [asyncio.ensure_future(self.watching.watch(source)) for source in sources]
        try:
            yield
            assert not any(task.done() for task in tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def watch(desk: Desk) -> Watch:
    return Watch(desk)


async def met(condition: Callable[[], object]) -> None:
    async def asked() -> object:
        return condition()

    await until(asked)


async def test_a_source_that_says_nothing_is_connected_when_it_delivers(watch: Watch) -> None:
    source = Broken()
    async with watch.over(source):
        await met(lambda: source.cursors)
        assert watch.seen() == [CONNECTING]
        source.post(insult("1"), cursor="5")
        await met(lambda: watch.seen() == [CONNECTING, CONNECTED])


async def test_what_a_source_says_of_itself_stands(watch: Watch) -> None:
    source = Broken()
    async with watch.over(source):
        await met(lambda: source.cursors)
        watch.states.report(SourceStatus("telegram:1", SourceState.CATCHING_UP, count=10))
        source.post(insult("1"))
        await until(watch.desk.items)
        assert watch.states.current["telegram:1"].state is SourceState.CATCHING_UP


async def test_a_wait_that_the_platform_asks_for_is_waited_and_told(watch: Watch) -> None:
    source = Broken()
    source.ends = [TryLater("action.flood", 90, platform="Telegram")]
    async with watch.over(source):
        await met(lambda: len(source.cursors) == 2)
    waiting = watch.told[1]
    assert (waiting.state, waiting.detail, waiting.until) == (WAITING, "action.flood", NOON + timedelta(seconds=90))
    assert ("platform", "Telegram") in waiting.parameters
    assert watch.slept == [90]
    assert watch.seen() == [CONNECTING, WAITING, CONNECTING]


async def test_a_session_that_was_ended_is_told_once_and_goes_on_after_a_new_sign_in(watch: Watch) -> None:
    source, other = Broken(), Broken("vk:2")
    source.ends = [SignInNeeded("account.signed_out")]
    async with watch.over(source, other):
        await met(lambda: watch.seen() == [CONNECTING, SIGNED_OUT])
        other.post(insult("1"), cursor="2")
        await until(watch.desk.items)
        source.post(insult("2"), cursor="7")
        assert watch.seen() == [CONNECTING, SIGNED_OUT]
        assert watch.slept == []
        watch.watching.start_again("telegram:1")
        await until(lambda: _size(watch.desk, 2))
    assert watch.seen() == [CONNECTING, SIGNED_OUT, CONNECTING, CONNECTED]


async def test_a_refusal_stops_the_source_with_its_sentence(watch: Watch) -> None:
    source = Broken()
    source.ends = [Refused("action.no_right")]
    async with watch.over(source):
        await met(lambda: watch.seen() == [CONNECTING, STOPPED])
        assert watch.told[-1].detail == "action.no_right"
        watch.watching.start_again("telegram:1")
        await met(lambda: len(source.cursors) == 2)


async def test_a_fault_of_ours_is_logged_and_tried_again_after_a_growing_pause(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    source = Broken()
    source.ends = [ZeroDivisionError("in the source") for _ in range(9)]
    with caplog.at_level(logging.ERROR):
        async with watch.over(source):
            await met(lambda: len(source.cursors) == 10)
    assert caplog.text.count("Traceback") == 9
    assert watch.slept == [1, 2, 4, 8, 16, 32, 60, 60, LONGEST_PAUSE_SECONDS]
    assert {status.detail for status in watch.told if status.state is WAITING} == {"source.internal"}


async def test_a_stream_that_lasted_makes_the_next_fault_a_first_one(watch: Watch) -> None:
    source = Broken()
    source.ends = [ZeroDivisionError(), ZeroDivisionError(), ZeroDivisionError()]
    async with watch.over(source):
        await met(lambda: len(source.cursors) == 4)
        watch.desk.clock.move(hours=1)
        source.ends = [ZeroDivisionError()]
        source.deliveries.put_nowait(NONSENSE)
        await met(lambda: len(source.cursors) == 6)
    assert watch.slept == [1, 2, 4, 1, 2]


async def test_a_stream_that_ends_by_itself_is_opened_again_where_it_was(watch: Watch) -> None:
    source = Broken()
    source.ends = [None]
    async with watch.over(source):
        await met(lambda: len(source.cursors) == 2)
    assert watch.slept == [1]


async def test_no_stream_runs_on_beside_the_next_or_after_the_end(watch: Watch) -> None:
    source = Broken()
    async with watch.over(source):
        await met(lambda: source.open == 1)
        source.deliveries.put_nowait(NONSENSE)
        await met(lambda: len(source.cursors) == 2)
        assert source.open == 1
    assert source.open == 0


async def test_listeners_hear_of_changes_alone_and_never_stop_the_source(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_status: SourceStatus) -> None:
        raise ZeroDivisionError

    end = watch.states.subscribe(fail)
    for _ in range(2):
        watch.states.report(SourceStatus("vk:1", CONNECTED))
    assert len(watch.told) == 1
    assert "a listener failed" in caplog.text
    end()
    watch.states.forget("vk:1")
    watch.states.forget("vk:1")
    assert [status.state for status in watch.told] == [CONNECTED, STOPPED]
    assert watch.states.current == {}


async def _size(desk: Desk, size: int) -> bool:
    return len(await desk.items()) == size
