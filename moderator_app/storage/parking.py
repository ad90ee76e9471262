"""Actions that wait for a human's answer to the platform's question."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_, update

from moderator_app.domain.decision import ActionState, Note
from moderator_app.domain.message import CommunityKey
from moderator_app.storage.claims import touch
from moderator_app.storage.notes import note_value
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import action, community, decision, item, message


def park(connection: Connection, actions: Collection[int], note: Note) -> None:
    """running -> waiting, until somebody says that it may go on."""
    running = update(action).where(integer_list(action.c.id, actions), action.c.state == ActionState.RUNNING)
    parked = running.values(state=ActionState.WAITING, note=note_value(note), due=None)
    touch(connection, connection.execute(parked.returning(action.c.decision_id)).scalars().all())


def resume(
    connection: Connection, communities: Collection[CommunityKey], questions: Collection[str], now: datetime
) -> int:
    """waiting -> pending, for what was parked in these communities by one of the `questions`; says how many."""
    keys = [(key.platform, key.community) for key in communities]
    query = (
        select(action.c.id, action.c.decision_id, action.c.note)
        .join_from(action, decision)
        .join(item)
        .join(message, item.c.message_id == message.c.id)
        .join(community)
        .where(tuple_(community.c.platform, community.c.community).in_(keys))
        .where(action.c.state == ActionState.WAITING, action.c.due.is_(None))
    )
    rows = [row for row in connection.execute(query).all() if row.note and row.note[0] in questions]
    going: dict[str, Any] = {"state": ActionState.PENDING, "due": now, "wanted": now, "note": None}
    connection.execute(update(action).where(integer_list(action.c.id, [row.id for row in rows])).values(**going))
    touch(connection, [row.decision_id for row in rows])
    return len(rows)
