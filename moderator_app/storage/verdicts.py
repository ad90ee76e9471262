"""Verdicts: findings, counts and the queue item of a message, stored together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from moderator_app.domain.message import MessageKey, Platform
from moderator_app.domain.verdict import Finding, Label
from moderator_app.storage import albums, bulk, counters
from moderator_app.storage.items import JudgedMessage, update_queue
from moderator_app.storage.sqlite import integer_list, rows_at_once
from moderator_app.storage.tables import AnyRow, finding, message


@dataclass(frozen=True, slots=True)
class Recorded:
    """`items` are the queue items that were opened, updated or withdrawn; `flagged` counts the flagged messages."""

    items: tuple[int, ...]
    flagged: int


def record(connection: Connection, judged: Sequence[JudgedMessage]) -> Recorded:
    """Store verdicts. One that comes too late (the message was edited or judged meanwhile) is dropped."""
    waiting = _waiting(connection, judged)
    current = [each for each in judged if waiting.get(each.message) == each.version]
    return _store(connection, current)


def replace(connection: Connection, judged: Sequence[JudgedMessage], fresh: Collection[int] = ()) -> Recorded:
    """Store verdicts in the place of those that stand. Of `fresh` messages nothing stands yet."""
    return _store(connection, judged, fresh)


def leave_findings(connection: Connection, found: Mapping[int, Sequence[Finding]]) -> None:
    """Store findings with messages that wait for a verdict; they are the former ones when it comes."""
    if found:
        connection.execute(delete(finding).where(integer_list(finding.c.message_id, found)))
        _insert_findings(connection, found)


def finding_of(row: AnyRow) -> Finding:
    """The finding of a row of its table."""
    return Finding(
        rule=row.rule,
        label=Label(row.label),
        score=row.score,
        text_id=row.text_id,
        spans=tuple((start, end) for start, end in row.details.get("spans", ())),
        parameters=tuple((name, value) for name, value in row.details.get("parameters", ())),
        base_form=row.base_form,
        earlier=tuple(
            MessageKey(Platform(platform), community, message_id)
            for platform, community, *ids in row.details.get("earlier", ())
            for message_id in ids
        ),
    )


def findings_of(connection: Connection, messages: Sequence[int]) -> dict[int, tuple[Finding, ...]]:
    """The stored findings of messages, in their order."""
    query = select(finding).where(integer_list(finding.c.message_id, messages))
    found: dict[int, list[Finding]] = {}
    for row in connection.execute(query.order_by(finding.c.message_id, finding.c.position)):
        found.setdefault(row.message_id, []).append(finding_of(row))
    return {message_id: tuple(listed) for message_id, listed in found.items()}


def _store(connection: Connection, judged: Sequence[JudgedMessage], fresh: Collection[int] = ()) -> Recorded:
    if not judged:
        return Recorded((), 0)
    rows = _of_note(connection, judged, fresh)
    bulk.update_rows(connection, message, [_message_values(each) for each in judged])
    noted = [each for each in judged if each.message in rows]
    if not noted:
        return Recorded((), 0)
    former = _replace_findings(connection, noted, rows, fresh)
    counters.count_flagged(connection, _flag_changes(noted, rows))
    queued, moved = albums.stand(connection, noted, rows)
    items = update_queue(connection, queued, rows, former, set(fresh) - moved)
    return Recorded(items, sum(each.verdict.flagged for each in noted))


def _waiting(connection: Connection, judged: Sequence[JudgedMessage]) -> dict[int, int]:
    """The versions of those messages that wait for a verdict."""
    ids = integer_list(message.c.id, (each.message for each in judged))
    versions = select(message.c.id, message.c.version).where(ids, message.c.policy_version.is_(None))
    return dict(rows_at_once(connection, versions))


def _of_note(connection: Connection, judged: Sequence[JudgedMessage], fresh: Collection[int]) -> dict[int, AnyRow]:
    """The rows of messages in which something was found, now or before: of a hundred a few."""
    columns = (
        message.c.id, message.c.community_id, message.c.author_id, message.c.date, message.c.flagged, message.c.score,
        message.c.deleted, message.c.album,
    )  # fmt: skip
    listed = [each.message for each in judged if each.verdict.findings or each.message not in fresh]
    if not listed:
        return {}
    found = integer_list(message.c.id, (each.message for each in judged if each.verdict.findings))
    judged_before = or_(message.c.score.is_not(None), message.c.version > 1)
    rows = connection.execute(select(*columns).where(integer_list(message.c.id, listed), or_(judged_before, found)))
    return {row.id: row for row in rows}


def _message_values(each: JudgedMessage) -> dict[str, Any]:
    return {
        "id": each.message,
        "policy_version": each.verdict.policy_version,
        "text_hash": each.text_hash or None,
        "score": each.verdict.score,
        "flagged": each.verdict.flagged,
        "trusted": each.verdict.trusted,
    }


def _replace_findings(
    connection: Connection, judged: Sequence[JudgedMessage], rows: dict[int, AnyRow], fresh: Collection[int]
) -> dict[int, tuple[Finding, ...]]:
    """Returns the findings so far of the messages."""
    older = [each.message for each in judged if each.message not in fresh]
    former = findings_of(connection, older) if older else {}
    if former:
        connection.execute(delete(finding).where(integer_list(finding.c.message_id, former)))
    changes = [(message_id, listed, -1) for message_id, listed in former.items()]
    changes += [(each.message, each.verdict.findings, 1) for each in judged]
    counters.count_findings(
        connection,
        (
            (rows[message_id].community_id, rows[message_id].author_id, rows[message_id].date, found, sign)
            for message_id, listed, sign in changes
            for found in listed
        ),
    )
    _insert_findings(connection, {each.message: each.verdict.findings for each in judged})
    return former


def _insert_findings(connection: Connection, found: Mapping[int, Sequence[Finding]]) -> None:
    values = [
        _finding_values(message_id, position, each)
        for message_id, listed in found.items()
        for position, each in enumerate(listed)
    ]
    bulk.insert_rows(connection, finding, values)


def _finding_values(message_id: int, position: int, found: Finding) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for name in ("spans", "parameters"):
        if value := getattr(found, name):
            details[name] = value
    if found.earlier:
        # Long sequences stay within one community: it is written once.
        runs = groupby(found.earlier, lambda key: (key.platform, key.community))
        details["earlier"] = [[*community, *(key.message for key in keys)] for community, keys in runs]
    return {
        "message_id": message_id,
        "position": position,
        "rule": found.rule,
        "label": found.label,
        "score": found.score,
        "text_id": found.text_id,
        "base_form": found.base_form,
        "details": details,
    }


def _flag_changes(judged: Sequence[JudgedMessage], rows: dict[int, AnyRow]) -> list[tuple[int, Any, int]]:
    changes = [(rows[each.message], int(each.verdict.flagged) - int(rows[each.message].flagged)) for each in judged]
    return [(row.community_id, row.date, change) for row, change in changes if change]
