"""Takes messages in: stored first, then judged, then in the queue if a rule spoke."""

import asyncio
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
from moderator_app.storage.items import JudgedMessage
from moderator_app.storage.messages import Stored, StoredMessage
from moderator_app.storage.verdicts import Recorded

# How far back the sequence rules look.
WINDOW = timedelta(hours=24)
WAITING_BATCH = 500
# Judged anew when the rules change: some seconds of work.
REJUDGED = 20_000


class Intake:
    """The inward way of a message.

    Sequence rules remember: what is concluded with one `SequenceEngine` must come in the order of the messages. The
    live feed has one of its own; an import, which tells of another time, brings another.
    """

    def __init__(self, database: Database, judges: Judges, changes: Changes, clock: Clock = now) -> None:
        self._database = database
        self._judges = judges
        self._changes = changes
        self._clock = clock
        self._live: SequenceEngine | None = None
        self._in_order = asyncio.Lock()

    async def watch(self, source: Source) -> None:
        """Take in what a source delivers, for ever."""
        cursor = await self._database.read(cursors.read, source.name)
        async for delivery in source.messages(cursor):
            await self.accept(delivery, source.name)

    async def accept(self, delivery: Delivery, source: str) -> Recorded:
        """Store a live delivery and judge what is new in it, however long the file is locked or the disk full."""
        async with self._in_order:
            # New rules may take the memory away while this one waits for the database.
            sequences = self._live = self._live or await self.remembering(self._clock())
            stored = await self._database.insist(storage.store, delivery, self._clock(), source)
            self._changes.wake()
            return await self._judge(stored.to_judge, sequences, insist=True)

    async def store(self, delivery: Delivery, source: str = "") -> Stored:
        """Store only; what stays unjudged is judged at the next start. A delivery without a source is a file's."""
        stored = await self._database.write(storage.store, delivery, self._clock(), source)
        self._changes.wake()
        return stored

    async def conclude(
        self,
        stored: Sequence[StoredMessage],
        judged: Sequence[Judged],
        sequences: SequenceEngine,
        *,
        insist: bool = False,
    ) -> Recorded:
        """Add what the sequence rules find, combine everything under the policies and store the verdicts."""
        concluded = await asyncio.to_thread(self._verdicts, stored, judged, sequences)
        write = self._database.insist if insist else self._database.write
        recorded = await write(verdicts.record, concluded)
        self._changes.wake()
        return recorded

    async def judge_waiting(self) -> int:
        """Judge every message stored until now that has no verdict: a stop, a cancelled import or new rules left it."""
        # Asked of the writer: what a cancelled import was storing stands behind it in the same line.
        last = await self._database.write(messages.newest_id)
        sequences: SequenceEngine | None = None
        total = 0
        while waiting := await self._database.read(messages.unjudged, last, WAITING_BATCH):
            if sequences is None:
                sequences = await self.remembering(waiting[0].message.date or self._clock())
            await self._judge(waiting, sequences)
            total += len(waiting)
        return total

    async def rules_changed(self) -> None:
        """Judge what waits in the queue, and the newest messages, by the rules that are in force now."""
        self._live = None
        await self._database.write(messages.forget_verdicts, REJUDGED)
        await self.judge_waiting()

    async def remembering(self, before: datetime) -> SequenceEngine:
        """Sequence rules that know what is stored of the time before."""
        sequences = SequenceEngine(self._judges.book)
        for each in await self._database.read(messages.remembered, before, WINDOW):
            sequences.remember(each.key, each.author, each.date, each.text_hash)
        return sequences

    async def _judge(
        self, stored: Sequence[StoredMessage], sequences: SequenceEngine, *, insist: bool = False
    ) -> Recorded:
        if not stored:
            return Recorded((), 0)
        judged = await self._judges.judge([each.message for each in stored])
        return await self.conclude(stored, judged, sequences, insist=insist)

    def _verdicts(
        self, stored: Sequence[StoredMessage], judged: Sequence[Judged], sequences: SequenceEngine
    ) -> list[JudgedMessage]:
        return [self._verdict(each, found, sequences) for each, found in zip(stored, judged, strict=True)]

    def _verdict(self, stored: StoredMessage, judged: Judged, sequences: SequenceEngine) -> JudgedMessage:
        policy = self._judges.book.policy(stored.message.key.community_key)
        if stored.former is None:
            earlier = sequences.observe(stored.message, judged.text_hash)
        else:
            earlier = sequences.still_holds(stored.former)
        verdict = judge((*judged.findings, *earlier), policy)
        return JudgedMessage(stored.id, stored.version, verdict, judged.text_hash, suggest(verdict, policy))
