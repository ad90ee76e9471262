"""What a source delivers, stored in one transaction with how far it has delivered."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from moderator_app.domain.ports import Delivery
from moderator_app.storage import cursors, messages, people, verdicts
from moderator_app.storage.items import JudgedMessage
from moderator_app.storage.messages import Stored, StoredMessage
from moderator_app.storage.verdicts import Recorded


def store(connection: Connection, delivery: Delivery, now: datetime, source: str = "") -> Stored:
    """Store a delivery. One without a `source` came from a file, and its communities cannot be acted upon."""
    live = bool(source)
    people.community_ids(connection, delivery.communities, live=live)
    people.store_joins(connection, delivery.joins)
    stored = messages.store(connection, delivery.messages, now, live=live)
    if live and delivery.cursor:
        cursors.write(connection, source, delivery.cursor)
    return stored


def store_judged(
    connection: Connection,
    delivery: Delivery,
    now: datetime,
    conclude: Callable[[Sequence[StoredMessage]], Sequence[JudgedMessage]],
) -> tuple[Stored, Recorded]:
    """Store a file's delivery and the verdicts on what is new in it; all or nothing."""
    stored = store(connection, delivery, now)
    return stored, verdicts.record(connection, conclude(stored.to_judge))


def conclude(connection: Connection, verdicts_on: Callable[[], Sequence[JudgedMessage]]) -> Recorded:
    """Store verdicts that are made here and now, in the order in which everything is written."""
    return verdicts.record(connection, verdicts_on())
