"""The admins' lists and policies, and the version of rules they make together."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, select

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ListKind, Lists, StopWord, WordKind
from moderator_app.domain.message import AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.policy import Policy
from moderator_app.domain.verdict import Label
from moderator_app.storage import people, schema, sqlite
from moderator_app.storage.tables import community, list_entry, policy


def read(connection: Connection) -> Lists:
    """All lists as they stand."""
    query = select(list_entry, community.c.platform, community.c.community).join(community, isouter=True)
    rows = connection.execute(query.order_by(list_entry.c.id)).all()
    authors = {
        kind: frozenset(AuthorKey.parse(row.value) for row in rows if row.list == kind)
        for kind in (ListKind.WHITELIST, ListKind.BLACKLIST)
    }
    words = tuple(
        StopWord(
            row.value,
            WordKind(row.kind),
            Label(row.label),
            None if row.community is None else CommunityKey(Platform(row.platform), row.community),
        )
        for row in rows
        if row.list == ListKind.STOP_WORDS
    )
    return Lists(authors[ListKind.WHITELIST], authors[ListKind.BLACKLIST], words)


def rule_book(connection: Connection) -> RuleBook:
    """The rules in force."""
    version = int(connection.execute(select(func.max(policy.c.version))).scalar() or 1)
    return RuleBook(default=Policy(version=version), lists=read(connection))


def rule_book_of(path: Path) -> RuleBook:
    """The rules in force in a database file, the defaults where there is none. The file is not touched.

    Raises Unreadable for a damaged or newer one, TryLater and Refused where SQLite cannot get at it.
    """
    with sqlite.readable(path) as where:
        version = schema.stored_version(where)
        if version is None:
            return RuleBook()
        if version != schema.HEAD:
            raise Unreadable("storage.other_version", file=str(path), version=version)
        engine = sqlite.reading_engine(where)
        try:
            with sqlite.translated(path), engine.begin() as connection:
                return rule_book(connection)
        finally:
            engine.dispose()


def set_authors(connection: Connection, kind: ListKind, authors: Collection[AuthorKey], now: datetime) -> None:
    """Replace a list of authors."""
    _replace(connection, kind, [{"value": str(key)} for key in sorted(set(authors))], now)


def set_stop_words(connection: Connection, words: Sequence[StopWord], now: datetime) -> None:
    """Replace the stop words; an entry given twice is kept once."""
    keys = {word.community for word in words if word.community is not None}
    ids = people.community_ids(connection, (Community(key) for key in keys))
    rows = [
        {
            "value": word.text,
            "kind": word.kind,
            "label": word.label,
            "community_id": None if word.community is None else ids[word.community],
        }
        for word in dict.fromkeys(words)
    ]
    _replace(connection, ListKind.STOP_WORDS, rows, now)


def _replace(connection: Connection, kind: ListKind, rows: Sequence[Mapping[str, object]], now: datetime) -> None:
    connection.execute(delete(list_entry).where(list_entry.c.list == kind))
    if rows:
        connection.execute(list_entry.insert(), [{**row, "list": kind, "added": now} for row in rows])
    version = int(connection.execute(select(func.max(policy.c.version))).scalar() or 1) + 1
    connection.execute(policy.insert().values(version=version, at=now))
