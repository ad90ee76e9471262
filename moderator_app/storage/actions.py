"""What became of actions that were claimed: every outcome is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note
from moderator_app.storage import campaigns, closing
from moderator_app.storage.claims import hold_kind, touch
from moderator_app.storage.decisions import standing_decisions, uncount
from moderator_app.storage.items import DECIDED, OPEN
from moderator_app.storage.notes import note_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import action, decision, item, message


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
        touch(connection, connection.execute(decisions).scalars().all())
    return changed


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


def finish(connection: Connection, actions: Collection[int], note: Note | None = None) -> None:
    """running -> done; the note says so when it was done already."""
    done = _leave_running(connection, actions, ActionState.DONE, note)
    _show_effect(connection, done)


def put_back(connection: Connection, actions: Collection[int]) -> None:
    """running -> pending, because it was not begun after all."""
    _leave_running(connection, actions, ActionState.PENDING, None)


def postpone(
    connection: Connection, actions: Collection[int], until: datetime, note: Note, source: str, kind: str
) -> None:
    """running -> waiting, because the platform asks for it: for no more of that kind, of whichever message."""
    wait(connection, actions, until, note)
    hold_kind(connection, source, kind, until, note)


def wait(connection: Connection, actions: Collection[int], until: datetime, note: Note) -> None:
    """running -> waiting, and nothing else with them."""
    _leave_running(connection, actions, ActionState.WAITING, note, due=until)


def fail(connection: Connection, actions: Collection[int], note: Note) -> tuple[int, ...]:
    """running -> failed; the items are back in the queue with the reason. Returns them.

    Not those about which something else was decided meanwhile: that stands.
    """
    return _give_back(connection, actions, ActionState.FAILED, note)


def disarm(connection: Connection, actions: Collection[int], note: Note) -> tuple[int, ...]:
    """running -> cancelled, with all that their decisions still hold back; the items are back in the queue."""
    items = _give_back(connection, actions, ActionState.CANCELLED, note)
    own = select(action.c.decision_id).where(integer_list(action.c.id, actions))
    connection.execute(
        update(action)
        .where(action.c.decision_id.in_(own), action.c.state.in_((ActionState.PENDING, ActionState.WAITING)))
        .values(state=ActionState.CANCELLED, note=note_value(note))
    )
    return items


def _leave_running(
    connection: Connection, actions: Collection[int], state: ActionState, note: Note | None, **values: Any
) -> dict[int, int]:
    """Those of `actions` that were running, with their decisions."""
    changed = (
        update(action)
        .where(integer_list(action.c.id, actions), action.c.state == ActionState.RUNNING)
        .values(state=state, note=note_value(note), **values)
        .returning(action.c.id, action.c.decision_id)
    )
    left = {row.id: row.decision_id for row in connection.execute(changed)}
    touch(connection, left.values())
    return left


def _give_back(connection: Connection, actions: Collection[int], state: ActionState, note: Note) -> tuple[int, ...]:
    left = set(_leave_running(connection, actions, state, note).values())
    concerned = select(decision.c.id, decision.c.item_id, item.c.state).join_from(decision, item)
    rows = connection.execute(concerned.where(integer_list(decision.c.id, left))).all()
    standing = standing_decisions(connection, [row.item_id for row in rows])
    # Taken back, or decided anew meanwhile: what a human said last stands.
    decided = [row for row in rows if row.state == DECIDED and row.id in standing]
    if decided:
        uncount(connection, [row.id for row in decided])
    back = [row.item_id for row in rows if row in decided or row.state != DECIDED]
    if back:
        revision = next_revision(connection)
        reopened = {"state": OPEN, "failure": note_value(note), "closing": None, "revision": revision}
        connection.execute(update(item).where(integer_list(item.c.id, back)).values(**reopened))
        campaigns.settle_items(connection, back, revision)
    return tuple(back)


def _show_effect(connection: Connection, done: Collection[int]) -> None:
    """What was carried out shows at once, without waiting for the platform's event."""
    concerned = (
        select(
            action.c.kind,
            action.c.message_id,
            action.c.length,
            action.c.wanted,
            message.c.community_id,
            message.c.author_id,
        )
        .join_from(action, message)
        .where(integer_list(action.c.id, done))
    )
    rows = connection.execute(concerned).all()
    for kind, deleted in ((ActionKind.DELETE, True), (ActionKind.RESTORE, False)):
        if ids := [row.message_id for row in rows if row.kind == kind]:
            connection.execute(update(message).where(integer_list(message.c.id, ids)).values(deleted=deleted))
    for row in rows:
        if row.kind == ActionKind.DELETE_ALL and row.author_id is not None:
            # `wanted` is when it was claimed: what is deleted reaches back from then.
            since = row.wanted - timedelta(seconds=row.length) if row.length else None
            closing.sweep(connection, row.community_id, row.author_id, since)
