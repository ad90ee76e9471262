"""Numbers for owners, read from the counter tables alone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select, true

from moderator_app.domain.message import CommunityKey
from moderator_app.domain.statistics import AiUse, DayCount, Overview, Period, TopUser, TopWord, censor
from moderator_app.domain.verdict import AI_TEXTS
from moderator_app.storage import ai_uses
from moderator_app.storage.tables import (
    activity,
    author,
    community,
    decision,
    finding,
    item,
    profanity_by_author,
    profanity_by_word,
    toxicity_by_label,
    violation,
)

TOP = 10


@dataclass(frozen=True, slots=True)
class Span:
    """The days counted, both ends included, and the community; None takes in all."""

    first: date | None
    last: date | None
    key: CommunityKey | None


def overview(connection: Connection, period: Period, today: date, key: CommunityKey | None) -> Overview:
    """The totals of a period that ends today, of one community or of all."""
    first = period.first_day(today)
    counted = Span(first, today if first is not None else None, key)
    days = _days(connection, counted)
    return Overview(
        period=period,
        first=first or (days[0].day if days else None),
        last=max(today, days[-1].day) if first is None and days else today,
        messages=sum(day.messages for day in days),
        flagged=sum(day.flagged for day in days),
        decided=sum(day.decided for day in days),
        profanity=sum(day.profanity for day in days),
        toxicity=_toxicity(connection, counted),
        top_users=_top_users(connection, counted),
        top_words=_top_words(connection, counted),
        days=days,
        ai=_ai(connection, first, today) if key is None else AiUse(),
    )


def _ai(connection: Connection, first: date | None, last: date) -> AiUse:
    """What AI took, and the standing decisions that confirmed a message in which it had found something."""
    found_by_ai = select(finding.c.message_id).where(finding.c.text_id.startswith(AI_TEXTS)).distinct()
    confirmed = (
        select(func.count(func.distinct(violation.c.decision_id)))
        .join_from(violation, decision)
        .join(item, item.c.id == decision.c.item_id)
        .where(item.c.message_id.in_(found_by_ai))
    )
    if first is not None:
        # Midnight of the machine's time zone.
        confirmed = confirmed.where(decision.c.at >= datetime.combine(first, time()).astimezone())
    days = ai_uses.by_day(connection, first, last)
    return AiUse(tuple(days.items()), int(connection.execute(confirmed).scalar_one()))


def counter_rows(connection: Connection) -> list[dict[str, Any]]:
    """One row per day, community and counter, for export."""
    rows: list[dict[str, Any]] = []
    for name, column in _EXPORTED.items():
        query = (
            select(column.table.c.day, community.c.platform, community.c.community, func.sum(column).label("count"))
            .join_from(column.table, community)
            .group_by(column.table.c.day, community.c.id)
        )
        rows += [
            {"day": day, "platform": platform, "community": key, "counter": name, "count": count}
            for day, platform, key, count in connection.execute(query)
        ]
    return sorted(rows, key=lambda row: (row["day"], row["platform"], row["community"], row["counter"]))


_EXPORTED = {
    "messages": activity.c.messages,
    "flagged": activity.c.flagged,
    "decided": activity.c.decided,
    "profanity": profanity_by_word.c["count"],
    "toxicity": toxicity_by_label.c["count"],
}


def _counted(table: Table, span: Span) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if span.first is not None:
        conditions.append(table.c.day >= span.first.isoformat())
    if span.last is not None:
        conditions.append(table.c.day <= span.last.isoformat())
    if span.key is not None:
        here = and_(community.c.platform == span.key.platform, community.c.community == span.key.community)
        conditions.append(table.c.community_id.in_(select(community.c.id).where(here)))
    return and_(*conditions)


def _days(connection: Connection, span: Span) -> tuple[DayCount, ...]:
    sums = [func.sum(activity.c[name]) for name in ("messages", "flagged", "decided")]
    query = select(activity.c.day, *sums).where(_counted(activity, span)).group_by(activity.c.day)
    counted = {day: (messages, flagged, decided) for day, messages, flagged, decided in connection.execute(query)}
    words = (
        select(profanity_by_word.c.day, func.sum(profanity_by_word.c.count))
        .where(_counted(profanity_by_word, span))
        .group_by(profanity_by_word.c.day)
    )
    profanity = {row[0]: int(row[1]) for row in connection.execute(words)}
    return tuple(
        DayCount(date.fromisoformat(day), *counted.get(day, (0, 0, 0)), profanity.get(day, 0))
        for day in sorted({*counted, *profanity})
    )


def _toxicity(connection: Connection, span: Span) -> tuple[tuple[str, int], ...]:
    table = toxicity_by_label
    total = func.sum(table.c.count)
    query = select(table.c.label, total).where(_counted(table, span)).group_by(table.c.label)
    rows = connection.execute(query.having(total > 0).order_by(total.desc(), table.c.label))
    return tuple((label, count) for label, count in rows)


def _top_users(connection: Connection, span: Span) -> tuple[TopUser, ...]:
    table = profanity_by_author
    total = func.sum(table.c.count)
    query = (
        select(author.c.author, author.c.name, total)
        .join_from(table, author)
        .where(_counted(table, span))
        .group_by(author.c.id)
        .having(total > 0)
        .order_by(total.desc(), author.c.id)
        .limit(TOP)
    )
    return tuple(TopUser(who, name, count) for who, name, count in connection.execute(query))


def _top_words(connection: Connection, span: Span) -> tuple[TopWord, ...]:
    table = profanity_by_word
    total = func.sum(table.c.count)
    query = (
        select(table.c.word, total)
        .where(_counted(table, span))
        .group_by(table.c.word)
        .having(total > 0)
        .order_by(total.desc(), table.c.word)
        .limit(TOP)
    )
    return tuple(TopWord(censor(word), count) for word, count in connection.execute(query))
