"""What is known of one author."""

from sqlalchemy import Connection, and_, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Author, AuthorKey
from moderator_app.domain.queue import AuthorRecord
from moderator_app.storage.items import DECIDED
from moderator_app.storage.tables import author, decision, item, joining, list_entry, message


def record_of(connection: Connection, key: AuthorKey) -> AuthorRecord:
    """An author's history over all communities; an unknown author has an empty one."""
    found = select(author).where(author.c.platform == key.platform, author.c.author == key.author)
    row = connection.execute(found).first()
    if row is None:
        return AuthorRecord(Author(key), None, None, 0, 0, 0, 0, _listed(connection, key))
    written = connection.execute(
        select(func.count(), func.count().filter(message.c.flagged)).where(message.c.author_id == row.id)
    ).one()
    joined = connection.execute(select(func.max(joining.c.date)).where(joining.c.author_id == row.id)).scalar()
    decided, confirmed = _decided(connection, row.id)
    return AuthorRecord(
        author=Author(key, row.name, row.username),
        first_seen=row.first_seen,
        joined=joined,
        messages=written[0],
        flagged=written[1],
        decided=decided,
        confirmed=confirmed,
        listed=_listed(connection, key),
    )


def _decided(connection: Connection, author_id: int) -> tuple[int, int]:
    """Reviewed messages of an author, and those found to break the rules."""
    # An item that came back and was decided again has several decisions: the last one counts.
    newest = (
        select(func.max(decision.c.id))
        .join_from(decision, item)
        .join(message, and_(message.c.id == item.c.message_id, message.c.author_id == author_id))
        .where(decision.c.undone.is_(None), item.c.state == DECIDED)
        .group_by(decision.c.item_id)
    )
    query = select(decision.c.choice, func.count()).where(decision.c.id.in_(newest)).group_by(decision.c.choice)
    counts = {Choice(choice): count for choice, count in connection.execute(query)}
    return sum(counts.values()), sum(count for choice, count in counts.items() if choice.confirms)


def _listed(connection: Connection, key: AuthorKey) -> str:
    query = select(list_entry.c.list).where(
        list_entry.c.list.in_([ListKind.WHITELIST, ListKind.BLACKLIST]), list_entry.c.value == str(key)
    )
    return connection.execute(query.order_by(list_entry.c.list.desc())).scalar() or ""
