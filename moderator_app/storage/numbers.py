"""Whose numbers the ids of a community's messages are, where each account has others."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from moderator_app.domain.message import Community, CommunityKey
from moderator_app.storage import people
from moderator_app.storage.renumbering import mark_messages
from moderator_app.storage.tables import community, message

_MARK = "account"


def numbered_by(connection: Connection, place: CommunityKey) -> str:
    """The source whose numbers they are; empty where nobody has claimed them."""
    here = (community.c.platform == place.platform, community.c.community == place.community)
    return connection.execute(select(community.c.numbered_by).where(*here)).scalar() or ""


def take_over(connection: Connection, place: CommunityKey, source: str, former: str) -> bool:
    """Have new ids be those of `source`, instead of `former`, whose ids are marked; False when they are not its own."""
    row_id = people.community_ids(connection, [Community(place)], live=True)[place]
    mine = update(community).where(community.c.id == row_id, community.c.numbered_by == former)
    taken = connection.execute(mine.values(numbered_by=source)).rowcount > 0
    if taken and former:
        mark_messages(connection, row_id, f"{_MARK}{former.rpartition(':')[2]}")
    return taken


def read_by_others(connection: Connection, place: CommunityKey) -> datetime | None:
    """When the newest message was written that has another account's number."""
    here = (community.c.platform == place.platform, community.c.community == place.community)
    query = select(func.max(message.c.date)).join_from(message, community)
    return connection.execute(query.where(*here, message.c.message.startswith(_MARK))).scalar()
