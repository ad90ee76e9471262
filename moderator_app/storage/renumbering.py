"""A community that has become another one takes along all that is stored of it."""

from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from moderator_app.domain.message import Community, CommunityKey
from moderator_app.domain.ports import Renumbering
from moderator_app.storage import bulk
from moderator_app.storage.tables import community, item, list_entry, message, policy, violation

# In the details of messages: ids of others.
_REFERENCES = ("reply_to", "thread")


def renumber(connection: Connection, renumberings: Iterable[Renumbering]) -> None:
    """Rename communities; what is renamed already stays. Where both are known the messages move over."""
    for each in renumberings:
        former, now = _row_id(connection, each.former), _row_id(connection, each.now.key)
        if former is None:
            continue
        mark_messages(connection, former, each.mark)
        if now is None:
            _rename(connection, former, each.now)
        else:
            agreed = select(community.c.may_warn).where(community.c.id == former).scalar_subquery()
            kept = update(community).where(community.c.id == now, ~community.c.may_warn)
            connection.execute(kept.values(may_warn=agreed))
            for table in (message, item, violation, list_entry, policy):
                theirs = update(table).where(table.c.community_id == former)
                connection.execute(theirs.values(community_id=now))


def _row_id(connection: Connection, key: CommunityKey) -> int | None:
    query = select(community.c.id).where(community.c.platform == key.platform, community.c.community == key.community)
    return connection.execute(query).scalar()


def _rename(connection: Connection, row_id: int, now: Community) -> None:
    values = {"community": now.key.community} | ({"name": now.name} if now.name else {})
    connection.execute(update(community).where(community.c.id == row_id).values(**values))


def mark_messages(connection: Connection, community_id: int, mark: str) -> None:
    """Have ids, and what refers to them, say of which numbers they are."""
    columns = (message.c.id, message.c.message, message.c.details)
    rows = connection.execute(select(*columns).where(message.c.community_id == community_id)).all()
    marked = []
    for row in rows:
        if ":" not in row.message:
            details = dict(row.details or {})
            details |= {name: f"{mark}:{details[name]}" for name in _REFERENCES if details.get(name)}
            marked.append({"id": row.id, "message": f"{mark}:{row.message}", "details": details or None})
    bulk.update_rows(connection, message, marked)
