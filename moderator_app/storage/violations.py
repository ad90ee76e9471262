"""Confirmed violations of authors, and what they make of the suggestion for their next message."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.policy import Ladder, climb
from moderator_app.storage import policies
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, decision, violation

# Row ids: the author, the community.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Violation:
    """`date` is when the message of the item was written."""

    item: int
    date: datetime


def add(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(violation.insert(), rows)


def take_back(connection: Connection, decisions: Collection[int]) -> None:
    connection.execute(delete(violation).where(integer_list(violation.c.decision_id, decisions)))


def of_authors(connection: Connection, authors: Collection[int]) -> dict[Place, list[Violation]]:
    """The authors' violations, by author and community."""
    query = select(violation.c.author_id, violation.c.community_id, violation.c.date, decision.c.item_id)
    query = query.join_from(violation, decision).where(integer_list(violation.c.author_id, authors))
    found: defaultdict[Place, list[Violation]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.author_id, row.community_id].append(Violation(row.item_id, row.date))
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


def _before(row: AnyRow, known: Mapping[Place, Sequence[Violation]], ladder: Ladder) -> int:
    period = timedelta(seconds=ladder.seconds)
    listed = known.get((row.author_id, row.community_id), ())
    return sum(each.item != row.item_id and abs(each.date - row.date) <= period for each in listed)
