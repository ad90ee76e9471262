"""Second opinions: who wants one on an item, and since when."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from moderator_app.domain.traits import SECOND_OPINION
from moderator_app.storage import campaigns, traits
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, item


def ask(connection: Connection, items: Collection[int], by: str, at: datetime) -> bool:
    """Flag open items, or take the flag from them where all have it; says whether they have it now."""
    listed = integer_list(item.c.id, items)
    rows = connection.execute(select(item.c.id, item.c.opinion_by).where(listed, IS_OPEN)).all()
    wanted = any(row.opinion_by is None for row in rows)
    concerned = [row.id for row in rows if (row.opinion_by is None) is wanted]
    revision = next_revision(connection)
    values = {"opinion_by": by, "opinion_at": at} if wanted else {"opinion_by": None, "opinion_at": None}
    connection.execute(update(item).where(integer_list(item.c.id, concerned)).values(**values, revision=revision))
    campaigns.settle(connection, traits.say(connection, concerned, SECOND_OPINION, holds=wanted), revision)
    return wanted
