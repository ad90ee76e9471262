"""Decisions: an item leaves the queue together with the actions that carry the decision out, and comes back by undo."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy import case as when

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note, signing_rule
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Platform
from moderator_app.domain.rights import place_of
from moderator_app.storage import arming, campaigns, counters, reach, rule_records, traits, violations
from moderator_app.storage.items import DECIDED, OPEN, WITHDRAWN
from moderator_app.storage.keys import new_key
from moderator_app.storage.notes import note_of, note_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, action, community, decision, item, message


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
    # What warnings say, by language; and whether they may be written where none was written before.
    warnings: Mapping[str, str] = field(default_factory=dict)
    consent: bool = False
    # The decision that this one repeats, because it was not carried out.
    again: int | None = None
    # Leave out what cannot be decided so, instead of deciding nothing.
    partly: bool = False
    # How many messages it may reach without a human's confirmation; None where it was given.
    unasked: int | None = None
    # Of the canned warnings, from 0.
    warning: int = 0


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """`note` says why nothing will be carried out, where that is so; `left` are items that stay open, and why."""

    case: int
    taken: tuple[int, ...]
    decisions: tuple[int, ...]
    note: Note | None
    left: tuple[tuple[int, Note], ...] = ()


def decide(connection: Connection, wanted: NewDecision) -> StoredDecision:
    """Store a decision and its actions; all of it or nothing, unless it is wanted `partly`.

    Raises Refused when an item is not open (a second press of the same key) or the choice is impossible there,
    ConsentNeeded, and ConfirmationNeeded.
    """
    revision = next_revision(connection)
    left = arming.leave_out(connection, wanted.choice, wanted.items, revision) if wanted.partly else {}
    asked = tuple(each for each in wanted.items if each not in left)
    if left and not asked:
        why = next(iter(left.values()))
        raise Refused(why.text_id, **dict(why.parameters))
    items = campaigns.with_variants(connection, asked) if wanted.whole_group else asked
    taken = _close(connection, [each for each in items if each not in left], revision)
    missing = set(asked) - {row.id for row in taken}
    if not taken or (missing and not wanted.partly):
        raise Refused("queue.not_open", item=str(min(missing, default=0)))
    if wanted.unasked is not None:
        reach.check(connection, wanted.choice, [row.id for row in taken], wanted.unasked)
    arming.check(connection, wanted.choice, taken, asked, consent=wanted.consent)
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
    numbered = list(enumerate(taken, first))
    actions = arming.actions(
        connection, wanted.choice, numbered, wanted.due, wanted.length, wanted.warnings, wanted.again, wanted.warning
    )
    if actions:
        connection.execute(action.insert(), actions)
    _count(connection, range(first, first + len(taken)), 1)
    impossible = (values["note"] for values in actions if values["state"] is ActionState.IMPOSSIBLE)
    return StoredDecision(
        case=first,
        taken=tuple(row.id for row in taken),
        decisions=tuple(range(first, first + len(taken))),
        note=note_of(next(impossible, None)),
        left=tuple(left.items()),
    )


def as_wanted(connection: Connection, decision_id: int) -> NewDecision | None:
    """What was asked for by a decision, about its one item; None when it is unknown."""
    row = connection.execute(select(decision).where(decision.c.id == decision_id)).first()
    if row is None:
        return None
    length = select(func.max(action.c.length)).where(action.c.decision_id == decision_id)
    seconds = connection.execute(length).scalar()
    choice = Choice(row.choice)
    return NewDecision((row.item_id,), choice, row.reason, row.by, row.at, row.at, seconds, again=decision_id)


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
    key: int
    message: int
    place: str = ""


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
        select(
            action.c.id, action.c.decision_id, action.c.kind, action.c.state, action.c.idempotency_key,
            action.c.message_id, community.c.platform, message.c.message,
        )
        .join_from(action, decision)
        .join(message, message.c.id == action.c.message_id)
        .join(community)
        .where(decision.c.case_id == case)
        .order_by(action.c.id)
    )  # fmt: skip
    return tuple(map(_standing, connection.execute(query)))


def _standing(row: AnyRow) -> Standing:
    kind, state, platform = ActionKind(row.kind), ActionState(row.state), Platform(row.platform)
    place = place_of(row.message)
    return Standing(row.id, row.decision_id, kind, state, platform, row.idempotency_key, row.message_id, place)


Compensations = Sequence[tuple[Standing, ActionKind]]


def undo(
    connection: Connection, case: int, compensate: Callable[[Sequence[Standing]], Compensations], now: datetime
) -> StoredUndo | None:
    """Take a case back: what has not run is cancelled, inverses are queued for what is done, items come back undecided.

    `compensate` says what takes back the actions as they stand, or raises. None when the case is unknown or undone.
    """
    query = select(decision.c.id, decision.c.item_id, decision.c.former)
    query = query.where(decision.c.case_id == case, decision.c.undone.is_(None))
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
        connection.execute(action.insert(), _compensation(compensations, now))
    # An item that was decided anew after this case stays decided.
    items = [row.item_id for row in rows if row.id in latest]
    _reopen(connection, items, {row.item_id: row.former for row in rows if row.former is not None}, revision)
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
    judged = {row.author_id for row in rows if Choice(row.choice).confirms and row.author_id is not None}
    if judged and (concerned := traits.authors_changed(connection, judged)):
        campaigns.settle(connection, concerned, next_revision(connection))


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
    query = arming.TAKEN.where(integer_list(item.c.id, taken))
    rows = {row.id: row for row in connection.execute(query)}
    return [rows[each] for each in dict.fromkeys(items) if each in rows]


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


def _compensation(compensations: Compensations, now: datetime) -> list[dict[str, Any]]:
    """What was one request for several decisions is taken back by one."""
    keys: dict[int, int] = {}
    return [
        {
            "decision_id": done.decision,
            "message_id": done.message,
            "kind": inverse,
            "state": ActionState.PENDING,
            "due": now,
            "wanted": now,
            "length": None,
            "idempotency_key": keys.setdefault(done.key, new_key()),
            "note": None,
            # Taking back does not depend on what the message says by now.
            "seen_version": 0,
        }
        for done, inverse in compensations
    ]


def _reopen(connection: Connection, items: Sequence[int], formers: Mapping[int, str], revision: int) -> None:
    """Put items back into the queue, but for those whose messages rules have nothing against any more, and those that
    were not in it.
    """
    flagged = select(message.c.flagged).where(message.c.id == item.c.message_id).scalar_subquery()
    state = when((flagged, OPEN), else_=WITHDRAWN)
    # Undecided again, it does not matter any more what went wrong.
    reopened = {"state": state, "failure": None, "closing": None, "revision": revision}
    connection.execute(update(item).where(integer_list(item.c.id, items)).values(**reopened))
    for former in set(formers.values()):
        back = [each for each in items if formers.get(each) == former]
        connection.execute(update(item).where(integer_list(item.c.id, back)).values(state=former))
    campaigns.settle_items(connection, items, revision)
