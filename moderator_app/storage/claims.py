"""Actions that may leave now: claimed once, held back while a platform wants none, parked when they are late."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, tuple_, update

from moderator_app.domain.decision import ActionKind, ActionState, Note, Order
from moderator_app.domain.message import CommunityKey, MessageKey, Platform
from moderator_app.domain.ports import MOST_TOGETHER
from moderator_app.storage.notes import note_of, note_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list, replace_row
from moderator_app.storage.tables import AnyRow, action, author, community, decision, hold, message

LATE = Note("action.late")

# The actions that one source is to carry out, by community.
Reach = Mapping[CommunityKey, frozenset[ActionKind]]

# How the ids of those begin that one request deletes along with a message; None: it goes alone.
Along = Callable[[str], str | None]

# A hold on all actions of a source.
EVERY_KIND = ""

_TO_COME = (ActionState.PENDING, ActionState.WAITING)
# No platform takes it back.
_TOLD_ONCE = (ActionKind.WARN, ActionKind.REPORT)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An action that this process now carries out.

    `text` is what the moderator saw, None where it does not matter. `stale` says that it was edited since, `again` that
    it was claimed before.
    """

    order: Order
    text: str | None
    stale: bool
    again: bool = False


def is_due(connection: Connection, reach: Reach, now: datetime) -> bool:
    return connection.execute(_CONCERNED.where(_due(reach, now)).limit(1)).first() is not None


def next_errand(
    connection: Connection, source: str, reach: Reach, now: datetime, late_before: datetime, along: Along
) -> tuple[Claimed, ...]:
    """Park what is late, pass over what is done already, hold back what the platform does not want now, and claim what
    is then due.
    """
    park_late(connection, reach, late_before)
    pass_over_done(connection, reach, now)
    hold_back(connection, source, reach, now)
    return claim(connection, reach, now, along)


def alone(_message: str) -> None:
    """See `Along`: every message goes alone."""


def claim(connection: Connection, reach: Reach, now: datetime, along: Along = alone) -> tuple[Claimed, ...]:
    """Take the action that has been due longest: pending or waiting -> running.

    With it come those that the same request carries out: the same thing to the same author, or deletions in the same
    community.
    """
    query = _ORDERS.where(_due(reach, now)).order_by(action.c.due, action.c.id)
    first = connection.execute(query.limit(1)).first()
    if first is None:
        return ()
    rows: Sequence[AnyRow] = [first]
    if ActionKind(first.kind).on_author:
        shared = (action.c.idempotency_key == first.idempotency_key, _ready(now))
        rows = connection.execute(_ORDERS.where(*shared).order_by(action.c.id)).all()
    elif first.kind == ActionKind.DELETE and (beginning := along(first.message)) is not None:
        here = (action.c.kind == ActionKind.DELETE, message.c.community_id == first.community_id)
        begin = [message.c.message.startswith(beginning, autoescape=True)] if beginning else []
        rows = connection.execute(query.where(*here, *begin).limit(MOST_TOGETHER)).all()
    # From here on it is late when this run is: a wait that the platform asked for does not count.
    taken = {"state": ActionState.RUNNING, "attempts": action.c.attempts + 1, "note": None, "wanted": now}
    connection.execute(update(action).where(integer_list(action.c.id, [row.id for row in rows])).values(**taken))
    touch(connection, [row.decision_id for row in rows])
    return tuple(map(_claimed, rows))


def claimed_since(connection: Connection, reach: Reach, since: datetime) -> tuple[datetime, ...]:
    """When requests went out after `since`, oldest first; actions that were claimed together are one."""
    times = select(action.c.wanted).join_from(action, message).join(community)
    begun = times.where(_within(reach), action.c.attempts > 0, action.c.wanted > since)
    return tuple(connection.execute(begun.distinct().order_by(action.c.wanted)).scalars())


def park_late(connection: Connection, reach: Reach, before: datetime) -> int:
    """Park what nobody could carry out in time, until a human confirms it; says how many.

    That is what should have run `before`; a wait that the platform asked for makes nothing late, but what nobody did
    after its end is.
    """
    never_tried = and_(action.c.state == ActionState.PENDING, action.c.wanted < before)
    waited_out = and_(action.c.state == ActionState.WAITING, action.c.due < before)
    overdue = _CONCERNED.where(_within(reach), or_(never_tried, waited_out))
    return _set(connection, connection.execute(overdue).all(), ActionState.WAITING, LATE, None)


def pass_over_done(connection: Connection, reach: Reach, now: datetime) -> int:
    """Have nobody told twice what was shared with, and done for, another message of theirs; says how many actions."""
    twin = action.alias("twin")
    told = select(twin.c.id).where(
        twin.c.idempotency_key == action.c.idempotency_key, twin.c.kind == action.c.kind,
        twin.c.state == ActionState.DONE, twin.c.note.is_(None),
    )  # fmt: skip
    rows = connection.execute(_CONCERNED.where(_due(reach, now), action.c.kind.in_(_TOLD_ONCE), told.exists())).all()
    return _set(connection, rows, ActionState.DONE, None, now)


def stay_in_line(connection: Connection, reach: Reach, now: datetime, late_before: datetime) -> None:
    """Count from now on how long what is due waits: it only stands in line. Not what was late before."""
    waiting = and_(action.c.state == ActionState.WAITING, action.c.due >= late_before)
    pending = and_(action.c.state == ActionState.PENDING, action.c.wanted >= late_before)
    rows = connection.execute(_CONCERNED.where(_due(reach, now), or_(waiting, pending))).all()
    ids = integer_list(action.c.id, [row.id for row in rows])
    connection.execute(update(action).where(ids).values(due=now))
    # Of what was tried it tells when.
    connection.execute(update(action).where(ids, action.c.attempts == 0).values(wanted=now))


def hold_kind(connection: Connection, source: str, kind: str, until: datetime, note: Note) -> None:
    """Let no action of a kind out through a source until then; EVERY_KIND stands for all."""
    row = {"source": source, "kind": kind, "until": until, "note": note_value(note)}
    replace_row(connection, hold, row)


def hold_back(connection: Connection, source: str, reach: Reach, now: datetime) -> int:
    """Have what is due wait as long as its kind is held back at the source; says how many actions."""
    count = 0
    for held in connection.execute(select(hold).where(hold.c.source == source, hold.c.until > now)).all():
        of_kind = [] if held.kind == EVERY_KIND else [action.c.kind == held.kind]
        rows = connection.execute(_CONCERNED.where(_due(reach, now), *of_kind)).all()
        count += _set(connection, rows, ActionState.WAITING, note_of(held.note), held.until)
    return count


def hasten(connection: Connection, communities: Collection[CommunityKey], now: datetime) -> None:
    """End the grace time of everything pending in these communities."""
    waiting = _CONCERNED.where(_in(communities), action.c.state == ActionState.PENDING, action.c.due > now)
    ids = integer_list(action.c.id, [row.id for row in connection.execute(waiting)])
    connection.execute(update(action).where(ids).values(due=now, wanted=now))


def unfinished(connection: Connection, communities: Collection[CommunityKey], now: datetime) -> int:
    """The number of actions of these communities that are being carried out or could be."""
    going = or_(_ready(now), action.c.state == ActionState.RUNNING)
    listed = _CONCERNED.where(_in(communities), going).subquery()
    return int(connection.execute(select(func.count()).select_from(listed)).scalar_one())


def recover(connection: Connection) -> int:
    """running -> pending, for what a killed process had claimed. Only the holder of the sources may call it."""
    rows = connection.execute(select(action.c.id, action.c.decision_id).where(action.c.state == ActionState.RUNNING))
    listed = rows.all()
    ids = integer_list(action.c.id, [row.id for row in listed])
    connection.execute(update(action).where(ids).values(state=ActionState.PENDING, note=None))
    touch(connection, [row.decision_id for row in listed])
    return len(listed)


def touch(connection: Connection, decisions: Collection[int]) -> None:
    """Let screens read decisions again."""
    if decisions:
        changed = update(decision).where(integer_list(decision.c.id, decisions))
        connection.execute(changed.values(revision=next_revision(connection)))


_CONCERNED = select(action.c.id, action.c.decision_id).join_from(action, message).join(community)

_ORDERS = (
    select(
        action.c.id, action.c.kind, action.c.decision_id, action.c.length, action.c.idempotency_key,
        action.c.seen_version, action.c.attempts, action.c.text.label("says"), decision.c.reason, message.c.version,
        message.c.message, message.c.text, message.c.community_id, community.c.platform, community.c.community,
        author.c.author,
    )
    .join_from(action, decision)
    .join(message, message.c.id == action.c.message_id)
    .join(community)
    .join(author, message.c.author_id == author.c.id, isouter=True)
)  # fmt: skip


def _in(communities: Collection[CommunityKey]) -> ColumnElement[bool]:
    keys = [(key.platform, key.community) for key in communities]
    return tuple_(community.c.platform, community.c.community).in_(keys)


def _within(reach: Reach) -> ColumnElement[bool]:
    """Whether the action is one of those in `reach`. Accounts have the same rights in most communities."""
    alike: defaultdict[frozenset[ActionKind], list[CommunityKey]] = defaultdict(list)
    for key, kinds in reach.items():
        alike[kinds].append(key)
    return or_(false(), *(and_(_in(keys), action.c.kind.in_(kinds)) for kinds, keys in alike.items()))


def _ready(now: datetime) -> ColumnElement[bool]:
    return and_(action.c.state.in_(_TO_COME), action.c.due <= now)


def _due(reach: Reach, now: datetime) -> ColumnElement[bool]:
    return and_(_within(reach), _ready(now))


def _claimed(row: AnyRow) -> Claimed:
    key = MessageKey(Platform(row.platform), row.community, row.message)
    order = Order(
        row.id, ActionKind(row.kind), key, row.author or "", row.idempotency_key, row.length, row.reason, row.says
    )
    # An undo's inverse saw no text, and does not depend on it.
    matters = row.seen_version > 0
    return Claimed(order, row.text if matters else None, matters and row.version != row.seen_version, row.attempts > 0)


def _set(
    connection: Connection, rows: Sequence[AnyRow], state: ActionState, note: Note | None, due: datetime | None
) -> int:
    if rows:
        changes: dict[str, Any] = {"state": state, "note": note_value(note), "due": due}
        connection.execute(update(action).where(integer_list(action.c.id, [row.id for row in rows])).values(**changes))
        touch(connection, [row.decision_id for row in rows])
    return len(rows)
