"""What is being asked about: claimed before it is asked, in the one file that all processes share."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from moderator_app.storage.sqlite import add_missing
from moderator_app.storage.tables import ai_claim

# A claim that is not renewed so long was its owner's last.
HELD = timedelta(seconds=10)


def take(connection: Connection, keys: Collection[bytes], owner: str, now: datetime) -> set[bytes]:
    """Claim what nobody else holds; returns which of `keys` are the owner's now."""
    connection.execute(delete(ai_claim).where(ai_claim.c.until <= now))
    add_missing(connection, ai_claim, [{"key": key, "owner": owner, "until": now + HELD} for key in keys])
    own = select(ai_claim.c.key).where(ai_claim.c.owner == owner)
    return set(connection.execute(own).scalars()) & set(keys)


def renew(connection: Connection, owner: str, now: datetime) -> None:
    connection.execute(update(ai_claim).where(ai_claim.c.owner == owner).values(until=now + HELD))


def release(connection: Connection, owner: str) -> None:
    connection.execute(delete(ai_claim).where(ai_claim.c.owner == owner))
