"""What tests of the storage do again and again, in one line each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.message import CommunityKey, Message, Platform
from moderator_app.domain.policy import Policy, judge
from moderator_app.domain.ports import Delivery
from moderator_app.domain.statistics import Overview, Period
from moderator_app.domain.verdict import Finding, Label
from moderator_app.storage import decisions, intake, queue, statistics, verdicts
from moderator_app.storage.database import Database
from moderator_app.storage.decisions import NewDecision, StoredDecision, StoredUndo
from moderator_app.storage.items import JudgedMessage
from moderator_app.storage.messages import Stored, StoredMessage
from tests.builders import NOON

YARD = CommunityKey(Platform.TELEGRAM, "100")
MOMENT = timedelta(seconds=1)
WARNINGS = {"ru": "Соблюдайте правила.", "en": "Keep to the rules."}
HERE = {YARD: frozenset(ActionKind)}


async def arrive(database: Database, *messages: Message, source: str = "fake") -> Stored:
    return await database.write(intake.store, Delivery(tuple(messages)), NOON, source)


def profanity(*spans: tuple[int, int], word: str = "хуй", score: float = 0.9) -> Finding:
    return Finding("profanity", Label.PROFANITY, score, "finding.profanity", spans or ((0, 3),), base_form=word)


async def conclude(database: Database, stored: Sequence[StoredMessage], *findings: Finding) -> tuple[int, ...]:
    """Judge messages, all alike; returns the queue items concerned."""
    verdict = judge(findings, Policy())
    judged = [JudgedMessage(each.id, each.version, verdict, 0, Choice.DELETE) for each in stored]
    return (await database.write(verdicts.record, judged)).items


async def flag(database: Database, *messages: Message, source: str = "fake") -> tuple[int, ...]:
    """The items of messages that a rule spoke about."""
    return await conclude(database, (await arrive(database, *messages, source=source)).to_judge, profanity())


async def decide(
    database: Database,
    *items: int,
    choice: Choice = Choice.DELETE,
    at: datetime = NOON,
    grace: float = 0.0,
    whole_group: bool = False,
) -> StoredDecision:
    due = at + timedelta(seconds=grace)
    wanted = NewDecision(items, choice, "", "anna", at, due, None, whole_group, warnings=WARNINGS, consent=True)
    return await database.write(decisions.decide, wanted)


async def undo(database: Database, case: int) -> StoredUndo | None:
    return await database.write(decisions.undo, case, lambda _standing: [], NOON + MOMENT)


async def waiting(database: Database) -> tuple[int, ...]:
    return tuple(row.item for row in (await database.read(queue.page, None, 1000)).rows)


async def counted(database: Database, period: Period = Period.ALL) -> Overview:
    return await database.read(statistics.overview, period, NOON.date(), None)
