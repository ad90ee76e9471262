import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from moderator_app.app import App
from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import TryLater
from moderator_app.domain.lists import ListKind
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.lists import ListKeeping
from moderator_app.storage import revisions
from tests.builders import author, message
from tests.moderation.desk import Desk, insult, opened


class Heard:
    """What was published so far, as one change."""

    def __init__(self, changes: Changes) -> None:
        self.all = Change()
        self._more = asyncio.Event()
        changes.subscribe(self._hear)

    def _hear(self, change: Change) -> None:
        self.all = Change(
            self.all.items | change.items,
            self.all.decisions | change.decisions,
            self.all.counts or change.counts,
            self.all.lists or change.lists,
        )
        self._more.set()

    async def until_heard(self, *items: int, decisions: int = 0, lists: bool = False) -> None:
        async with asyncio.timeout(10):
            while not (
                self.all.items >= set(items) and len(self.all.decisions) >= decisions and self.all.lists >= lists
            ):
                self._more.clear()
                await self._more.wait()


@asynccontextmanager
async def watching(desk: Desk) -> AsyncIterator[Heard]:
    heard = Heard(desk.changes)
    task = asyncio.ensure_future(desk.changes.watch(desk.database))
    # It watches once it has seen where the database stands.
    await desk.database.read(lambda _connection: None)
    try:
        yield heard
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_this_process_writes_is_told_at_once(desk: Desk) -> None:
    async with watching(desk) as heard:
        (item,) = await desk.flagged(insult())
        await heard.until_heard(item)
        await desk.review.decide([item], Choice.BAN)
        await heard.until_heard(item, decisions=1)
        assert heard.all.counts
        assert not heard.all.lists


async def test_what_another_part_on_the_same_profile_writes_is_found(desk: Desk, tmp_path: Path) -> None:
    async with watching(desk) as heard, opened(tmp_path) as other:
        (item,) = await other.flagged(insult())
        await heard.until_heard(item)
        await ListKeeping(other.database, other.changes).set_authors(ListKind.WHITELIST, [author().key])
        await heard.until_heard(lists=True)


async def test_a_decision_of_a_command_beside_the_window_reaches_the_window(tmp_path: Path) -> None:
    app = await App.open(tmp_path, explain_finding, explain_note)
    app.start()
    try:
        await app.intake.accept(Delivery((insult(),)), "fake")
        (row,) = (await app.queue.page()).rows
        heard = Heard(app.changes)
        command = [sys.executable, "-m", "moderator_app", "--profile", str(tmp_path), "decide", str(row.item)]
        process = await asyncio.create_subprocess_exec(*command, "--action", "ban", stdout=subprocess.PIPE)
        await heard.until_heard(row.item, decisions=1)
        said, _ = await process.communicate()
        assert said == b"1 item decided.\n"
        assert await app.queue.waiting() == 0
    finally:
        await app.stop()


async def test_new_lists_of_a_command_are_judged_by_in_the_window(tmp_path: Path) -> None:
    app = await App.open(tmp_path, explain_finding, explain_note)
    app.start()
    try:
        await app.intake.accept(Delivery((insult(),)), "fake")
        heard = Heard(app.changes)
        command = [sys.executable, "-m", "moderator_app", "--profile", str(tmp_path)]
        process = await asyncio.create_subprocess_exec(*command, "settings", "set", "lists.whitelist", "telegram:42")
        await heard.until_heard(lists=True)
        async with asyncio.timeout(10):
            while await app.queue.waiting() or app.judges.book.lists.whitelist == frozenset():
                await asyncio.sleep(0.01)
        assert await process.wait() == 0
    finally:
        await app.stop()


async def test_one_listener_that_fails_keeps_nobody_else_from_hearing(desk: Desk) -> None:
    def failing(_change: Change) -> None:
        raise ZeroDivisionError

    desk.changes.subscribe(failing)
    async with watching(desk) as heard:
        (item,) = await desk.flagged(insult())
        await heard.until_heard(item)


async def test_who_has_left_hears_nothing_more(desk: Desk) -> None:
    heard: list[Change] = []
    leave = desk.changes.subscribe(heard.append)
    desk.changes.publish(Change(counts=True))
    leave()
    desk.changes.publish(Change(lists=True))
    assert heard == [Change(counts=True)]


async def test_a_database_that_cannot_be_read_for_a_while_does_not_end_the_watch(desk: Desk) -> None:
    read, refusals = desk.database.read, iter([True, True])

    async def busy_at_first(work, *arguments):  # type: ignore[no-untyped-def]
        if work is revisions.state and next(refusals, False):
            raise TryLater("storage.busy", 1.0)
        return await read(work, *arguments)

    async with watching(desk) as heard:
        desk.database.read = busy_at_first  # type: ignore[method-assign, assignment]
        (item,) = await desk.flagged(message("иди нахуй"))
        await heard.until_heard(item)
