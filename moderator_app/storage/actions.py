"""Actions on their way out: claimed once, and every outcome kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, tuple_, update

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note, Order
from moderator_app.domain.message import CommunityKey, MessageKey, Platform
from moderator_app.storage import campaigns
from moderator_app.storage.decisions import standing_decisions, uncount
from moderator_app.storage.items import DECIDED, OPEN
from moderator_app.storage.queue import note_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.tables import AnyRow, action, author, community, decision, item, message

LATE = Note("action.late")


@dataclass(frozen=True, slots=True)
class Claimed:
    """An action that this process now carries out.

    `text` is what the moderator saw, None where it does not matter. `stale` says that it was edited since.
    """

    order: Order
    text: str | None
    stale: bool


def claim(connection: Connection, communities: Collection[CommunityKey], now: datetime) -> Claimed | None:
    """Take the action that has been due longest in these communities: pending or waiting -> running."""
    row = connection.execute(_ORDERS.where(_due(communities, now)).order_by(action.c.due, action.c.id).limit(1)).first()
    if row is None:
        return None
    taken = (
        update(action)
        .where(action.c.id == row.id, action.c.state == row.state)
        # From here on it is late when this run is: a wait that the platform asked for does not count.
        .values(state=ActionState.RUNNING, attempts=action.c.attempts + 1, note=None, wanted=now)
    )
    if connection.execute(taken).rowcount != 1:
        return None
    _touch(connection, row.decision_id)
    return _claimed(row)


def park_late(connection: Connection, communities: Collection[CommunityKey], now: datetime, late: timedelta) -> int:
    """Park what nobody could carry out in time until a human confirms it; says how many."""
    overdue = (
        select(action.c.id, action.c.decision_id)
        .join_from(action, decision)
        .join(item)
        .join(message)
        .join(community)
        .where(_in(communities), _overdue(now - late))
    )
    rows = connection.execute(overdue).all()
    for row in rows:
        _set(connection, row.id, ActionState.WAITING, LATE, due=None)
        _touch(connection, row.decision_id)
    return len(rows)


def confirm_late(connection: Connection, case: int, now: datetime) -> bool:
    """Let the parked actions of a case run now."""
    decisions = select(decision.c.id).where(decision.c.case_id == case)
    armed = (
        update(action)
        .where(action.c.decision_id.in_(decisions), action.c.state == ActionState.WAITING, action.c.due.is_(None))
        .values(state=ActionState.PENDING, due=now, wanted=now, note=None)
    )
    changed = connection.execute(armed).rowcount > 0
    if changed:
        revision = next_revision(connection)
        connection.execute(update(decision).where(decision.c.case_id == case).values(revision=revision))
    return changed


def hasten(connection: Connection, communities: Collection[CommunityKey], now: datetime) -> None:
    """End the grace time of everything pending in these communities."""
    waiting = (
        select(action.c.id)
        .join_from(action, decision)
        .join(item)
        .join(message)
        .join(community)
        .where(_in(communities), action.c.state == ActionState.PENDING, action.c.due > now)
    )
    connection.execute(update(action).where(action.c.id.in_(waiting)).values(due=now, wanted=now))


def unfinished(connection: Connection, communities: Collection[CommunityKey], now: datetime) -> int:
    """The number of actions of these communities that are being carried out or could be."""
    query = (
        select(func.count())
        .select_from(action)
        .join(decision)
        .join(item)
        .join(message)
        .join(community)
        .where(_due(communities, now) | (_in(communities) & (action.c.state == ActionState.RUNNING)))
    )
    return int(connection.execute(query).scalar_one())


@dataclass(frozen=True, slots=True)
class LateCase:
    case: int
    choice: Choice


def late_case(connection: Connection, item_id: int) -> LateCase | None:
    """The case of an item whose actions wait for a human because they became late."""
    query = (
        select(decision.c.case_id, decision.c.choice)
        .join_from(decision, action)
        .where(decision.c.item_id == item_id, decision.c.undone.is_(None))
        .where(action.c.state == ActionState.WAITING, action.c.due.is_(None))
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else LateCase(row.case_id, Choice(row.choice))


def finish(connection: Connection, action_id: int, note: Note | None = None) -> None:
    """running -> done; the note says so when it was done already."""
    if _leave_running(connection, action_id, ActionState.DONE, note) is not None:
        _mark_deleted(connection, action_id)


def put_back(connection: Connection, action_id: int) -> None:
    """running -> pending, because it was not begun after all."""
    _leave_running(connection, action_id, ActionState.PENDING, None)


def postpone(connection: Connection, action_id: int, until: datetime, note: Note) -> None:
    """running -> waiting, because the platform asks for it."""
    _leave_running(connection, action_id, ActionState.WAITING, note, due=until)


def fail(connection: Connection, action_id: int, note: Note) -> int | None:
    """running -> failed; the item is back in the queue with the reason. Returns the item.

    None when something else was decided about it meanwhile: that stands.
    """
    return _give_back(connection, action_id, ActionState.FAILED, note)


def disarm(connection: Connection, action_id: int, note: Note) -> int | None:
    """running -> cancelled, with all that the decision still holds back; the item is back in the queue."""
    item_id = _give_back(connection, action_id, ActionState.CANCELLED, note)
    own = select(action.c.decision_id).where(action.c.id == action_id).scalar_subquery()
    connection.execute(
        update(action)
        .where(action.c.decision_id == own, action.c.state.in_((ActionState.PENDING, ActionState.WAITING)))
        .values(state=ActionState.CANCELLED, note=note_value(note))
    )
    return item_id


def recover(connection: Connection) -> int:
    """running -> pending, for what a killed process had claimed. Only the holder of the sources may call it."""
    rows = connection.execute(select(action.c.id, action.c.decision_id).where(action.c.state == ActionState.RUNNING))
    listed = rows.all()
    for row in listed:
        _set(connection, row.id, ActionState.PENDING, None)
        _touch(connection, row.decision_id)
    return len(listed)


_ORDERS = (
    select(
        action.c.id, action.c.kind, action.c.state, action.c.decision_id, action.c.length, action.c.idempotency_key,
        action.c.seen_version, decision.c.reason, message.c.version, message.c.message,
        message.c.text, community.c.platform, community.c.community, author.c.author,
    )
    .join_from(action, decision)
    .join(item)
    .join(message)
    .join(community)
    .join(author, message.c.author_id == author.c.id, isouter=True)
)  # fmt: skip


def _in(communities: Collection[CommunityKey]) -> ColumnElement[bool]:
    keys = [(key.platform, key.community) for key in communities]
    return tuple_(community.c.platform, community.c.community).in_(keys)


def _overdue(before: datetime) -> ColumnElement[bool]:
    """A wait that the platform asked for makes nothing late; what nobody did after its end is."""
    never_tried = (action.c.state == ActionState.PENDING) & (action.c.wanted < before)
    waited_out = (action.c.state == ActionState.WAITING) & (action.c.due < before)
    return never_tried | waited_out


def _due(communities: Collection[CommunityKey], now: datetime) -> ColumnElement[bool]:
    ready = action.c.state.in_((ActionState.PENDING, ActionState.WAITING)) & (action.c.due <= now)
    return _in(communities) & ready


def _claimed(row: AnyRow) -> Claimed:
    key = MessageKey(Platform(row.platform), row.community, row.message)
    order = Order(row.id, ActionKind(row.kind), key, row.author or "", row.idempotency_key, row.length, row.reason)
    # An undo's inverse saw no text, and does not depend on it.
    matters = row.seen_version > 0
    return Claimed(order, row.text if matters else None, matters and row.version != row.seen_version)


def _leave_running(
    connection: Connection, action_id: int, state: ActionState, note: Note | None, **values: Any
) -> int | None:
    """Returns the decision, None when the action was not running any more."""
    changed = (
        update(action)
        .where(action.c.id == action_id, action.c.state == ActionState.RUNNING)
        .values(state=state, note=note_value(note), **values)
        .returning(action.c.decision_id)
    )
    decision_id = connection.execute(changed).scalar()
    if decision_id is not None:
        _touch(connection, decision_id)
    return decision_id


def _give_back(connection: Connection, action_id: int, state: ActionState, note: Note) -> int | None:
    decision_id = _leave_running(connection, action_id, state, note)
    if decision_id is None:
        return None
    query = select(decision.c.item_id, item.c.state).join_from(decision, item).where(decision.c.id == decision_id)
    row = connection.execute(query).one()
    if row.state == DECIDED:
        if decision_id not in standing_decisions(connection, [row.item_id]):
            # Taken back, or decided anew meanwhile: what a human said last stands.
            return None
        uncount(connection, [decision_id])
    revision = next_revision(connection)
    reopened = {"state": OPEN, "failure": note_value(note), "revision": revision}
    connection.execute(update(item).where(item.c.id == row.item_id).values(**reopened))
    campaigns.settle_items(connection, [row.item_id], revision)
    return int(row.item_id)


def _mark_deleted(connection: Connection, action_id: int) -> None:
    """A deletion that was carried out shows at once, without waiting for the platform's event."""
    concerned = (
        select(item.c.message_id)
        .join_from(action, decision)
        .join(item)
        .where(action.c.id == action_id, action.c.kind == ActionKind.DELETE)
    )
    connection.execute(update(message).where(message.c.id.in_(concerned)).values(deleted=True))


def _set(connection: Connection, action_id: int, state: ActionState, note: Note | None, **values: Any) -> None:
    changed = update(action).where(action.c.id == action_id)
    connection.execute(changed.values(state=state, note=note_value(note), **values))


def _touch(connection: Connection, decision_id: int) -> None:
    """Let screens read the decision again."""
    revision = next_revision(connection)
    connection.execute(update(decision).where(decision.c.id == decision_id).values(revision=revision))
