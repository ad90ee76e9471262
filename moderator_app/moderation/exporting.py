"""Writes the queue, messages, history or statistics to a file for a spreadsheet or a program."""

import csv
import json
from collections.abc import AsyncIterator, Iterable
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from moderator_app.domain.errors import Refused
from moderator_app.domain.history import HistoryFilter
from moderator_app.moderation.records import (
    Explain,
    ExplainNote,
    Record,
    history_record,
    json_line,
    message_record,
    queue_record,
)
from moderator_app.private_files import open_private, reason
from moderator_app.storage import history, messages, queue, statistics
from moderator_app.storage.database import Database

PAGE = 500

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class ExportKind(StrEnum):
    QUEUE = "queue"
    MESSAGES = "messages"
    HISTORY = "history"
    STATISTICS = "statistics"


class Exporting:
    """`explain` and `explain_note` word findings and notes in the language in use."""

    def __init__(self, database: Database, explain: Explain, explain_note: ExplainNote) -> None:
        self._database = database
        self._explain = explain
        self._explain_note = explain_note

    async def export(self, what: ExportKind, path: Path) -> int:
        """Write `path`, whose suffix .csv or .jsonl says how, and return the number of rows.

        The file appears whole or not at all. Raises Refused: another suffix, a folder that cannot be written to.
        """
        if path.suffix not in (".csv", ".jsonl"):
            raise Refused("export.suffix", file=str(path))
        fresh = path.with_name(f".{path.name}.new")
        try:
            with _private_file(fresh, path.suffix) as file:
                count = await self._write(what, file, path.suffix)
            fresh.replace(path)
        except OSError as error:
            raise Refused("files.not_written", path=str(path), reason=reason(error)) from error
        finally:
            fresh.unlink(missing_ok=True)
        return count

    async def _write(self, what: ExportKind, file: TextIO, suffix: str) -> int:
        count = 0
        table = csv.writer(file)
        async for records in self._pages(what):
            for record in records:
                if suffix == ".jsonl":
                    file.write(json_line(record).decode())
                else:
                    if count == 0:
                        table.writerow(record)
                    table.writerow([_cell(value) for value in record.values()])
                count += 1
        return count

    def _pages(self, what: ExportKind) -> AsyncIterator[Iterable[Record]]:
        match what:
            case ExportKind.QUEUE:
                return self._queue()
            case ExportKind.MESSAGES:
                return self._messages()
            case ExportKind.HISTORY:
                return self._history()
            case ExportKind.STATISTICS:
                return self._statistics()

    async def _queue(self) -> AsyncIterator[Iterable[Record]]:
        after = None
        while entries := await self._database.read(queue.entries, PAGE, after):
            yield [queue_record(entry, self._explain) for entry in entries]
            after = (entries[-1].row.rank, entries[-1].row.item)

    async def _messages(self) -> AsyncIterator[Iterable[Record]]:
        after = 0
        while exported := await self._database.read(messages.exported, after, PAGE):
            yield [message_record(message) for message in exported]
            after = exported[-1].id

    async def _history(self) -> AsyncIterator[Iterable[Record]]:
        before = None
        while lines := await self._database.read(history.page, HistoryFilter(), before, PAGE):
            yield [history_record(line, self._explain_note) for line in lines]
            before = lines[-1].decision.decision

    async def _statistics(self) -> AsyncIterator[Iterable[Record]]:
        yield await self._database.read(statistics.counter_rows)


def _private_file(path: Path, suffix: str) -> TextIO:
    # utf-8-sig: spreadsheets read a CSV file without the mark in the machine's old code page.
    encoding = "utf-8-sig" if suffix == ".csv" else "utf-8"
    file = open(path, "w", encoding=encoding, errors="replace", newline="", opener=open_private)  # noqa: SIM115
    assert isinstance(file, TextIOWrapper)
    return file


def _cell(value: object) -> object:
    """A value as a cell: nested values as JSON, and nothing that a spreadsheet would run."""
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
