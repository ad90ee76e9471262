"""Small tables of counts, kept in step with messages, verdicts and decisions; they outlive the messages."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection

from moderator_app.domain.verdict import Finding, Label
from moderator_app.storage import sqlite
from moderator_app.storage.tables import activity, profanity_by_author, profanity_by_word, toxicity_by_label

_QUARTER = 15 * 60


def day_and_hour(date: datetime) -> tuple[str, int]:
    """The day (ISO) and hour of a time in the machine's time zone."""
    try:
        local = date.astimezone()
    except OverflowError:
        # The last hours of the year 9999, east of Greenwich.
        local = date
    return local.date().isoformat(), local.hour


def count_messages(connection: Connection, posted: Iterable[tuple[int, datetime]]) -> None:
    """Count new messages of (community row id, time)."""
    _count_activity(connection, "messages", ((community_id, date, 1) for community_id, date in posted))


def count_flagged(connection: Connection, changes: Iterable[tuple[int, datetime, int]]) -> None:
    """Count messages that became flagged (+1) or no longer are (-1)."""
    _count_activity(connection, "flagged", changes)


def count_decided(connection: Connection, changes: Iterable[tuple[int, datetime, int]]) -> None:
    """Count decisions (+1) and their undoing (-1) at the time of the decision."""
    _count_activity(connection, "decided", changes)


def count_findings(connection: Connection, found: Iterable[tuple[int, int | None, datetime, Finding, int]]) -> None:
    """Count findings of (community row id, author row id, time of the message, finding, +1 or -1)."""
    authors: Counter[tuple[int, int, str]] = Counter()
    words: Counter[tuple[int, str, str]] = Counter()
    labels: Counter[tuple[int, str, str]] = Counter()
    for community_id, author_id, date, finding, sign in found:
        day, _ = day_and_hour(date)
        if finding.label is Label.PROFANITY and finding.base_form:
            amount = sign * max(1, len(finding.spans))
            words[community_id, finding.base_form, day] += amount
            if author_id is not None:
                authors[community_id, author_id, day] += amount
        elif finding.label is Label.TOXICITY:
            labels[community_id, finding.base_form or finding.rule, day] += sign
    sqlite.add_counts(
        connection,
        profanity_by_author,
        ({"community_id": c, "author_id": a, "day": d, "count": n} for (c, a, d), n in authors.items() if n),
        "count",
    )
    sqlite.add_counts(
        connection,
        profanity_by_word,
        ({"community_id": c, "word": w, "day": d, "count": n} for (c, w, d), n in words.items() if n),
        "count",
    )
    sqlite.add_counts(
        connection,
        toxicity_by_label,
        ({"community_id": c, "label": name, "day": d, "count": n} for (c, name, d), n in labels.items() if n),
        "count",
    )


def _count_activity(connection: Connection, column: str, changes: Iterable[tuple[int, datetime, int]]) -> None:
    # Finding the hour of a zone takes long: once for each quarter, the smallest step between zones, is enough.
    quarters: Counter[tuple[int, int]] = Counter()
    for community_id, date, amount in changes:
        quarters[community_id, int(date.timestamp()) // _QUARTER] += amount
    counts: Counter[tuple[int, str, int]] = Counter()
    for (community_id, quarter), amount in quarters.items():
        counts[community_id, *day_and_hour(datetime.fromtimestamp(quarter * _QUARTER, UTC))] += amount
    rows = (
        {"community_id": community_id, "day": day, "hour": hour, column: amount}
        for (community_id, day, hour), amount in counts.items()
        if amount
    )
    sqlite.add_counts(connection, activity, rows, column)
