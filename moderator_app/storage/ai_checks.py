"""What came of asking AI about messages, and what that changes in their verdicts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, delete, select, update

from moderator_app.domain.ai import Check, State
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
class Wanted:
    message: int
    version: int


def want(connection: Connection, wanted: Sequence[Wanted], now: datetime, most: int = MOST_WAITING) -> None:
    """Have AI asked about messages; what is known of their present texts stays."""
    rows = [{"message_id": each.message, "version": each.version, "state": State.WAITING, "at": now} for each in wanted]
    versions = {each.message: each.version for each in wanted}
    known = connection.execute(_known(versions)).all()
    outdated = [row.message_id for row in known if row.version != versions[row.message_id]]
    connection.execute(delete(ai_check).where(integer_list(ai_check.c.message_id, outdated)))
    add_missing(connection, ai_check, rows)
    waiting = select(ai_check.c.message_id).where(ai_check.c.state == State.WAITING)
    surplus = waiting.order_by(ai_check.c.message_id.desc()).offset(most)
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


def record(connection: Connection, results: Sequence[Result], now: datetime) -> Recorded:
    """Store results, and the verdicts with them. What concerns a text that was edited meanwhile is dropped."""
    rows = {row.id: row for row in connection.execute(_MESSAGES.where(_ids(results)))}
    current = [each for each in results if each.message in rows and rows[each.message].version == each.version]
    replace_rows(connection, ai_check, [_values(each, now) for each in current])
    told = [each for each in current if each.check.answer or each.check.orders or each.check.profile]
    recorded = verdicts.replace(connection, _judged(connection, told, rows))
    _touch_items(connection, [each.message for each in current])
    return recorded


def answers_of(connection: Connection, messages: Collection[int]) -> dict[int, Check]:
    """What is known of messages, whatever version it is of; for readers who show both."""
    query = select(ai_check, message.c.version.label("newest")).join_from(ai_check, message)
    rows = connection.execute(query.where(integer_list(ai_check.c.message_id, messages)))
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
    }


def _check(row: AnyRow) -> Check:
    answer, profile = (None if told is None else answer_of(told) for told in (row.answer, row.profile))
    return Check(State(row.state), answer, row.orders, profile)
