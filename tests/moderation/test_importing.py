import asyncio
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ImportBatch, ReadError
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists, StopWord
from moderator_app.domain.policy import Policy
from moderator_app.domain.ports import Delivery
from moderator_app.moderation.importing import LISTED_ERRORS, ImportProgress
from moderator_app.sources.export_file import open_export
from moderator_app.storage import lists as stored_lists
from tests.builders import NOON, author, message
from tests.moderation.desk import Desk, insult, opened


class FewAtATime:
    """An export that hands over what a test gives it, and breaks off where the test says."""

    name = "few.jsonl"
    size = 1000

    def __init__(self, *batches: ImportBatch, broken: Unreadable | None = None) -> None:
        self._batches = batches
        self._broken = broken

    def batches(self) -> Iterator[ImportBatch]:
        yield from self._batches
        if self._broken:
            raise self._broken


def batch(*ids: int, read: int = 0) -> ImportBatch:
    return ImportBatch(tuple(insult(str(n), date=None) for n in ids), bytes_read=read)


async def test_an_import_counts_what_it_read_and_found(desk: Desk) -> None:
    summary = await desk.importing.run(FewAtATime(batch(1, 2), ImportBatch((message(id="3"),), unsupported=2)))
    assert (summary.messages, summary.new, summary.flagged, summary.unsupported) == (3, 3, 2, 2)
    assert len(await desk.items()) == 2


async def test_a_second_import_adds_nothing_and_a_later_export_what_is_new_and_edited(desk: Desk) -> None:
    first = FewAtATime(ImportBatch((insult("1"), message("Привет", id="2"))))
    await desk.importing.run(first)
    again = await desk.importing.run(first)
    edited = message("да пошёл ты нахуй", id="2", edited=NOON)
    later = await desk.importing.run(FewAtATime(ImportBatch((insult("1"), edited, insult("3")))))
    assert (again.new, again.flagged) == (0, 0)
    assert (later.messages, later.new, later.flagged) == (3, 1, 2)
    assert len(await desk.items()) == 3


async def test_an_export_that_breaks_off_keeps_what_came_before_and_says_where(desk: Desk) -> None:
    broken = Unreadable("import.broken", file="few.jsonl", position=7)
    summary = await desk.importing.run(FewAtATime(batch(1, 2), broken=broken))
    assert summary.broken is broken
    assert (summary.new, summary.flagged) == (2, 2)


async def test_progress_only_grows(desk: Desk) -> None:
    reports: list[ImportProgress] = []
    await desk.importing.run(FewAtATime(*(batch(n, read=n * 100) for n in range(1, 9))), reports.append)
    for name in ("bytes_read", "messages", "flagged"):
        values = [getattr(report, name) for report in reports]
        assert values == sorted(values), name
    assert (reports[-1].bytes_read, reports[-1].messages, reports[-1].flagged) == (800, 8, 8)
    assert {report.size for report in reports} == {1000}


async def test_a_million_bad_lines_are_counted_and_the_first_thousand_listed(desk: Desk) -> None:
    bad = ImportBatch(errors=tuple(ReadError(n, "line.not_json") for n in range(700)))
    summary = await desk.importing.run(FewAtATime(bad, bad, bad))
    assert (summary.failed, len(summary.errors)) == (2100, LISTED_ERRORS)


async def test_cancelling_keeps_what_is_stored_and_the_rest_is_judged_later(desk: Desk) -> None:
    stored = asyncio.Event()

    def three_read(progress: ImportProgress) -> None:
        if progress.messages >= 60:
            stored.set()

    many = FewAtATime(*(batch(*range(n, n + 20)) for n in range(0, 2000, 20)))
    running = asyncio.ensure_future(desk.importing.run(many, three_read))
    await stored.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await desk.intake.judge_waiting()
    kept = await desk.database.read(_stored)
    assert 60 <= kept < 2000
    assert await desk.queue.waiting() == kept


async def test_without_judging_messages_wait_for_the_next_start(tmp_path: Path) -> None:
    async with opened(tmp_path) as desk:
        summary = await desk.importing.run(FewAtATime(batch(1, 2)), judging=False)
        assert (summary.new, summary.flagged, await desk.items()) == (2, 0, ())
    async with opened(tmp_path) as desk:
        assert await desk.intake.judge_waiting() == 2
        assert len(await desk.items()) == 2
        assert await desk.intake.judge_waiting() == 0


async def test_a_full_disk_ends_an_import_with_what_was_stored(desk: Desk) -> None:
    await desk.database.write(_limit_pages)
    summary = await desk.importing.run(FewAtATime(*(batch(*range(n, n + 50)) for n in range(0, 5000, 50))))
    assert summary.broken is not None
    assert summary.broken.text_id == "storage.full"
    assert 0 < summary.new < 5000
    assert await desk.database.read(_stored) == summary.new


async def test_a_worker_killed_from_outside_costs_no_message(desk: Desk) -> None:
    killed: list[int] = []

    def kill_one(_progress: ImportProgress) -> None:
        pool = desk.judges._pool
        if pool is not None and pool._processes and not killed:
            killed.append(next(iter(pool._processes)))
            os.kill(killed[0], signal.SIGKILL)

    many = FewAtATime(*(batch(*range(n, n + 250)) for n in range(0, 1250, 250)))
    summary = await desk.importing.run(many, kill_one)
    assert killed
    assert (summary.broken, summary.flagged) == (None, 1250)
    assert len(await desk.items()) == 200


async def test_rules_that_change_meanwhile_judge_all_that_is_stored_afterwards(desk: Desk) -> None:
    lists = Lists(stop_words=(StopWord("ромашка"),))
    changed = RuleBook(Policy(version=2), lists=lists)

    def change(progress: ImportProgress) -> None:
        if progress.messages == 30 and desk.judges.book is not changed:
            desk.judges.use(changed)

    said = [message("ромашка", id=str(n), author=author(str(n))) for n in range(300)]
    flowers = [ImportBatch(tuple(said[n : n + 30])) for n in range(0, 300, 30)]
    summary = await desk.importing.run(FewAtATime(*flowers), change)
    assert (summary.new, summary.flagged) == (300, 270)
    versions = await desk.database.read(_versions)
    assert versions == {1: 30, 2: 270}


async def test_rules_that_another_process_changes_judge_all_that_is_stored_afterwards(desk: Desk) -> None:
    said = [message("ромашка", id=str(n), author=author(str(n))) for n in range(300)]

    class Meanwhile(FewAtATime):
        def batches(self) -> Iterator[ImportBatch]:
            yield from super().batches()
            with create_engine(f"sqlite:///{desk.database.path}").begin() as connection:
                stored_lists.set_stop_words(connection, [StopWord("ромашка")], NOON)
            yield ImportBatch(tuple(said[30:]))

    summary = await desk.importing.run(Meanwhile(ImportBatch(tuple(said[:30]))))
    assert (summary.new, summary.broken) == (300, None)
    assert summary.flagged >= 270
    assert (await desk.database.read(_versions))[2] == summary.flagged


async def test_a_delivery_is_judged_by_the_rules_that_another_process_set(desk: Desk) -> None:
    await desk.database.write(stored_lists.set_stop_words, [StopWord("ромашка")], NOON)
    await desk.flagged(message("ромашка", id="1"))
    await desk.intake.store(Delivery((message("ромашка", id="2"),)))
    await desk.intake.judge_waiting()
    assert await desk.database.read(_versions) == {2: 2}
    assert await desk.counted_as_flagged() == 2


async def test_whole_files_of_every_size_come_in_through_workers(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    lines = [{"id": n, "text": "иди нахуй" if n % 3 else "Привет", "author": n} for n in range(1201)]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    summary = await desk.importing.run(open_export(file))
    assert (summary.messages, summary.new, summary.flagged) == (1201, 1201, 800)


def _stored(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM message").scalar_one())


def _versions(connection: Connection) -> dict[int, int]:
    rows = connection.exec_driver_sql("SELECT policy_version, count(*) AS messages FROM message GROUP BY 1")
    return {row.policy_version: row.messages for row in rows}


def _limit_pages(connection: Connection) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 60}")
