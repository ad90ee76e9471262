"""Speed of `scan` with short and long lists of stop words, beside the least that judging a line can take.

Measured on generated chats and on the texts of the labelled sets; of these also what a message judged alone takes, and
where the time goes.
"""

import asyncio
import json
import os
import random
import re
import tempfile
import unicodedata
from itertools import islice
from pathlib import Path
from time import perf_counter

from moderator_app.app import App
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import StopWord
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.judging.engine import Engine
from moderator_app.language import explain_finding, explain_note
from moderator_app.paths import profile as prepared
from moderator_app.sources.json_lines import read_line
from tests.benchmarks import chats, child, figures, quality

MESSAGES = 50_000
LABELLED = 200_000
ALONE = 5_000
PARTS = 50_000
STOP_WORDS = (0, 100, 10_000)
ROUNDS = 3
# Dictionaries and lists are prepared when they are first asked, which takes longer than many messages.
FIRST = 500

_WANTED_A_SECOND = 12_000
_WANTED_RATIO = 1.1
_WANTED_ALONE_MS = 2

_THIS = "tests.benchmarks.scanning"
_SCANNED = "tests.benchmarks.importing:scanned"


def run(data: Path | None = None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        homes = {count: folder / str(count) for count in STOP_WORDS}
        for count, home in homes.items():
            asyncio.run(_keep_words(prepared(home), count))
        _compare("generated messages", chats.write_lines(folder / "chats.jsonl", MESSAGES), MESSAGES, homes)
        sets = data or quality.DATA
        if names := quality.lacking(sets):
            figures.heading(f"Scan of the labelled texts: not measured, {sets} lacks {', '.join(names)}")
            return
        lines = _write_texts(folder / "texts.jsonl", quality.texts(sets))
        _compare("lines of the labelled texts", lines, LABELLED, homes)
        _show_alone(lines)
        _show_parts(lines, homes[100])


def _compare(what: str, lines: Path, messages: int, homes: dict[int, Path]) -> None:
    figures.heading(f"Scan of {messages} {what} in one process (medians of {ROUNDS} rounds)")
    with lines.open("rb") as file:
        few_lines = lines.with_suffix(".few")
        few_lines.write_bytes(b"".join(islice(file, FIRST)))
    rounds = [_round(lines, few_lines, homes) for _ in range(ROUNDS)]
    least = _middle(rounds, "floor")
    took = {count: _middle(rounds, str(count)) for count in STOP_WORDS}
    firsts = {count: _middle(rounds, f"first of {count}") for count in STOP_WORDS}
    figures.fact("floor: JSON in and out, NFKC, one regex", f"{messages / least:,.0f} messages a second")
    for count, seconds in took.items():
        rate = f"{messages / seconds:,.0f} messages a second, {seconds / least:.1f} x the floor"
        figures.fact(f"{count} stop words", f"{rate}; {firsts[count]:.2f} s for the first {FIRST}")
    figures.bound("10,000 stop words, a message", took[10_000] / messages * 1e6, "us", 1e6 / _WANTED_A_SECOND)
    figures.against("10,000 stop words / 100", took[10_000], took[100], "s", _WANTED_RATIO)


def _round(lines: Path, few_lines: Path, homes: dict[int, Path]) -> dict[str, child.Took]:
    took = {"floor": child.run(f"{_THIS}:floor", str(lines))}
    for count, home in homes.items():
        took[str(count)] = child.run(_SCANNED, str(lines), str(home))
        took[f"first of {count}"] = child.run(_SCANNED, str(few_lines), str(home))
    return took


def _middle(rounds: list[dict[str, child.Took]], name: str) -> float:
    """The median of the processor time of one measurement."""
    return figures.middle(rounds, lambda each: each[name].cpu)


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


def alone(lines: str) -> float:
    """Milliseconds in which 99 of 100 messages are judged, each by itself."""
    nowhere = Community(CommunityKey(Platform.TELEGRAM, ""))
    engine = Engine(RuleBook())
    with Path(lines).open("rb") as file:
        messages = [read_line(line, 1, nowhere).message for line in islice(file, ALONE)]
    took = []
    for message in messages:
        began = perf_counter()
        engine.judge(message)
        took.append(perf_counter() - began)
    return figures.percentile(took, 0.99) * 1e3


def _show_alone(lines: Path) -> None:
    rounds = [child.run(f"{_THIS}:alone", str(lines)).answer for _ in range(ROUNDS)]
    figures.bound("one message judged alone, p99", figures.middle(rounds, float), "ms", _WANTED_ALONE_MS)


def _show_parts(lines: Path, home: Path) -> None:
    figures.heading(f"Where the time goes, {PARTS} of these lines, 100 stop words")
    took: dict[str, float] = child.run("tests.benchmarks.scanning_parts:parts", str(lines), str(home), PARTS).answer
    small = [part for part, each in took.items() if each < 0.5]
    for part, each in took.items():
        if part not in small:
            figures.fact(part, f"{each:.1f} microseconds a message")
    figures.fact(f"{len(small)} rules more", f"{sum(took[part] for part in small):.1f}")
    figures.fact("together", f"{sum(took.values()):.1f}")


def _write_texts(path: Path, texts: list[str]) -> Path:
    """`LABELLED` lines of these texts in any order, none twice: a number makes each one of a kind."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(LABELLED):
            if number % len(texts) == 0:
                chance.shuffle(texts)
            line = {"id": number, "text": f"{texts[number % len(texts)]} {number}"}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


async def _keep_words(profile: Path, count: int) -> None:
    app = await App.open(profile, explain_finding, explain_note)
    try:
        await app.lists.set_stop_words([StopWord(word) for word in chats.stop_words(count)])
    finally:
        await app.stop()
