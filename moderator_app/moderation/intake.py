"""Takes messages in: stored first, then judged, then in the queue if a rule spoke."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import timedelta

from moderator_app.domain import ai_findings
from moderator_app.domain.judgement import Judged
from moderator_app.domain.likeness import Likeness
from moderator_app.domain.message import CommunityKey, Join, Message, MessageKey
from moderator_app.domain.policy import Policy, judge, suggest
from moderator_app.domain.ports import Delivery, Source
from moderator_app.judging.likeness import sameness
from moderator_app.judging.reports import REPORTED, without_report
from moderator_app.judging.sequence_engine import SequenceEngine
from moderator_app.judging.window import MOST_JOINS, MOST_MESSAGES
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.moderation.judges import Judgement, Judges
from moderator_app.moderation.spans import Span, around, lacking, later, united
from moderator_app.storage import closing, cursors, lists, messages, people
from moderator_app.storage import intake as storage
from moderator_app.storage.database import Database
from moderator_app.storage.intake import Checks, Conclude, Former, RulesOutdated
from moderator_app.storage.items import JudgedMessage, Reached, TakenBack
from moderator_app.storage.messages import Stored, StoredMessage
from moderator_app.storage.verdicts import Recorded

# How far back the sequence rules look.
WINDOW = timedelta(hours=24)
# How much more is recalled at once.
AHEAD = timedelta(hours=24)
WAITING_BATCH = 500
# Judged anew when the rules change: some seconds of work.
REJUDGED = 20_000
# Taken into the memory without a pause: some milliseconds.
REMEMBERED_BATCH = 500


class Memory:
    """What the sequence rules remember while messages pass.

    The live feed has one of its own; an import, which tells of another time, brings another. Whatever is stored of
    the time around the messages is recalled before they are judged, so that it does not matter in which order files
    are imported, nor what stands first in them.
    """

    def __init__(self, database: Database, judges: Judges) -> None:
        self._database = database
        self._judges = judges
        self._engine: SequenceEngine | None = None
        # Of these times everything is remembered; without overlaps, in order.
        self._spans: tuple[Span, ...] = ()

    async def engine(self, messages: Sequence[Message]) -> SequenceEngine:
        """Sequence rules by the rules in force, which remember what is stored of the time around `messages`."""
        dates = [each.date for each in messages if each.date is not None]
        while True:
            if self._engine is None or self._engine.book is not self._judges.book:
                self._engine, self._spans = SequenceEngine(self._judges.book), ()
            engine = self._engine
            if dates:
                await self._recall(engine, around(dates, WINDOW))
            if engine is self._engine and engine.book is self._judges.book:
                return engine

    async def aclose(self) -> None:
        """Forget everything when no more messages come. In a thread: there may be a hundred thousand."""
        engine, self._engine, self._spans = self._engine, None, ()
        if engine is not None:
            await asyncio.to_thread(engine.clear)

    async def _recall(self, engine: SequenceEngine, needed: Sequence[Span]) -> None:
        since = needed[0].first
        engine.keep_since(since)
        self._spans = tuple(Span(max(each.first, since), each.last) for each in self._spans if each.last > since)
        for missing in lacking(needed, self._spans):
            # Most files go on in time: what comes next is asked for along with it.
            span = Span(missing.first, later(missing.last, AHEAD))
            await self._recall_span(engine, span)
            self._spans = united((*self._spans, span))

    async def _recall_span(self, engine: SequenceEngine, span: Span) -> None:
        for join in await self._database.read(people.joined, *span, MOST_JOINS):
            engine.join(join)
        found = await self._database.read(messages.remembered, *span, MOST_MESSAGES)
        for number, each in enumerate(found):
            if number % REMEMBERED_BATCH == 0:
                await asyncio.sleep(0)
            engine.recall(each.message, each.text_hash)


class Intake:
    """The inward way of a message. Messages that share a `Memory` must come one after the other."""

    def __init__(
        self,
        database: Database,
        judges: Judges,
        changes: Changes,
        clock: Clock = now,
        judged: Callable[[], None] = lambda: None,
    ) -> None:
        """`judged` is told that live messages have their verdicts."""
        self._database = database
        self._judges = judges
        self._changes = changes
        self._clock = clock
        self._judged = judged
        self._live = self.memory()
        self._in_order = asyncio.Lock()

    def memory(self) -> Memory:
        """A memory of its own for messages of another time than the live feed's."""
        return Memory(self._database, self._judges)

    async def watch(self, source: Source, heard: Callable[[], None] = lambda: None) -> None:
        """Take in what a source delivers, as long as its stream lasts; `heard` is called after each delivery.

        Raises what the source raises.
        """
        cursor = await self._database.read(cursors.read, source.name)
        stream = source.messages(cursor)
        try:
            async for delivery in stream:
                await self.accept(delivery, source.name)
                heard()
        finally:
            # Left to the collector of garbage it would run on beside the next one.
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()

    async def accept(self, delivery: Delivery, source: str) -> Recorded:
        """Store a live delivery and judge what is new in it, however long the file is locked or the disk full."""
        async with self._in_order:
            # Asked before the delivery is stored: it does not remember itself.
            await self._live.engine(delivery.messages)
            offered = self._asked_about(delivery.messages)
            stored = await self._database.insist(storage.store, delivery, self._clock(), source, offered)
            if not stored.to_judge:
                # Otherwise what was stored is told along with the verdicts, which follow at once.
                self._changes.wake()
            recorded = await self._judge(stored.to_judge, self._live, delivery.joins, insist=True)
            if delivery.penalties and recorded.items:
                # What came together with a penalty had not entered the queue when that was stored.
                await self._database.insist(closing.penalise, delivery.penalties)
                self._changes.wake()
            if offered:
                self._judged()
            return recorded

    def _asked_about(self, messages: Sequence[Message]) -> set[CommunityKey]:
        """The communities of `messages` in which AI may be asked."""
        book = self._judges.book
        return {key for key in {each.key.community_key for each in messages} if book.policy(key).ai.enabled}

    async def store(self, delivery: Delivery, source: str = "") -> Stored:
        """Store only; what stays unjudged is judged at the next start. A delivery without a source is a file's."""
        stored = await self._database.write(storage.store, delivery, self._clock(), source)
        self._changes.wake()
        return stored

    async def store_judged(self, delivery: Delivery, judgement: Judgement, memory: Memory) -> tuple[Stored, Recorded]:
        """Store what a file holds together with the verdicts on it."""
        while True:
            judgement, sequences = await self._in_force(delivery.messages, judgement, memory)
            conclude = _conclusion(delivery.messages, delivery.joins, judgement, sequences)
            version = judgement.book.default.version
            try:
                done = await self._database.write(storage.store_judged, delivery, self._clock(), conclude, version)
            except RulesOutdated:
                await self._use_new_rules()
                continue
            self._changes.wake()
            return done

    async def judge_waiting(self) -> int:
        """Judge every message stored until now that has no verdict: a stop or new rules left it."""
        # Asked of the writer: what a cancelled import was storing stands behind it in the same line.
        last = await self._database.write(messages.newest_id)
        total = 0
        async with aclosing(self.memory()) as memory:
            while waiting := await self._database.read(messages.unjudged, last, WAITING_BATCH):
                await self._judge(waiting, memory)
                total += len(waiting)
        return total

    async def rules_changed(self) -> None:
        """Judge what waits in the queue, and the newest messages, by the rules that are in force now."""
        await self._database.write(messages.forget_verdicts, REJUDGED)
        await self.judge_waiting()

    async def _judge(
        self, stored: Sequence[StoredMessage], memory: Memory, joins: Sequence[Join] = (), *, insist: bool = False
    ) -> Recorded:
        """Add what the sequence rules find, combine everything under the policies and store the verdicts."""
        if not stored:
            _take_in(joins, await memory.engine(()))
            return Recorded((), 0)
        texts = [each.message for each in stored]
        judgement = await self._judges.judge(texts)
        write = self._database.insist if insist else self._database.write
        while True:
            judgement, sequences = await self._in_force(texts, judgement, memory)
            conclude = _conclusion(texts, joins, judgement, sequences)
            try:
                recorded = await write(storage.conclude, stored, conclude, judgement.book.default.version)
            except RulesOutdated:
                await self._use_new_rules()
                continue
            self._changes.wake()
            return recorded

    async def _use_new_rules(self) -> None:
        """Another process changed the rules: it has judged again what was stored till then."""
        self._judges.use(await self._database.read(lists.rule_book))

    async def _in_force(
        self, texts: Sequence[Message], judgement: Judgement, memory: Memory
    ) -> tuple[Judgement, SequenceEngine]:
        """The judgement by the rules in force, made again if they changed meanwhile.

        What is written without waiting in between is written before the change has verdicts forgotten.
        """
        while True:
            sequences = await memory.engine(texts)
            if judgement.book is self._judges.book is sequences.book:
                return judgement, sequences
            judgement = await self._judges.judge(texts)


def _conclusion(
    texts: Sequence[Message], joins: Sequence[Join], judgement: Judgement, sequences: SequenceEngine
) -> Conclude:
    """What makes verdicts of the findings on `texts`, among which the stored messages are."""
    found = {id(each): judged for each, judged in zip(texts, judgement.judged, strict=True)}
    concluded: list[JudgedMessage] = []

    def conclude(stored: Sequence[StoredMessage], former: Former, checks: Checks) -> list[JudgedMessage]:
        # What is written at the second try must not be observed twice.
        if not concluded:
            _take_in(joins, sequences)
            concluded.extend(_verdict(each, found[id(each.message)], sequences, former, checks) for each in stored)
        return concluded

    return conclude


def _take_in(joins: Sequence[Join], sequences: SequenceEngine) -> None:
    for join in joins:
        sequences.join(join)


def _verdict(
    stored: StoredMessage, judged: Judged, sequences: SequenceEngine, former: Former, checks: Checks
) -> JudgedMessage:
    policy = sequences.policy(stored.message.key)
    standing = former.get(stored.id, ()) if former else ()
    reached: tuple[Reached | TakenBack, ...] = ()
    if stored.again:
        sequences.remember(stored.message, judged.text_hash)
        earlier = sequences.still_holds(standing, stored.message.key.community_key)
    else:
        observed = sequences.observe(stored.message, judged)
        earlier = observed.findings
        if standing:
            earlier += sequences.outlasts_edits(standing, earlier)
        if observed.reached:
            reached = tuple(Reached(key, finding, sequences.policy(key)) for key, finding in observed.reached)
        if stored.known and sequences.took_back(stored.message):
            reached += (_report_taken_back(stored.message.key, stored.message.reply_to, policy),)
    check = checks.get(stored.id) if checks else None
    answered = () if check is None else ai_findings.findings(check, judged.findings)
    verdict = judge((*judged.findings, *earlier, *answered), policy)
    suggested = suggest(verdict, policy)
    likeness = judged.likeness
    if earlier and not judged.findings:
        likeness = Likeness(same=sameness(stored.message, judged.text_hash))
    return JudgedMessage(stored.id, stored.version, verdict, judged.text_hash, suggested, reached, likeness)


def _report_taken_back(by: MessageKey, about: str, policy: Policy) -> TakenBack:
    key = MessageKey(by.platform, by.community, about)
    return TakenBack(key, REPORTED, by, lambda finding: without_report(finding, by), policy)
