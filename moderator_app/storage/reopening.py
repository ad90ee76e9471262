"""Decisions about messages that do not wait in the queue: they are put there for the moment of the decision."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select, update
from sqlalchemy import case as when

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.storage import decisions, traits
from moderator_app.storage.decisions import NewDecision, StoredDecision
from moderator_app.storage.items import CLOSED, DECIDED, OPEN, SNOOZED, WITHDRAWN, was_dismissed
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_WRITTEN, AnyRow, decision, item, message


def decide(connection: Connection, messages: Sequence[int], wanted: NewDecision) -> StoredDecision:
    """Decide about messages by their rows, as `decisions.decide` does about items.

    Passed over are messages that are gone, and those about which more than a dismissal was decided. An undo gives back
    the state that each had. Raises Refused where nothing is left.
    """
    formers = _open(connection, messages)
    if not formers:
        raise Refused("queue.nothing_left")
    stored = decisions.decide(connection, replace(wanted, items=tuple(formers), whole_group=False))
    elsewhere = {item_id: state for item_id, state in formers.items() if state != OPEN and item_id in stored.taken}
    if elsewhere:
        made = (decision.c.case_id == stored.case, integer_list(decision.c.item_id, elsewhere))
        connection.execute(
            update(decision).where(*made).values(former=when(elsewhere, value=decision.c.item_id, else_=None))
        )
    return stored


def _open(connection: Connection, messages: Sequence[int]) -> dict[int, str]:
    """The items of messages, open now, with the states that they had."""
    present = (integer_list(message.c.id, messages), IS_WRITTEN, ~message.c.deleted)
    rows = connection.execute(
        select(message, item.c.id.label("item_id"), item.c.state)
        .join_from(message, item, item.c.message_id == message.c.id, isouter=True)
        .where(*present)
        .order_by(message.c.date, message.c.id)
    ).all()
    _make(connection, [row for row in rows if row.item_id is None])
    made = select(item.c.id, item.c.message_id, item.c.state).where(
        integer_list(item.c.message_id, [row.id for row in rows])
    )
    known = {row.message_id: row for row in connection.execute(made)}
    formers = {known[row.id].id: known[row.id].state for row in rows}
    free = {each: state for each, state in formers.items() if _is_free(connection, each, state)}
    waiting = [each for each, state in free.items() if state != OPEN]
    connection.execute(update(item).where(integer_list(item.c.id, waiting)).values(state=OPEN))
    return free


def _is_free(connection: Connection, item_id: int, state: str) -> bool:
    return state in (OPEN, SNOOZED, WITHDRAWN, CLOSED) or (state == DECIDED and was_dismissed(connection, item_id))


def _make(connection: Connection, rows: Collection[AnyRow]) -> None:
    """Items for messages against which rules had nothing."""
    if not rows:
        return
    revision = next_revision(connection)
    said = traits.of_messages(connection, {row.id: ((), Choice.DELETE) for row in rows})
    values = [
        {
            "message_id": row.id,
            "community_id": row.community_id,
            "author_id": row.author_id,
            "rank": 0.0,
            "state": WITHDRAWN,
            "version": row.version,
            "suggested": Choice.DELETE,
            "opened": revision,
            "revision": revision,
            "traits_id": said[row.id],
            "row_traits_id": said[row.id],
        }
        for row in rows
    ]
    connection.execute(item.insert(), values)
