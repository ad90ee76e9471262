"""What a source delivers, stored in one transaction with how far it has delivered."""

from datetime import datetime

from sqlalchemy import Connection

from moderator_app.domain.ports import Delivery
from moderator_app.storage import cursors, messages, people
from moderator_app.storage.messages import Stored


def store(connection: Connection, delivery: Delivery, now: datetime, source: str = "") -> Stored:
    """Store a delivery. One without a `source` came from a file, and its communities cannot be acted upon."""
    live = bool(source)
    people.community_ids(connection, delivery.communities, live=live)
    people.store_joins(connection, delivery.joins)
    stored = messages.store(connection, delivery.messages, now, live=live)
    if live and delivery.cursor:
        cursors.write(connection, source, delivery.cursor)
    return stored
