"""Takes messages in: stored first, then judged, then in the queue if a rule spoke."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from moderator_app.domain.judgement import Judged
from moderator_app.domain.policy import judge, suggest
from moderator_app.domain.ports import Delivery, Source
from moderator_app.judging.engine import SequenceEngine
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.judges import Judges
from moderator_app.storage import cursors, messages, verdicts
from moderator_app.storage import intake as storage
from moderator_app.storage.database import Database
from moderator_app.storage.messages import Stored, StoredMessage
from moderator_app.storage.verdicts import JudgedMessage, Recorded

log = logging.getLogger(__name__)

# How far back the sequence rules look.
WINDOW = timedelta(hours=24)
WAITING_BATCH = 500


class Intake:
    """The inward way of a message. `conclude` must be called in the order of the messages: sequence rules remember."""

    def __init__(self, database: Database, judges: Judges, changes: Changes, clock: Clock = now) -> None:
        self._database = database
        self._judges = judges
        self._changes = changes
        self._clock = clock
        self._sequences = SequenceEngine(judges.book)
        self._in_order = asyncio.Lock()

    async def watch(self, source: Source) -> None:
        """Take in what a source delivers, for ever."""
        cursor = await self._database.read(cursors.read, source.name)
        async for delivery in source.messages(cursor):
            await self.accept(delivery, source.name)

    async def accept(self, delivery: Delivery, source: str = "") -> Recorded:
        """Store a delivery and judge what is new in it."""
        stored = await self.store(delivery, source)
        return await self._judge_in_order(stored.to_judge)

    async def store(self, delivery: Delivery, source: str = "") -> Stored:
        """Store only; what stays unjudged is judged at the next start."""
        stored = await self._database.write(storage.store, delivery, self._clock(), source)
        self._changes.wake()
        return stored

    async def conclude(self, stored: Sequence[StoredMessage], judged: Sequence[Judged]) -> Recorded:
        """Add what the sequence rules find, combine everything under the policies and store the verdicts."""
        concluded = [self._verdict(each, found) for each, found in zip(stored, judged, strict=True)]
        recorded = await self._database.write(verdicts.record, concluded)
        self._changes.wake()
        return recorded

    async def judge_waiting(self) -> int:
        """Judge every stored message that has no verdict: a stop, a cancelled import or new rules left them."""
        await self.remember(self._clock())
        total = 0
        while waiting := await self._database.read(messages.unjudged, WAITING_BATCH):
            await self._judge_in_order(waiting)
            total += len(waiting)
        return total

    async def remember(self, before: datetime) -> None:
        """Rebuild what the sequence rules know of the time before."""
        sequences = SequenceEngine(self._judges.book)
        for each in await self._database.read(messages.remembered, before, WINDOW):
            sequences.remember(each.key, each.author, each.date, each.text_hash)
        self._sequences = sequences

    async def rules_changed(self) -> None:
        """Judge what is in the queue by the rules that are in force now."""
        await self._database.write(messages.forget_verdicts_of_open_items)
        await self.judge_waiting()

    async def _judge_in_order(self, stored: Sequence[StoredMessage]) -> Recorded:
        async with self._in_order:
            if not stored:
                return Recorded((), 0)
            judged = await self._judges.judge([each.message for each in stored])
            return await self.conclude(stored, judged)

    def _verdict(self, stored: StoredMessage, judged: Judged) -> JudgedMessage:
        policy = self._judges.book.policy(stored.message.key.community_key)
        earlier = self._sequences.observe(stored.message, judged.text_hash)
        verdict = judge((*judged.findings, *earlier), policy)
        return JudgedMessage(stored.id, stored.version, verdict, judged.text_hash, suggest(verdict, policy))
