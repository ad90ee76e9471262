"""Decisions: an item leaves the queue together with the actions that carry the decision out, and comes back by undo."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy import case as when

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note, signing_rule
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.storage import campaigns, counters, policies, rule_records, violations
from moderator_app.storage.items import DECIDED, OPEN, WITHDRAWN
from moderator_app.storage.queue import note_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, action, community, decision, item, message

IMPORTED_FILE = Note("action.imported_file")


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What one key press asks for. `due` is the end of the grace time.

    `length` is in seconds; None is for ever, and for a mute as long as the community's policy says.
    """

    items: tuple[int, ...]
    choice: Choice
    reason: str
    by: str
    at: datetime
    due: datetime
    length: int | None
    # All open items of their campaigns too.
    whole_group: bool = False


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """`note` says why nothing will be carried out, where that is so."""

    case: int
    taken: tuple[int, ...]
    decisions: tuple[int, ...]
    note: Note | None


def decide(connection: Connection, wanted: NewDecision) -> StoredDecision:
    """Store a decision and its actions. Raises Refused when an item is not open (a second press of the same key)."""
    revision = next_revision(connection)
    items = campaigns.with_variants(connection, wanted.items) if wanted.whole_group else wanted.items
    taken = _close(connection, items, revision)
    missing = set(wanted.items) - {row.id for row in taken}
    if missing or not taken:
        raise Refused("queue.not_open", item=str(min(missing, default=0)))
    first = (connection.execute(select(func.max(decision.c.id))).scalar() or 0) + 1
    # What a rule decided by itself says nothing about how right it is.
    spoken = {} if signing_rule(wanted.by) else rule_records.rules_of(connection, [row.message_id for row in taken])
    connection.execute(
        decision.insert(),
        [
            {
                "id": first + offset,
                "case_id": first,
                "item_id": row.id,
                "choice": wanted.choice,
                "reason": wanted.reason,
                "by": wanted.by,
                "at": wanted.at,
                "revision": revision,
                "rules": spoken.get(row.message_id),
            }
            for offset, row in enumerate(taken)
        ],
    )
    lengths = _lengths(connection, taken, wanted)
    actions = [
        _action_values(first + offset, kind, row, wanted.due, length)
        for offset, (row, length) in enumerate(zip(taken, lengths, strict=True))
        for kind in wanted.choice.kinds
    ]
    if actions:
        connection.execute(action.insert(), actions)
    _count(connection, range(first, first + len(taken)), 1)
    imported = any(values["state"] is ActionState.IMPOSSIBLE for values in actions)
    return StoredDecision(
        case=first,
        taken=tuple(row.id for row in taken),
        decisions=tuple(range(first, first + len(taken))),
        note=IMPORTED_FILE if imported else None,
    )


def as_wanted(connection: Connection, decision_id: int) -> NewDecision | None:
    """What was asked for by a decision, about its one item; None when it is unknown."""
    row = connection.execute(select(decision).where(decision.c.id == decision_id)).first()
    if row is None:
        return None
    length = select(func.max(action.c.length)).where(action.c.decision_id == decision_id)
    seconds = connection.execute(length).scalar()
    return NewDecision((row.item_id,), Choice(row.choice), row.reason, row.by, row.at, row.at, seconds)


@dataclass(frozen=True, slots=True)
class StoredUndo:
    """What an undo took back, the actions queued to compensate what was done already, and what stays done."""

    case: int
    items: tuple[int, ...]
    compensations: tuple[tuple[Platform, ActionKind], ...]
    lasting: frozenset[ActionKind]


@dataclass(frozen=True, slots=True)
class Standing:
    """An action of a case and where it stands."""

    id: int
    decision: int
    kind: ActionKind
    state: ActionState
    platform: Platform


def newest_case(
    connection: Connection, item_id: int | None, earliest: datetime | None, besides: Collection[int] = ()
) -> int | None:
    """The newest case that still stands, of one item if given, not made before `earliest`, and none of `besides`."""
    query = select(func.max(decision.c.case_id)).join_from(decision, item)
    query = query.where(decision.c.undone.is_(None), item.c.state == DECIDED)
    if besides:
        query = query.where(~integer_list(decision.c.case_id, besides))
    if earliest is not None:
        query = query.where(decision.c.at >= earliest)
    if item_id is not None:
        query = query.where(decision.c.item_id == item_id)
    return connection.execute(query).scalar()


def standing(connection: Connection, case: int) -> tuple[Standing, ...]:
    """The actions of a case."""
    query = (
        select(action.c.id, action.c.decision_id, action.c.kind, action.c.state, community.c.platform)
        .join_from(action, decision)
        .join(item)
        .join(message)
        .join(community)
        .where(decision.c.case_id == case)
        .order_by(action.c.id)
    )
    return tuple(
        Standing(row.id, row.decision_id, ActionKind(row.kind), ActionState(row.state), Platform(row.platform))
        for row in connection.execute(query)
    )


Compensations = Sequence[tuple[Standing, ActionKind]]


def undo(
    connection: Connection, case: int, compensate: Callable[[Sequence[Standing]], Compensations], now: datetime
) -> StoredUndo | None:
    """Take a case back: what has not run is cancelled, inverses are queued for what is done, items come back undecided.

    `compensate` says what takes back the actions as they stand, or raises. None when the case is unknown or undone.
    """
    query = select(decision.c.id, decision.c.item_id).where(decision.c.case_id == case, decision.c.undone.is_(None))
    rows = connection.execute(query).all()
    if not rows:
        return None
    actions = standing(connection, case)
    compensations = compensate(actions)
    given_back = _given_back(connection, [row.id for row in rows])
    latest = standing_decisions(connection, [row.item_id for row in rows])
    _cancel(connection, [row.id for row in rows])
    revision = next_revision(connection)
    connection.execute(update(decision).where(decision.c.case_id == case).values(undone=now, revision=revision))
    if compensations:
        connection.execute(action.insert(), [_compensation(done, inverse, now) for done, inverse in compensations])
    # An item that was decided anew after this case stays decided.
    items = [row.item_id for row in rows if row.id in latest]
    _reopen(connection, items, revision)
    uncount(connection, [row.id for row in rows if row.id not in given_back])
    taken_back = tuple(dict.fromkeys((done.platform, inverse) for done, inverse in compensations))
    compensated = {done.id for done, _inverse in compensations}
    lasting = (each for each in actions if each.state is ActionState.DONE and each.id not in compensated)
    return StoredUndo(case, tuple(items), taken_back, frozenset(each.kind for each in lasting))


def standing_decisions(connection: Connection, items: Sequence[int]) -> frozenset[int]:
    """The newest decision on each of `items` that was not taken back."""
    newest = select(func.max(decision.c.id)).where(integer_list(decision.c.item_id, items), decision.c.undone.is_(None))
    return frozenset(connection.execute(newest.group_by(decision.c.item_id)).scalars())


def uncount(connection: Connection, decisions: Collection[int]) -> None:
    """Take decisions that no longer stand out of what is counted: statistics, records of rules, violations."""
    _count(connection, decisions, -1)


def _count(connection: Connection, decisions: Collection[int], sign: int) -> None:
    columns = (
        decision.c.id.label("decision_id"), decision.c.choice, decision.c.rules, decision.c.at, message.c.date,
        message.c.community_id, message.c.author_id,
    )  # fmt: skip
    query = select(*columns).join_from(decision, item).join(message)
    rows = connection.execute(query.where(integer_list(decision.c.id, decisions))).all()
    counters.count_decided(connection, [(row.community_id, row.at, sign) for row in rows])
    rule_records.count(
        connection, [(row.community_id, row.rules or (), Choice(row.choice).confirms, sign) for row in rows]
    )
    if sign < 0:
        violations.take_back(connection, decisions)
    else:
        confirmed = [row for row in rows if Choice(row.choice).confirms and row.author_id is not None]
        names = ("decision_id", "community_id", "author_id", "date")
        violations.add(connection, [{name: getattr(row, name) for name in names} for row in confirmed])


def _close(connection: Connection, items: Sequence[int], revision: int) -> list[AnyRow]:
    """Take the open ones of `items` out of the queue; two presses of a key cannot both get one."""
    closed = (
        update(item)
        .where(integer_list(item.c.id, items), item.c.state == OPEN)
        .values(state=DECIDED, failure=None, revision=revision)
        .returning(item.c.id)
    )
    taken = list(connection.execute(closed).scalars())
    campaigns.settle_items(connection, taken, revision)
    query = (
        select(
            item.c.id, item.c.message_id, message.c.version, community.c.live, community.c.platform,
            community.c.community,
        )
        .join_from(item, message)
        .join(community)
        .where(integer_list(item.c.id, taken))
    )  # fmt: skip
    rows = {row.id: row for row in connection.execute(query)}
    return [rows[each] for each in dict.fromkeys(items) if each in rows]


def _lengths(connection: Connection, taken: Sequence[AnyRow], wanted: NewDecision) -> list[int | None]:
    """How long what is decided about each item lasts."""
    if wanted.length is not None or ActionKind.MUTE not in wanted.choice.kinds:
        return [wanted.length] * len(taken)
    book = policies.read(connection)
    return [round(book.of(CommunityKey(Platform(row.platform), row.community)).mute_seconds) for row in taken]


def _action_values(
    decision_id: int, kind: ActionKind, row: AnyRow, due: datetime, length: int | None
) -> dict[str, Any]:
    return {
        "decision_id": decision_id,
        "kind": kind,
        "state": ActionState.PENDING if row.live else ActionState.IMPOSSIBLE,
        "due": due,
        "wanted": due,
        "length": length if kind in (ActionKind.BAN, ActionKind.MUTE) else None,
        "idempotency_key": secrets.randbits(63) | 1,
        "note": None if row.live else note_value(IMPORTED_FILE),
        "seen_version": row.version,
    }


_UNDOABLE = (ActionState.PENDING, ActionState.WAITING, ActionState.IMPOSSIBLE)


def _given_back(connection: Connection, decisions: Sequence[int]) -> frozenset[int]:
    """Those whose item went back to the queue when an action failed or was disarmed: they count no more."""
    ended = action.c.state.in_((ActionState.FAILED, ActionState.CANCELLED))
    query = select(action.c.decision_id).where(integer_list(action.c.decision_id, decisions), ended)
    return frozenset(connection.execute(query).scalars())


def _cancel(connection: Connection, decisions: Sequence[int]) -> None:
    """Cancel what has not run."""
    concerned = integer_list(action.c.decision_id, decisions)
    connection.execute(
        update(action)
        .where(concerned, action.c.state.in_(_UNDOABLE))
        .values(state=ActionState.CANCELLED, note=note_value(Note("action.undone")))
    )


def _compensation(done: Standing, inverse: ActionKind, now: datetime) -> dict[str, Any]:
    return {
        "decision_id": done.decision,
        "kind": inverse,
        "state": ActionState.PENDING,
        "due": now,
        "wanted": now,
        "length": None,
        "idempotency_key": secrets.randbits(63) | 1,
        "note": None,
        # Taking back does not depend on what the message says by now.
        "seen_version": 0,
    }


def _reopen(connection: Connection, items: Sequence[int], revision: int) -> None:
    """Put items back into the queue, but for those whose messages rules have nothing against any more."""
    flagged = select(message.c.flagged).where(message.c.id == item.c.message_id).scalar_subquery()
    state = when((flagged, OPEN), else_=WITHDRAWN)
    # Undecided again, it does not matter any more what went wrong.
    reopened = {"state": state, "failure": None, "revision": revision}
    connection.execute(update(item).where(integer_list(item.c.id, items)).values(**reopened))
    campaigns.settle_items(connection, items, revision)
