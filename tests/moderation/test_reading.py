import asyncio
import json
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ImportBatch
from moderator_app.moderation import reading
from moderator_app.sources.export_file import open_export


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Lines enough for a process of their own."""
    path = tmp_path / "large.jsonl"
    line = json.dumps({"id": 0, "text": "слово " * 40}, ensure_ascii=False)
    count = 2 * reading.SMALL // len(line.encode())
    path.write_text("\n".join(line.replace('"id": 0', f'"id": {number}', 1) for number in range(count)), "utf-8")
    return path


def ids(batches: list[ImportBatch]) -> list[str]:
    return [message.key.message for batch in batches for message in batch.messages]


async def test_another_process_reads_what_this_one_would(large: Path) -> None:
    export = open_export(large)
    assert export.size > reading.SMALL
    read = [(batch, packed) async for batch, packed in reading.batches(export)]
    assert [batch for batch, _ in read] == list(export.batches())
    assert [packed.messages() for _, packed in read if packed is not None] == [batch.messages for batch, _ in read]


async def test_a_killed_process_costs_no_batch(large: Path) -> None:
    export = open_export(large, batch=100)
    read: list[ImportBatch] = []
    killed = False
    async for batch, _ in reading.batches(export):
        read.append(batch)
        if len(read) == 3:
            for process in multiprocessing.active_children():
                assert process.pid is not None
                os.kill(process.pid, signal.SIGKILL)
                killed = True
    assert killed
    assert ids(read) == ids(list(export.batches()))


async def test_a_file_that_breaks_off_yields_what_came_before_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    message = {"id": 1, "type": "message", "date_unixtime": "1700000000", "from": "A", "from_id": "user1", "text": "a"}
    chat = {"name": "Yard", "type": "private_group", "id": 7, "messages": [message | {"id": n} for n in range(9000)]}
    path.write_text(json.dumps(chat)[: -len("]}")] + ", {", "utf-8")
    read: list[ImportBatch] = []
    with pytest.raises(Unreadable) as raised:
        await _read_into(read, path)
    assert raised.value.text_id == "import.broken"
    assert len(ids(read)) == 9000


async def test_who_stops_listening_leaves_no_process_behind(large: Path) -> None:
    async for _ in (batches := reading.batches(open_export(large, batch=100))):
        break
    await batches.aclose()
    async with asyncio.timeout(10):
        while multiprocessing.active_children():
            await asyncio.sleep(0.05)


async def _read_into(read: list[ImportBatch], path: Path) -> None:
    async for batch, _ in reading.batches(open_export(path)):
        read.append(batch)
