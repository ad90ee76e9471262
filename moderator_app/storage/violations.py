"""Confirmed violations of authors, and what they make of the suggestion for their next message."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.policy import Ladder, climb
from moderator_app.storage import policies
from moderator_app.storage.sqlite import integer_list, rows_at_once
from moderator_app.storage.tables import AnyRow, decision, stored_time, violation

# Row ids: the author, the community.
Place = tuple[int, int]


class Violation(NamedTuple):
    """`date` is when the message of the item was written, as stored."""

    item: int
    date: int


def add(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(violation.insert(), rows)


def take_back(connection: Connection, decisions: Collection[int]) -> None:
    connection.execute(delete(violation).where(integer_list(violation.c.decision_id, decisions)))


def of_authors(connection: Connection, authors: Collection[int]) -> dict[Place, list[Violation]]:
    """The authors' violations, by author and community."""
    columns = (violation.c.author_id, violation.c.community_id, decision.c.item_id, violation.c.date)
    query = select(*columns).join_from(violation, decision).where(integer_list(violation.c.author_id, authors))
    found: defaultdict[Place, list[Violation]] = defaultdict(list)
    for author_id, community_id, item_id, date in rows_at_once(connection, query):
        found[author_id, community_id].append(Violation(item_id, date))
    return found


def suggestions(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, Choice]:
    """What to suggest for items: what the rules say, and the step of the ladder that the author has reached.

    Rows have the columns item_id, suggested, author_id, community_id, platform, community and date. The period is that
    of the messages, not of the decisions: it is the same in whatever order, and however late, they are reviewed.
    """
    if not rows:
        return {}
    book = policies.read(connection)
    known = of_authors(connection, {row.author_id for row in rows if row.author_id is not None})
    return {
        row.item_id: climb(
            Choice(row.suggested),
            _before(row, known, ladder := book.of(CommunityKey(Platform(row.platform), row.community)).ladder),
            ladder,
        )
        for row in rows
    }


def levels(connection: Connection, rows: Sequence[AnyRow]) -> dict[int, int]:
    """Which of its author's violations each item is, within the ladder's time, by the item's id.

    Those of `rows` count as one: they are decided together. Rows have the columns id, author_id, community_id,
    platform, community and date.
    """
    book, together = policies.read(connection), {row.id for row in rows}
    known = of_authors(connection, {row.author_id for row in rows if row.author_id is not None})
    found = {}
    for row in rows:
        period = 1000 * book.of(CommunityKey(Platform(row.platform), row.community)).ladder.seconds
        listed = known.get((row.author_id, row.community_id), ())
        earlier = [each for each in listed if each.item not in together]
        found[row.id] = 1 + sum(abs(each.date - stored_time(row.date)) <= period for each in earlier)
    return found


def _before(row: AnyRow, known: Mapping[Place, Sequence[Violation]], ladder: Ladder) -> int:
    listed = known.get((row.author_id, row.community_id), ())
    period, date = 1000 * ladder.seconds, stored_time(row.date)
    return sum(each.item != row.item_id and abs(each.date - date) <= period for each in listed)
