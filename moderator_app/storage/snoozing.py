"""Items that were put off for a while: they leave the queue and come back to their place in it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from moderator_app.domain.errors import Refused
from moderator_app.storage import campaigns
from moderator_app.storage.items import OPEN, SNOOZED
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_SNOOZED, IS_UNDECIDED, item


def snooze(connection: Connection, items: Sequence[int], until: datetime) -> tuple[int, ...]:
    """Put off `items` and all of their campaigns, or let them come back at another time; returns them.

    Raises Refused when none of them is undecided.
    """
    revision, listed = next_revision(connection), campaigns.with_variants(connection, items)
    away = {"state": SNOOZED, "snoozed_until": until, "revision": revision}
    changed = update(item).where(integer_list(item.c.id, listed), IS_UNDECIDED).values(**away)
    taken = tuple(connection.execute(changed.returning(item.c.id)).scalars())
    if not taken:
        raise Refused("queue.not_open", item=str(items[0]))
    campaigns.settle_items(connection, taken, revision)
    return taken


def wake(connection: Connection, items: Collection[int]) -> tuple[int, ...]:
    """Bring snoozed ones of `items` back before their time; returns them."""
    return _bring_back(connection, connection.execute(_SNOOZED.where(integer_list(item.c.id, items))).scalars().all())


def wake_due(connection: Connection, now: datetime) -> tuple[int, ...]:
    """Bring back what was put off until `now`."""
    return _bring_back(connection, connection.execute(_SNOOZED.where(item.c.snoozed_until <= now)).scalars().all())


def next_due(connection: Connection) -> datetime | None:
    """When the next one comes back."""
    return connection.execute(select(func.min(item.c.snoozed_until)).where(IS_SNOOZED)).scalar()


_SNOOZED = select(item.c.id).where(IS_SNOOZED, item.c.state == SNOOZED)


def _bring_back(connection: Connection, items: Sequence[int]) -> tuple[int, ...]:
    if items:
        revision = next_revision(connection)
        # Screens count it among what is new.
        back = {"state": OPEN, "snoozed_until": None, "opened": revision, "revision": revision}
        connection.execute(update(item).where(integer_list(item.c.id, items)).values(**back))
        campaigns.settle_items(connection, items, revision)
    return tuple(items)
