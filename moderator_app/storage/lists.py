"""The admins' lists, and the rules that they make together with the policies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.list_entries import lists_of
from moderator_app.domain.lists import ListKind, Lists, StopWord, WordKind
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.verdict import Label
from moderator_app.storage import people, policies, schema, sqlite
from moderator_app.storage.tables import AnyRow, community, list_entry


def read(connection: Connection) -> Lists:
    """All lists as they stand."""
    query = select(list_entry, community.c.platform, community.c.community).join(community, isouter=True)
    lines: defaultdict[ListKind, list[str]] = defaultdict(list)
    words: list[StopWord] = []
    for row in connection.execute(query.order_by(list_entry.c.id)):
        if row.list == ListKind.STOP_WORDS:
            words.append(_stop_word(row))
        else:
            lines[ListKind(row.list)].append(f"{row.value}={row.kind}" if row.kind else row.value)
    return lists_of(lines, words)


def rule_book(connection: Connection) -> RuleBook:
    """The rules in force."""
    found = policies.read(connection)
    return RuleBook(default=found.default, communities=found.communities, lists=read(connection))


def rule_book_of(path: Path) -> RuleBook:
    """The rules in force in a database file, the defaults where there is none. The file is not touched.

    Raises Unreadable for a damaged or newer one, TryLater and Refused where SQLite cannot get at it.
    """
    with sqlite.readable(path) as where:
        version = schema.stored_version(where)
        if version is None:
            return RuleBook()
        if version not in (schema.HEAD, *schema.KNOWN):
            raise Unreadable("storage.newer", file=str(path), version=version)
        if version != schema.HEAD:
            raise Unreadable("storage.other_version", file=str(path), version=version)
        engine = sqlite.reading_engine(where)
        try:
            with sqlite.translated(path), engine.begin() as connection:
                return rule_book(connection)
        finally:
            engine.dispose()


def set_lines(connection: Connection, kind: ListKind, entries: Iterable[str], now: datetime) -> None:
    """Replace a list of one line an entry, which are in the form in which they are kept."""
    parts = (entry.partition("=") for entry in dict.fromkeys(entries))
    _replace(connection, kind, [{"value": value, "kind": status} for value, _equals, status in parts], now)


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
    policies.make_version(connection, now)


def _stop_word(row: AnyRow) -> StopWord:
    place = None if row.community is None else CommunityKey(Platform(row.platform), row.community)
    return StopWord(row.value, WordKind(row.kind), Label(row.label), place)
