"""The queue page on a long queue: first paint against an empty one, a decision against a short one."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from moderator_app.app import DATABASE
from moderator_app.domain.likeness import Likeness
from moderator_app.domain.message import Author, AuthorKey, Message, MessageKey, Platform
from moderator_app.domain.policy import Policy, judge, suggest
from moderator_app.domain.verdict import Finding, Label
from moderator_app.paths import profile as prepared
from moderator_app.storage import messages, verdicts
from moderator_app.storage.database import Database
from moderator_app.storage.items import JudgedMessage
from tests.benchmarks import chats, child, figures

ITEMS = 200_000
FEW = 100
PAINTS = 7
ROUNDS = 3
DECISIONS = 80
# A moderator reads before the next key; decisions that wait for each other would measure the queue of them.
PAUSE_SECONDS = 0.15
FILLED_AT_ONCE = 2000

_THIS = "tests.benchmarks.queue_page"


def run() -> None:
    figures.heading(f"Queue page with {ITEMS} open items")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for profile, items in (("empty", 0), ("few", FEW), ("many", ITEMS)):
            asyncio.run(_fill(folder / profile, items))
        empty, many = (_paints(folder / profile) for profile in ("empty", "many"))
        figures.against("first paint, many / empty (medians)", many * 1000, empty * 1000, "ms", 1.5)
        few, many = (_decisions(folder, profile) for profile in ("few", "many"))
        figures.against(f"decision p95, many / {FEW}", many * 1000, few * 1000, "ms", 2)


def _paints(profile: Path) -> float:
    return figures.middle(
        [child.run(f"{_THIS}:first_paint", str(profile)) for _ in range(PAINTS)], lambda took: took.answer
    )


def _decisions(folder: Path, profile: str) -> float:
    """The 95th percentile over fresh copies of a profile."""
    seconds: list[float] = []
    for number in range(ROUNDS):
        copy = Path(shutil.copytree(folder / profile, folder / f"{profile}-{number}"))
        seconds += child.run(f"{_THIS}:decisions", str(copy), DECISIONS).answer
        shutil.rmtree(copy)
    return figures.percentile(seconds, 0.95)


def first_paint(profile: str) -> float:
    """Seconds from the window's making to the first paint of the list, or of the words that nothing waits."""
    from tests.benchmarks.window import Console, Painted, drive

    async def driver(console: Console) -> float:
        loaded = asyncio.Event()
        console.queue.model.modelReset.connect(loaded.set)
        painted = Painted(console.queue, lambda: True)
        await loaded.wait()
        if console.queue.model.rowCount():
            painted = Painted(console.queue.view, lambda: True)
        return max(await painted.at(), time.perf_counter()) - console.opened

    return drive(Path(profile), driver)


def decisions(profile: str, count: int) -> list[float]:
    """Seconds from the key of a decision to the paint of the next card."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.benchmarks.window import Console, Painted, drive

    async def driver(console: Console) -> list[float]:
        card = console.queue.card
        while card.item is None:
            await asyncio.sleep(0.01)
        took = []
        for _ in range(count):
            await asyncio.sleep(PAUSE_SECONDS)
            decided = card.item
            painted = Painted(card, lambda old=decided: card.item not in (old, None))  # type: ignore[misc]
            began = time.perf_counter()
            QTest.keyClick(console.queue.view, Qt.Key.Key_A)
            took.append(await painted.at() - began)
        return took

    return drive(Path(profile), driver)


async def _fill(profile: Path, items: int) -> None:
    database = await asyncio.to_thread(Database.open, prepared(profile) / DATABASE)
    try:
        lines = _messages(items)
        while batch := list(islice(lines, FILLED_AT_ONCE)):
            stored = await database.write(messages.store, batch, datetime.now(UTC))
            await database.write(verdicts.record, [_flagged(each) for each in stored.to_judge])
    finally:
        await asyncio.to_thread(database.close)


def _messages(count: int) -> Iterator[Message]:
    for line in chats.telegram_messages(count, seed=3):
        yield Message(
            MessageKey(Platform.TELEGRAM, "3", str(line["id"])),
            line["text"],
            datetime.fromtimestamp(int(line["date_unixtime"]), UTC),
            Author(AuthorKey(Platform.TELEGRAM, line["from_id"].removeprefix("user")), line["from"]),
        )


def _flagged(stored: messages.StoredMessage) -> JudgedMessage:
    word = stored.message.text.split(maxsplit=1)[0]
    found = Finding(
        "stop_words", Label.LIST, 0.8, "finding.stop_words.words", ((0, len(word)),), (("words", word), ("count", 1))
    )
    policy = Policy()
    verdict = judge((found,), policy)
    # Every fifth is one of a campaign of ten, the others are like none.
    alike = stored.id // 50 if stored.id % 5 == 0 else -stored.id
    likeness = Likeness(same=(alike,))
    return JudgedMessage(stored.id, stored.version, verdict, stored.id, suggest(verdict, policy), likeness=likeness)
