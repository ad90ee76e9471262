"""Import of a Telegram export: storing against a bare floor, judging against what it must cost, memory against size."""

import asyncio
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import ijson

from moderator_app.app import App
from moderator_app.cli import scan as scanning
from moderator_app.language import explain_finding, explain_note
from moderator_app.paths import profile as prepared
from moderator_app.sources.export_file import open_export
from tests.benchmarks import chats, child, figures

MESSAGES = 200_000
FEW = 20_000
ROUNDS = 3

_THIS = "tests.benchmarks.importing"


def run() -> None:
    figures.heading(f"Import of {MESSAGES} messages (medians of {ROUNDS} rounds, {os.cpu_count()} processors)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = chats.write_export(folder / "many.json", MESSAGES)
        few = chats.write_export(folder / "few.json", FEW)
        lines = chats.write_lines(folder / "many.jsonl", MESSAGES)
        rounds = [_round(folder, number, many, few, lines) for number in range(ROUNDS)]
    _show(rounds)


def _round(folder: Path, number: int, many: Path, few: Path, lines: Path) -> dict[str, child.Took]:
    home = folder / str(number)
    home.mkdir()
    return {
        "floor": child.run(f"{_THIS}:floor", str(many), str(home / "floor.sqlite3")),
        "storing": child.run(f"{_THIS}:imported", str(many), str(home / "storing"), False),
        "judging": child.run(f"{_THIS}:imported", str(many), str(home / "judging"), True),
        "scan": child.run(f"{_THIS}:scanned", str(lines), str(home / "scan")),
        "few": child.run(f"{_THIS}:imported", str(few), str(home / "few"), True),
        "few_stored": child.run(f"{_THIS}:imported", str(few), str(home / "few_stored"), False),
    }


def _show(rounds: list[dict[str, child.Took]]) -> None:
    def seconds(name: str) -> float:
        return figures.middle(rounds, lambda each: each[name].seconds)

    def cpu(name: str) -> float:
        return figures.middle(rounds, lambda each: each[name].cpu)

    def megabytes(name: str, workers: bool = False) -> float:
        return figures.middle(rounds, lambda each: each[name].workers if workers else each[name].memory) / 1e6

    cores = len(os.sched_getaffinity(0))
    figures.fact("flagged", f"{rounds[0]['judging'].answer / MESSAGES:.1%}")
    for name in rounds[0]:
        figures.fact(name, f"{seconds(name):.2f} s, {cpu(name):.2f} s of processor time")
    figures.against("storing alone / parsing and one executemany", seconds("storing"), seconds("floor"), "s", 8)
    least = max(seconds("storing"), (cpu("storing") + cpu("scan")) / cores)
    figures.against("with judging / what it must take", seconds("judging"), least, "s", 1.3)
    figures.against("memory, storing alone, many / few", megabytes("storing"), megabytes("few_stored"), "MB", 1.3)
    figures.against("memory, with judging, many / few", megabytes("judging"), megabytes("few"), "MB", 1.3)
    figures.against(
        "memory of the workers, many / few", megabytes("judging", workers=True), megabytes("few", True), "MB", 1.3
    )


def floor(export: str, database: str) -> int:
    """The least that storing takes: a stream of messages into one table by one statement."""
    with closing(sqlite3.connect(database)) as connection, Path(export).open("rb") as file:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "CREATE TABLE message (id INTEGER PRIMARY KEY, author TEXT, date INTEGER, edited INTEGER, text TEXT,"
            " details TEXT)"
        )
        connection.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", _rows(file))
        connection.commit()
        return int(connection.execute("SELECT count(*) FROM message").fetchone()[0])


def _rows(file: Any) -> Iterator[tuple[Any, ...]]:
    for message in ijson.items(file, "messages.item"):
        reply = message.get("reply_to_message_id")
        yield (
            message["id"],
            message["from_id"],
            int(message["date_unixtime"]),
            message.get("edited_unixtime"),
            message["text"],
            json.dumps({"reply_to": reply}) if reply else None,
        )


def imported(export: str, home: str, judging: bool) -> int:
    """Import into a fresh profile; how many were flagged."""
    return asyncio.run(_imported(Path(export), prepared(Path(home)), judging))


async def _imported(export: Path, home: Path, judging: bool) -> int:
    app = await App.open(home, explain_finding, explain_note)
    try:
        summary = await app.importing.run(open_export(export), judging=judging)
    finally:
        await app.stop()
    return summary.flagged


def scanned(lines: str, home: str) -> int:
    """Judge the same texts in this process, printing to nowhere."""
    keep = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    code = scanning.run(Path(lines), 1, prepared(Path(home)))
    os.dup2(keep, 1)
    return code
