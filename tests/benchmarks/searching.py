"""Searching a million messages, and filtering a hundred thousand that wait."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median

from moderator_app.app import DATABASE
from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Attachment, Author, AuthorKey, Message, MessageKey, Platform
from moderator_app.domain.policy import Policy, judge, suggest
from moderator_app.domain.traits import EVERYTHING, MEDIA, QueueFilter
from moderator_app.domain.verdict import Finding, Label
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.moderation.review import Review
from moderator_app.moderation.search import Search
from moderator_app.moderation.views import Views
from moderator_app.paths import profile as prepared
from moderator_app.storage import messages, verdicts
from moderator_app.storage.database import Database
from moderator_app.storage.items import JudgedMessage
from tests.benchmarks import chats, figures

MESSAGES = 1_000_000
# One in so many waits in the queue.
WAITING = 10
COMMUNITIES = 20
FILLED_AT_ONCE = 2000
ROUNDS = 5
DECISIONS = 80
# As long as counting took, so many times over, nothing is counted.
REST_SHARE = 10
SEARCH_MS, PAGE_MS = 1000, 100
SHOWN = 100

QUERIES = (
    "работа",
    "и",
    "деньги работа",
    '"что это"',
    "кредит*",
    "работа -деньги",
    "joinchat",
    "никогданебывало",
    "author:100007",
    "работа author:иван",
    "работа source:vk",
    "работа has:media",
    "has:media",
    "is:open работа",
    "is:deleted",
    "rule:links",
    "label:spam before:2025-02-01",
    "community:7 after:2025-03-01",
    "before:2024-01-01",
)  # fmt: skip
FILTERS = {
    "no filter": EVERYTHING,
    "a rule": QueueFilter(frozenset({"rule:links"})),
    "a rare community": QueueFilter(frozenset({"community:telegram:7"})),
    "without two": QueueFilter(exclude=frozenset({"source:vk", "rule:stop_words"})),
    "media of newcomers": QueueFilter(frozenset({MEDIA, "author:newcomer"})),
    "nothing fits": QueueFilter(frozenset({"rule:reported"})),
}


def run(count: int | None = None) -> None:
    count = count or MESSAGES
    figures.heading(f"Search of {count} messages, {count // WAITING} of which wait")
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(_measure(prepared(Path(name) / "profile"), count))


async def fill(database: Database, count: int) -> None:
    """Store so many messages, of which one in `WAITING` waits."""
    lines = _messages(count)
    while batch := list(islice(lines, FILLED_AT_ONCE)):
        stored = await database.write(messages.store, batch, datetime.now(UTC))
        flagged = [_flagged(each) for each in stored.to_judge if each.id % WAITING == 0]
        await database.write(verdicts.replace, flagged, {each.message for each in flagged})


async def _measure(profile: Path, count: int) -> None:
    database = await asyncio.to_thread(Database.open, profile / DATABASE)
    try:
        began = time.perf_counter()
        await fill(database, count)
        figures.fact(
            "stored", f"{time.perf_counter() - began:.0f} s, {(profile / DATABASE).stat().st_size / 1e6:.0f} MB"
        )
        await _search(database)
        await _filter(database)
    finally:
        await asyncio.to_thread(database.close)


async def _search(database: Database) -> None:
    search = Search(database)
    await search.find("словарь")
    for query in QUERIES:

        async def once(query: str = query) -> int:
            found = await search.find(query)
            await search.hits(found, found.messages[:SHOWN])
            return len(found.messages)

        took, found = await _timed(once)
        figures.bound(f"{query} ({found} found), slowest", max(took), "ms", SEARCH_MS)


async def _filter(database: Database) -> None:
    review, queue = Review(database, Changes(), lambda: 0.0, "benchmark"), QueueReading(database)
    views = Views(database)
    for name, wanted in FILTERS.items():

        async def page(wanted: QueueFilter = wanted) -> int:
            return len((await queue.page(None, 200, None, wanted)).rows)

        async def counts(wanted: QueueFilter = wanted) -> int:
            return (await views.counts(wanted))[1].rows

        took, _rows = await _timed(page)
        figures.bound(f"first page, {name}, median", median(took), "ms", PAGE_MS)
        took, rows = await _timed(counts)
        figures.fact(f"counts, {name}, median", f"{median(took):.1f} ms ({rows} rows)")
    alone = await _decisions(review, queue)
    counting = asyncio.create_task(_count_for_ever(views))
    beside = await _decisions(review, queue)
    counting.cancel()
    figures.against("decision p95, beside counting / alone", beside, alone, "ms", 2)


async def _decisions(review: Review, queue: QueueReading) -> float:
    """The 95th percentile of the milliseconds that a stored decision takes."""
    rows = (await queue.page(None, DECISIONS)).rows
    took = []
    for row in rows:
        began = time.perf_counter()
        await review.decide([row.item], Choice.DISMISS, whole_group=False)
        took.append(1000 * (time.perf_counter() - began))
    return figures.percentile(took, 0.95)


async def _count_for_ever(views: Views) -> None:
    """As the window does while messages arrive: it rests in proportion to what counting took."""
    while True:
        began = time.perf_counter()
        await views.counts()
        await asyncio.sleep(REST_SHARE * (time.perf_counter() - began))


async def _timed(work: Callable[[], Awaitable[int]]) -> tuple[list[float], int]:
    """The milliseconds of some rounds, the first included, and what was found."""
    took, found = [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = await work()
        took.append(1000 * (time.perf_counter() - began))
    return took, found


def _messages(count: int) -> Iterator[Message]:
    for number, line in enumerate(chats.telegram_messages(count, seed=3), 1):
        platform = Platform.VK if number % 4 == 0 else Platform.TELEGRAM
        # The first communities are large, the last small.
        place = str(1 + min(number % COMMUNITIES, number % 13))
        yield Message(
            MessageKey(platform, place, str(line["id"])),
            line["text"],
            date := datetime.fromtimestamp(int(line["date_unixtime"]), UTC),
            Author(AuthorKey(platform, line["from_id"].removeprefix("user")), line["from"]),
            joined=date if number % 37 == 0 else None,
            attachments=(Attachment("photo", str(number)),) if number % 29 == 0 else (),
        )


def _flagged(stored: messages.StoredMessage) -> JudgedMessage:
    rules = (("stop_words", Label.LIST), ("links", Label.SPAM), ("profanity", Label.PROFANITY), ("emoji", Label.SPAM))
    chosen = [rule for place, rule in enumerate(rules) if (stored.id // WAITING) % (place + 2) == 0] or [rules[0]]
    words = (("words", stored.message.text[:2]), ("count", 1))
    found = [Finding(rule, label, 0.8, "finding.stop_words.words", ((0, 2),), words) for rule, label in chosen]
    policy = Policy()
    verdict = judge(found, policy)
    return JudgedMessage(stored.id, stored.version, verdict, stored.id, suggest(verdict, policy))
