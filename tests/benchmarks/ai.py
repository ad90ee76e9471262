"""What AI asks for and what it costs the window, against the loopback server."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from moderator_app import paths
from moderator_app.ai_access import AiAccess
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.ai import BATCH, AiPolicy, Limits, Which
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.policy import Policy
from moderator_app.domain.ports import Delivery
from moderator_app.moderation.ai_budget import Budget
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.classifying import Classifying
from moderator_app.moderation.intake import Intake
from moderator_app.moderation.judges import Judges
from moderator_app.settings import OpenAi
from moderator_app.sources.sample_chat import history
from moderator_app.storage.database import Database
from tests.benchmarks import child, figures
from tests.servers.openai import OpenAiServer

RATE = 20
# Of requests to the chat model for each message.
WANTED = {Which.ALL: 0.25, Which.FLAGGED_AND_NEWCOMERS: 0.15}
EQUAL = 1.1
_SHARES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
_PLENTY = Limits(10**9, 10**9, 10**12, 10**12, 1e9, 1e9)


def run() -> None:
    economy()
    arrivals()
    flood()


@dataclass(frozen=True, slots=True)
class Counted:
    messages: int
    chat: int
    moderation: int
    tokens: int
    cached: int


def economy() -> None:
    """Requests and tokens for a thousand messages of the sample chats."""
    deliveries = history(paths.resources() / "demo", datetime.now(UTC))
    past = [message for delivery in deliveries for message in delivery.messages]
    figures.heading(f"AI on the sample chats ({len(past)} messages), for 1,000 messages")
    for which in (Which.ALL, Which.FLAGGED_AND_NEWCOMERS):
        alone = asyncio.run(_backlog(past, which, 1))
        together = asyncio.run(_backlog(past, which, BATCH))
        live = asyncio.run(_live(past, which))
        plain = len(past) if which is Which.ALL else alone.messages
        figures.fact(f"{which}: nothing saved (reckoned)", f"{1000 * plain / len(past):.0f} chat requests")
        for name, counted in (
            ("cache and skipping, no batches", alone),
            ("all of it, a backlog", together),
            (f"all of it, {RATE} messages/s arriving", live),
        ):
            per = 1000 / len(past)
            told = f"{counted.chat * per:.0f} chat, {counted.moderation * per:.0f} moderation requests"
            told += f", {counted.tokens * per:.0f} tokens, {counted.cached * per:.0f} of them from the prompt cache"
            figures.fact(f"{which}: {name}", told)
        figures.bound(f"{which}: chat requests a message, arriving", live.chat / len(past), "", WANTED[which])


async def _backlog(past: Sequence[Message], which: Which, together: int) -> Counted:
    async with _Room(which, together) as room:
        for message in past:
            await room.intake.accept(Delivery((message,)), "sample")
        done = await room.classifying.classify(which)
        return room.counted(done.messages)


async def _live(past: Sequence[Message], which: Which) -> Counted:
    async with _Room(which, BATCH) as room:
        work = asyncio.ensure_future(room.classifying.run())
        began = asyncio.get_running_loop().time()
        for place, message in enumerate(past):
            await asyncio.sleep(max(0.0, began + place / RATE - asyncio.get_running_loop().time()))
            await room.intake.accept(Delivery((message,)), "sample")
        heard = -1
        while heard != len(room.server.heard):
            heard = len(room.server.heard)
            await asyncio.sleep(2.0)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        return room.counted(len(past))


class _Room:
    """A profile without a window, and a server beside it."""

    def __init__(self, which: Which, together: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.server = OpenAiServer()
        database = Database.open(Path(self._folder.name) / "console.sqlite3")
        self._database, changes = database, Changes()
        ai = replace(AiPolicy(), enabled=True, which=which)
        self._judges = Judges(RuleBook(Policy(ai=ai)), workers=1)
        chosen = replace(OpenAi(), model="test-model")
        self._access = AiAccess(
            Credentials({Secret.OPENAI_KEY: "sk-test"}), lambda: replace(chosen, base_url=self.server.url)
        )
        budget = Budget(database, lambda: _PLENTY)
        self.classifying = Classifying(
            database, changes, lambda: self._judges.book, budget, self._access.connect, together=together
        )
        self.intake = Intake(database, self._judges, changes, judged=self.classifying.offer)

    async def __aenter__(self) -> "_Room":
        self.server.__enter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.classifying.close()
        self._judges.close()
        await asyncio.to_thread(self._database.close)
        self.server.__exit__()
        self._folder.cleanup()

    def counted(self, messages: int) -> Counted:
        return Counted(
            messages,
            self.server.counted["chat/completions"],
            self.server.counted["moderations"],
            self.server.tokens_told,
            self.classifying.budget.used.cached,
        )


def arrivals() -> None:
    """From arrival to row on the screen, with AI well, slow and dead, beside AI off."""
    figures.heading("Arrival to row on the screen, 20 messages/s, each against the rules (p50, p95)")
    off: float | None = None
    for name in ("off", "well", "slow", "dead"):
        with tempfile.TemporaryDirectory() as folder:
            late = child.run("tests.benchmarks.ai_window:arrival", folder, name).answer
        middle, last = (figures.percentile(late, share) for share in (0.5, 0.95))
        figures.fact(f"AI {name}", f"{middle:.0f}, {last:.0f} ms over {len(late)} rows")
        off = middle if off is None else off
        if name != "off":
            figures.against(f"AI {name}, p50", middle, off, "ms", EQUAL)


def flood() -> None:
    """500 messages a second, of which AI is to be asked about all, at two seconds an answer."""
    figures.heading("500 messages/s with AI at 2 s an answer: lateness of a 10 ms timer in the window's thread")
    for ai in ("off", "2 s"):
        peaks = []
        for seconds in (20, 60):
            with tempfile.TemporaryDirectory() as folder:
                took = child.run("tests.benchmarks.ai_window:flood", folder, ai, seconds)
            late, taken, waiting = took.answer
            peaks.append(took.memory / 1e6)
            shares = ", ".join(
                f"p{round(100 * each)} {figures.percentile(late, each):.1f}" for each in (0.5, 0.95, 0.99)
            )
            told = f"{taken / seconds:.0f} messages/s taken in, {waiting} wait for AI"
            figures.fact(f"AI {ai}, {seconds} s", f"{shares}, max {max(late):.1f} ms; {told}; peak {peaks[-1]:.0f} MB")
        if ai != "off":
            figures.bound("lateness, p99", figures.percentile(late, 0.99), "ms", 20)
            figures.bound("lateness, max", max(late), "ms", 100)
            figures.against("peak memory at 60 s beside 20 s", peaks[1], peaks[0], "MB", 1.3)
