"""Communities, authors and joins: found or made by their platform's ids."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from moderator_app.domain.message import Author, AuthorKey, Community, CommunityKey, Join, Platform
from moderator_app.storage import bulk, sqlite
from moderator_app.storage.tables import AnyRow, author, community, joining, stored_time


def community_ids(
    connection: Connection, communities: Iterable[Community], *, live: bool = False
) -> dict[CommunityKey, int]:
    """The row ids of communities, made where missing. A name that is known now is taken over.

    `live` marks them as watched by a source.
    """
    wanted = {listed.key: listed.name for listed in communities}
    if not wanted:
        return {}
    rows = _communities(connection, wanted)
    made = [
        {"platform": key.platform, "community": key.community, "name": name, "live": live}
        for key, name in wanted.items()
        if key not in rows
    ]
    if made:
        connection.execute(community.insert(), made)
        rows = _communities(connection, wanted)
    for key, row in rows.items():
        changes = {"name": wanted[key] or row.name, "live": live or row.live}
        if changes != {"name": row.name, "live": row.live}:
            connection.execute(update(community).where(community.c.id == row.id).values(**changes))
    return {key: row.id for key, row in rows.items()}


def author_ids(connection: Connection, seen: Iterable[tuple[Author, datetime]]) -> dict[AuthorKey, int]:
    """The row ids of authors seen at the given times, made where missing. New names are taken over."""
    wanted: dict[AuthorKey, tuple[Author, datetime]] = {}
    for who, date in seen:
        before = wanted.get(who.key)
        if before is None:
            wanted[who.key] = who, date
        elif who is not before[0] or date < before[1]:
            wanted[who.key] = _newer(who, before[0]), min(date, before[1])
    known = _remembered(connection)
    if asked := [key for key in wanted if key not in known]:
        known |= _authors(connection, asked)
    if unknown := [key for key in asked if key not in known]:
        bulk.insert_rows(connection, author, [_author_values(*wanted[key]) for key in unknown])
        known |= _authors(connection, unknown)
    for key, (who, date) in wanted.items():
        known[key] = _refresh(connection, known[key], who, date)
    return {key: known[key].id for key in wanted}


def store_joins(connection: Connection, joins: Sequence[Join]) -> None:
    """Keep joins; one that is known already adds nothing."""
    if not joins:
        return
    communities = community_ids(connection, (Community(join.community) for join in joins))
    authors = author_ids(connection, ((join.author, join.date) for join in joins))
    rows = [
        {
            "community_id": communities[join.community],
            "author_id": authors[join.author.key],
            "date": join.date,
            "how": join.how,
        }
        for join in joins
    ]
    sqlite.add_missing(connection, joining, rows)


def joined(connection: Connection, first: datetime, last: datetime, most: int) -> tuple[Join, ...]:
    """The joins between two times, oldest first; the newest of them if they are too many."""
    query = (
        select(community.c.platform, community.c.community, author.c.author, joining.c.date, joining.c.how)
        .join_from(joining, community)
        .join(author, author.c.id == joining.c.author_id)
        .where(joining.c.date.between(first, last))
        .order_by(joining.c.date.desc())
        .limit(most)
    )
    return tuple(reversed([_join(row) for row in connection.execute(query)]))


def known_communities(connection: Connection) -> tuple[Community, ...]:
    """All communities, by name."""
    rows = connection.execute(select(community).order_by(community.c.name, community.c.id))
    return tuple(Community(CommunityKey(Platform(row.platform), row.community), row.name) for row in rows)


def _join(row: AnyRow) -> Join:
    platform = Platform(row.platform)
    who = Author(AuthorKey(platform, row.author))
    return Join(CommunityKey(platform, row.community), who, row.date, row.how)


def _communities(connection: Connection, keys: Collection[CommunityKey]) -> dict[CommunityKey, AnyRow]:
    found: dict[CommunityKey, AnyRow] = {}
    for platform in {key.platform for key in keys}:
        ids = sqlite.text_list(community.c.community, (key.community for key in keys if key.platform is platform))
        rows = connection.execute(select(community).where(community.c.platform == platform, ids))
        found |= {CommunityKey(platform, row.community): row for row in rows}
    return found


class _Known(NamedTuple):
    """An author's row, as it was when it was read or written last. `first_seen` is as stored."""

    id: int
    author: str
    name: str
    username: str
    first_seen: int


_REMEMBERED = 20_000

_AUTHORS = select(author.c.id, author.c.author, author.c.name, author.c.username, author.c.first_seen)


def _remembered(connection: Connection) -> dict[AuthorKey, _Known]:
    """Authors met in this connection: the few of a chat recur in every batch, and their rows are never deleted."""
    known: dict[AuthorKey, _Known] = sqlite.memory(connection).setdefault("authors", {})
    if len(known) > _REMEMBERED:
        known.clear()
    return known


def _authors(connection: Connection, keys: Collection[AuthorKey]) -> dict[AuthorKey, _Known]:
    found: dict[AuthorKey, _Known] = {}
    for platform in {key.platform for key in keys}:
        ids = sqlite.text_list(author.c.author, (key.author for key in keys if key.platform is platform))
        rows = sqlite.rows_at_once(connection, _AUTHORS.where(author.c.platform == platform, ids))
        found |= {AuthorKey(platform, row.author): row for row in map(_Known._make, rows)}
    return found


def _author_values(who: Author, first_seen: datetime) -> dict[str, Any]:
    platform, author_id = who.key
    names = {"name": who.name, "username": who.username}
    return {"platform": platform, "author": author_id, **names, "first_seen": first_seen}


def _newer(who: Author, earlier: Author) -> Author:
    """The names of `who`, and the earlier ones where it has none."""
    if who == earlier:
        return who
    return replace(who, name=who.name or earlier.name, username=who.username or earlier.username)


def _refresh(connection: Connection, row: _Known, who: Author, date: datetime) -> _Known:
    names: dict[str, Any] = {}
    if who.name and who.name != row.name:
        names["name"] = who.name
    if who.username and who.username != row.username:
        names["username"] = who.username
    seen = stored_time(date)
    if not names and seen >= row.first_seen:
        return row
    theirs = update(author).where(author.c.id == row.id)
    if names:
        connection.execute(theirs.values(**names))
    # Another process may know of an earlier time by now.
    connection.execute(theirs.where(author.c.first_seen > date).values(first_seen=date))
    return row._replace(first_seen=min(seen, row.first_seen), **names)
