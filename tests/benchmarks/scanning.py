"""Speed of `scan` with short and long lists of stop words, beside the least that judging a line can take."""

import asyncio
import json
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from moderator_app.app import App
from moderator_app.domain.lists import StopWord
from moderator_app.language import explain_finding, explain_note
from moderator_app.paths import profile as prepared
from tests.benchmarks import chats, child, figures

MESSAGES = 50_000
STOP_WORDS = (0, 100, 10_000)
ROUNDS = 3

_THIS = "tests.benchmarks.scanning"


def run() -> None:
    figures.heading(f"Scan of {MESSAGES} messages in one process (medians of {ROUNDS} rounds)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = chats.write_lines(folder / "lines.jsonl", MESSAGES)
        homes = {count: folder / str(count) for count in STOP_WORDS}
        for count, home in homes.items():
            asyncio.run(_keep_words(prepared(home), count))
        rounds = [_round(lines, homes) for _ in range(ROUNDS)]
    least = figures.middle(rounds, lambda each: each["floor"].cpu)
    figures.fact("floor: JSON in and out, NFKC, one regex", f"{MESSAGES / least:,.0f} messages a second")
    for count in STOP_WORDS:
        took = figures.middle(rounds, lambda each, count=count: each[str(count)].cpu)  # type: ignore[misc]
        figures.fact(f"{count} stop words", f"{MESSAGES / took:,.0f} messages a second, {took / least:.1f} x the floor")


def _round(lines: Path, homes: dict[int, Path]) -> dict[str, child.Took]:
    scans = {
        str(count): child.run("tests.benchmarks.importing:scanned", str(lines), str(home))
        for count, home in homes.items()
    }
    return scans | {"floor": child.run(f"{_THIS}:floor", str(lines))}


def floor(lines: str) -> int:
    """Read, normalise, search once and write."""
    word = re.compile(r"\bказино\b")
    found = 0
    with Path(lines).open("rb") as file, Path(os.devnull).open("wb") as nowhere:
        for line in file:
            message = json.loads(line)
            hit = word.search(unicodedata.normalize("NFKC", message["text"]).lower()) is not None
            found += hit
            nowhere.write(json.dumps({"id": message["id"], "flagged": hit}, ensure_ascii=False).encode() + b"\n")
    return found


async def _keep_words(profile: Path, count: int) -> None:
    app = await App.open(profile, explain_finding, explain_note)
    try:
        await app.lists.set_stop_words([StopWord(word) for word in chats.stop_words(count)])
    finally:
        await app.stop()
