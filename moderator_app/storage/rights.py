"""What cannot be done in each community, kept for every process of the profile."""

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.rights import PlacedObstacles
from moderator_app.storage.notes import obstacles_value
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, community, item


def keep(connection: Connection, found: Mapping[CommunityKey, PlacedObstacles]) -> frozenset[CommunityKey]:
    """Store what is known of communities; screens read again what is open there where it changed.

    Returns those of the communities that are stored.
    """
    rows = connection.execute(
        select(community.c.id, community.c.platform, community.c.community, community.c.obstacles)
    )
    known = {CommunityKey(Platform(row.platform), row.community): row for row in rows}
    stored = frozenset(found.keys() & known.keys())
    changed = [key for key in stored if known[key].obstacles != obstacles_value(found[key])]
    for key in changed:
        values = {"obstacles": obstacles_value(found[key])}
        connection.execute(update(community).where(community.c.id == known[key].id).values(**values))
    if changed:
        concerned = integer_list(item.c.community_id, [known[key].id for key in changed])
        connection.execute(update(item).where(IS_OPEN, concerned).values(revision=next_revision(connection)))
    return stored
