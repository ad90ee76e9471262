"""Answers by what was asked: kept for a day, the least recently used leave first."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from moderator_app.domain.ai import Answer
from moderator_app.storage import ai_answers
from moderator_app.storage.sqlite import replace_rows
from moderator_app.storage.tables import ai_cache

KEPT = timedelta(hours=24)
MOST = 20_000


def take(connection: Connection, keys: Collection[bytes], now: datetime) -> dict[bytes, Answer]:
    """The answers kept under `keys`; they count as used now."""
    wanted = list(keys)
    fresh = (ai_cache.c.key.in_(wanted), ai_cache.c.at > now - KEPT)
    found = {row.key: ai_answers.answer_of(row.answer) for row in connection.execute(select(ai_cache).where(*fresh))}
    if found:
        connection.execute(update(ai_cache).where(ai_cache.c.key.in_(list(found))).values(used=now))
    return found


def keep(connection: Connection, answers: Mapping[bytes, Answer], now: datetime, most: int = MOST) -> None:
    """Keep answers, without where their words stood: another text with this key may have them elsewhere."""
    rows = [
        {"key": key, "answer": ai_answers.stored(_bare(answer)), "at": now, "used": now}
        for key, answer in answers.items()
    ]
    replace_rows(connection, ai_cache, rows)
    connection.execute(delete(ai_cache).where(ai_cache.c.at <= now - KEPT))
    surplus = connection.execute(select(func.count()).select_from(ai_cache)).scalar_one() - most
    if surplus > 0:
        oldest = select(ai_cache.c.key).order_by(ai_cache.c.used, ai_cache.c.at).limit(surplus)
        connection.execute(delete(ai_cache).where(ai_cache.c.key.in_(oldest)))


def _bare(answer: Answer) -> Answer:
    return replace(answer, cached=True, cost=0.0, words=tuple(word._replace(spans=()) for word in answer.words))
