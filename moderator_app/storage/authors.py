"""What is known of one author."""

from sqlalchemy import Connection, and_, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.queue import AuthorPlace, AuthorRecord, PastDecision, Said
from moderator_app.storage import author_notes
from moderator_app.storage.items import DECIDED
from moderator_app.storage.tables import (
    AnyRow,
    author,
    community,
    decision,
    item,
    joining,
    list_entry,
    message,
    violation,
)

MOST_PLACES, MOST_DECISIONS, MOST_LATEST = 20, 10, 8
_EXCERPT_LENGTH = 200


def record_of(connection: Connection, key: AuthorKey) -> AuthorRecord:
    """An author's history over all communities; an unknown author has an empty one."""
    found = select(author).where(author.c.platform == key.platform, author.c.author == key.author)
    row = connection.execute(found).first()
    if row is None:
        return AuthorRecord(Author(key), None, None, 0, 0, 0, 0, _listed(connection, key))
    places, messages, flagged = _places(connection, row.id)
    joined = connection.execute(select(func.max(joining.c.date)).where(joining.c.author_id == row.id)).scalar()
    decided, confirmed = _decided(connection, row.id)
    return AuthorRecord(
        author=Author(key, row.name, row.username),
        first_seen=row.first_seen,
        joined=joined,
        messages=messages,
        flagged=flagged,
        decided=decided,
        confirmed=confirmed,
        listed=_listed(connection, key),
        places=places,
        decisions=_decisions(connection, row.id),
        latest=_latest(connection, row.id),
        notes=author_notes.about(connection, row.id),
    )


def _places(connection: Connection, author_id: int) -> tuple[tuple[AuthorPlace, ...], int, int]:
    """Where an author writes, the messages in all, and how many of them were flagged."""
    count = func.count()
    written = select(message.c.community_id, count.label("messages"), count.filter(message.c.flagged).label("flagged"))
    rows = connection.execute(written.where(message.c.author_id == author_id).group_by(message.c.community_id)).all()
    broken = select(violation.c.community_id, count.label("times")).where(violation.c.author_id == author_id)
    broken = broken.group_by(violation.c.community_id)
    violations = {row.community_id: row.times for row in connection.execute(broken)}
    most = sorted(rows, key=lambda row: -row.messages)[:MOST_PLACES]
    named = select(community).where(community.c.id.in_([row.community_id for row in most]))
    known = {row.id: _community(row) for row in connection.execute(named)}
    places = (AuthorPlace(known[row.community_id], row.messages, violations.get(row.community_id, 0)) for row in most)
    return tuple(places), sum(row.messages for row in rows), sum(row.flagged for row in rows)


_SAID = (
    message.c.date, message.c.flagged, message.c.deleted, community.c.platform, community.c.community,
    community.c.name, func.substr(message.c.text, 1, _EXCERPT_LENGTH).label("excerpt"),
)  # fmt: skip


def _decisions(connection: Connection, author_id: int) -> tuple[PastDecision, ...]:
    query = (
        select(*_SAID, decision.c.choice, decision.c.by, decision.c.at)
        .join_from(decision, item)
        .join(message, and_(message.c.id == item.c.message_id, message.c.author_id == author_id))
        .join(community, community.c.id == message.c.community_id)
        .where(decision.c.undone.is_(None), item.c.state == DECIDED)
        .order_by(decision.c.id.desc())
        .limit(MOST_DECISIONS)
    )
    return tuple(
        PastDecision(Choice(row.choice), row.by, row.at, _community(row), _one_line(row.excerpt))
        for row in connection.execute(query)
    )


def _latest(connection: Connection, author_id: int) -> tuple[Said, ...]:
    query = (
        select(*_SAID)
        .join_from(message, community)
        .where(message.c.author_id == author_id)
        .order_by(message.c.date.desc(), message.c.id.desc())
        .limit(MOST_LATEST)
    )
    return tuple(
        Said(_community(row), row.date, _one_line(row.excerpt), row.flagged, row.deleted)
        for row in connection.execute(query)
    )


def _community(row: AnyRow) -> Community:
    return Community(CommunityKey(Platform(row.platform), row.community), row.name)


def _one_line(text: str) -> str:
    return " ".join(text.split())


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
