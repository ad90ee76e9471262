"""What came of asking AI about messages, and what that changes in their verdicts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, delete, select, update

from moderator_app.domain.ai import Check, State, Toxicity
from moderator_app.domain.ai_findings import findings
from moderator_app.domain.policy import Policy, combine, suggest, weigh
from moderator_app.domain.verdict import Finding
from moderator_app.storage import verdicts
from moderator_app.storage.ai_answers import answer_of, stored
from moderator_app.storage.items import JudgedMessage
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import add_missing, integer_list, replace_rows
from moderator_app.storage.tables import AnyRow, ai_check, item, message
from moderator_app.storage.verdicts import Recorded

# So many messages wait for AI at most; the oldest are left to be asked about on request.
MOST_WAITING = 10_000


class Result(NamedTuple):
    """What came of asking about one version of a message, which is judged by `policy`."""

    message: int
    version: int
    check: Check
    policy: Policy


@dataclass(frozen=True, slots=True)
class Latest:
    """What came of asking about a message, and when."""

    at: datetime
    check: Check


def offer(connection: Connection, messages: Mapping[int, int], now: datetime) -> None:
    """Note down versions of messages, of which AI may be asked; what is known of their present texts stays."""
    if not messages:
        return
    rows = [
        {"message_id": id, "version": version, "state": State.OFFERED, "at": now} for id, version in messages.items()
    ]
    known = connection.execute(_known(messages)).all()
    outdated = [row.message_id for row in known if row.version != messages[row.message_id]]
    if outdated:
        connection.execute(delete(ai_check).where(integer_list(ai_check.c.message_id, outdated)))
    add_missing(connection, ai_check, rows)


def choose(
    connection: Connection, wanted: Collection[int], unwanted: Collection[int], most: int = MOST_WAITING
) -> None:
    """Of offered messages, have AI asked about those that are wanted, and forget the others."""
    offered = ai_check.c.state == State.OFFERED
    connection.execute(delete(ai_check).where(offered, integer_list(ai_check.c.message_id, unwanted)))
    waiting = update(ai_check).where(offered, integer_list(ai_check.c.message_id, wanted))
    connection.execute(waiting.values(state=State.WAITING))
    every = select(ai_check.c.message_id).where(ai_check.c.state == State.WAITING)
    surplus = every.order_by(ai_check.c.message_id.desc()).offset(most)
    connection.execute(delete(ai_check).where(ai_check.c.message_id.in_(surplus)))


def take_up(connection: Connection) -> int:
    """Have what was not answered asked again; says how much."""
    again = update(ai_check).where(ai_check.c.state == State.UNANSWERED).values(state=State.WAITING)
    return connection.execute(again).rowcount


def forget(connection: Connection, messages: Collection[int]) -> None:
    """Nobody wants AI asked about these any more."""
    connection.execute(delete(ai_check).where(integer_list(ai_check.c.message_id, messages)))


def of(connection: Connection, versions: Mapping[int, int]) -> dict[int, Check]:
    """What came of asking about these versions of messages."""
    rows = connection.execute(_known(versions))
    return {row.message_id: _check(row) for row in rows if row.version == versions[row.message_id]}


def latest(connection: Connection, versions: Mapping[int, int]) -> dict[int, Latest]:
    """The same with the times."""
    rows = connection.execute(_known(versions))
    return {row.message_id: Latest(row.at, _check(row)) for row in rows if row.version == versions[row.message_id]}


def keep_toxicity(
    connection: Connection, found: Mapping[int, Toxicity], versions: Mapping[int, int], now: datetime
) -> None:
    """Keep what was told of messages before the rest is asked, so that it is not asked twice."""
    there = set(connection.execute(select(message.c.id).where(integer_list(message.c.id, found))).scalars())
    rows = [
        {"message_id": id, "version": versions[id], "state": State.UNANSWERED, "at": now} for id in found if id in there
    ]
    add_missing(connection, ai_check, rows)
    for id in there:
        here = (ai_check.c.message_id == id, ai_check.c.version == versions[id])
        connection.execute(update(ai_check).where(*here).values(toxicity=found[id]))


def record(connection: Connection, results: Sequence[Result], now: datetime) -> Recorded:
    """Store results, and the verdicts with them. What concerns a text that was edited meanwhile is dropped."""
    rows = {row.id: row for row in connection.execute(_MESSAGES.where(_ids(results)))}
    current = [each for each in results if each.message in rows and rows[each.message].version == each.version]
    replace_rows(connection, ai_check, [_values(each, now) for each in current])
    told = [each for each in current if _tells(each.check)]
    recorded = verdicts.replace(connection, _judged(connection, told, rows))
    _touch_items(connection, [each.message for each in current])
    return recorded


def answers_of(connection: Connection, messages: Collection[int]) -> dict[int, Check]:
    """What is known of messages, whatever version it is of; for readers who show both."""
    query = select(ai_check, message.c.version.label("newest")).join_from(ai_check, message)
    here = integer_list(ai_check.c.message_id, messages)
    rows = connection.execute(query.where(here, ai_check.c.state != State.OFFERED))
    return {row.message_id: _check(row) for row in rows if row.version == row.newest}


_MESSAGES = select(
    message.c.id, message.c.version, message.c.policy_version, message.c.text_hash, message.c.trusted,
)  # fmt: skip


def _judged(connection: Connection, results: Sequence[Result], rows: Mapping[int, AnyRow]) -> list[JudgedMessage]:
    """The verdicts of the rules and of AI together. Who is trusted or not judged yet is left alone."""
    open_ones = [
        each for each in results if rows[each.message].policy_version is not None and not rows[each.message].trusted
    ]
    former = verdicts.findings_of(connection, [each.message for each in open_ones])
    judged = []
    for each in open_ones:
        standing = former.get(each.message, ())
        found = merged(standing, each.check, each.policy)
        if found or standing:
            row = rows[each.message]
            verdict = combine(found, each.policy)
            choice = suggest(verdict, each.policy)
            judged.append(JudgedMessage(each.message, each.version, verdict, row.text_hash or 0, choice))
    return judged


def merged(standing: Sequence[Finding], check: Check, policy: Policy) -> tuple[Finding, ...]:
    """The weighed findings of the rules, and those of `check` in the place of what AI had found before."""
    of_rules = [finding for finding in standing if not finding.of_ai]
    weighed = [weigh(finding, policy) for finding in findings(check, of_rules)]
    return (*of_rules, *(finding for finding in weighed if finding is not None))


def _touch_items(connection: Connection, messages: Collection[int]) -> None:
    """Have cards that show these messages read again."""
    theirs = integer_list(item.c.message_id, messages)
    if messages and connection.execute(select(item.c.id).where(theirs).limit(1)).first() is not None:
        connection.execute(update(item).where(theirs).values(revision=next_revision(connection)))


def _tells(check: Check) -> bool:
    return bool(check.answer or check.orders or check.profile or check.toxicity)


def _known(versions: Mapping[int, int]) -> Select[tuple[Any, ...]]:
    return select(ai_check).where(integer_list(ai_check.c.message_id, versions))


def _ids(results: Sequence[Result]) -> ColumnElement[bool]:
    return integer_list(message.c.id, (each.message for each in results))


def _values(result: Result, now: datetime) -> dict[str, object]:
    check = result.check
    return {
        "message_id": result.message,
        "version": result.version,
        "state": check.state,
        "at": now,
        "orders": check.orders,
        "answer": None if check.answer is None else stored(check.answer),
        "profile": None if check.profile is None else stored(check.profile),
        "toxicity": check.toxicity or None,
    }


def _check(row: AnyRow) -> Check:
    answer, profile = (None if told is None else answer_of(told) for told in (row.answer, row.profile))
    toxicity = tuple((kind, share) for kind, share in row.toxicity or ())
    return Check(State(row.state), answer, row.orders, profile, toxicity)
