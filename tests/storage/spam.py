"""Variants of a template, as they arrive and are judged."""

from datetime import datetime, timedelta
from typing import Any

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Message
from moderator_app.domain.policy import Policy, judge
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import fold
from moderator_app.judging.likeness import likeness
from moderator_app.judging.text_hash import text_hash
from moderator_app.storage import verdicts
from moderator_app.storage.database import Database
from moderator_app.storage.items import JudgedMessage
from moderator_app.storage.messages import StoredMessage
from tests.builders import NOON, author, message
from tests.storage.steps import arrive

FOUND = Finding("stop_words", Label.SPAM, 0.9, "finding.stop_words.words", ((0, 3),))
SWEARING = Finding("profanity", Label.PROFANITY, 0.9, "finding.profanity", ((0, 3),), base_form="хуй")

WORK = "Ищу людей в команду, доход от {n} долларов в день, без вложений, пишите @name{n}"
CREDIT = "Быстрые займы онлайн на карту без отказа и проверок, одобрим за {n} минут"
SLOTS = "Лучшее казино города дарит новым игрокам бонус {n} рублей, играй прямо сейчас"


def variant(template: str = WORK, number: int = 1, **overrides: Any) -> Message:
    """The template as its `number`th author writes it, a second after the one before."""
    given: dict[str, Any] = {
        "id": str(number),
        "author": author(str(1000 + number)),
        "date": NOON + timedelta(seconds=number),
    }
    return message(template.format(n=number), **(given | overrides))


def judged(stored: StoredMessage, *findings: Finding) -> JudgedMessage:
    folded = fold(stored.message.text)
    number = text_hash(folded)
    verdict = judge(findings, Policy())
    alike = likeness(stored.message, folded, number)
    return JudgedMessage(stored.id, stored.version, verdict, number, Choice.DELETE, likeness=alike)


async def spread(database: Database, *messages: Message, findings: tuple[Finding, ...] = (FOUND,)) -> tuple[int, ...]:
    """The items of messages in which a rule found something; withdrawn ones where `findings` is empty."""
    stored = (await arrive(database, *messages)).to_judge
    return (await database.write(verdicts.record, [judged(each, *findings) for each in stored])).items


def later(days: float) -> datetime:
    return NOON + timedelta(days=days)
