"""Many messages at once: all by an author, all below a score; and an author in all communities."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, select, update

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, Community, CommunityKey, Platform
from moderator_app.domain.sweeps import BANDS, BanPlace, Purge
from moderator_app.storage import decisions, reopening, traits
from moderator_app.storage.decisions import NewDecision, StoredDecision
from moderator_app.storage.items import OPEN
from moderator_app.storage.notes import obstacles_of
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, IS_WRITTEN, AnyRow, author, community, item, message


def purge(connection: Connection, who: AuthorKey, seconds: int | None, since: datetime | None) -> Purge:
    """How much an author wrote since then, where something can be done about it."""
    query = select(func.count(), func.count(message.c.community_id.distinct())).join_from(message, community)
    messages, communities = connection.execute(query.where(*_by(who, since))).one()
    return Purge(seconds, messages, communities)


def decide_purge(connection: Connection, who: AuthorKey, since: datetime | None, wanted: NewDecision) -> StoredDecision:
    """Decide about all of it as one case. Raises Refused where nothing is left."""
    rows = connection.execute(select(message.c.id).join_from(message, community).where(*_by(who, since))).scalars()
    return reopening.decide(connection, rows.all(), wanted)


def bands(connection: Connection) -> tuple[int, ...]:
    """How many open items have a score in each of the bands, the lowest first."""
    band = cast(message.c.score * BANDS, Integer)
    query = select(band, func.count()).join_from(item, message).where(IS_OPEN).group_by(band)
    counts = dict(connection.execute(query).all())
    return tuple(sum(count for each, count in counts.items() if min(each or 0, BANDS - 1) == n) for n in range(BANDS))


def decide_below(connection: Connection, score: float, wanted: NewDecision) -> StoredDecision:
    """Decide every open item below a score as one case. Raises Refused where there is none."""
    query = select(item.c.id).join_from(item, message).where(IS_OPEN, message.c.score < score)
    found = tuple(connection.execute(query.order_by(item.c.rank, item.c.id)).scalars())
    if not found:
        raise Refused("queue.nothing_left")
    return decisions.decide(connection, replace(wanted, items=found))


def ban_places(connection: Connection, who: AuthorKey) -> tuple[BanPlace, ...]:
    """The watched communities of the author's platform, and where a ban is not possible."""
    return tuple(
        BanPlace(_community(row), dict(obstacles_of(row.obstacles, "")).get(ActionKind.BAN))
        for row in _watched(connection, who)
    )


def ban_everywhere(connection: Connection, who: AuthorKey, wanted: NewDecision) -> StoredDecision:
    """Ban an author wherever it is possible, as one case. Raises Refused where it is nowhere."""
    author_id = connection.execute(
        select(author.c.id).where(author.c.platform == who.platform, author.c.author == who.author)
    ).scalar()
    possible = [row for row in _watched(connection, who) if ActionKind.BAN not in dict(obstacles_of(row.obstacles, ""))]
    if author_id is None or not possible:
        raise Refused("sweep.nowhere")
    items = tuple(_stand_in(connection, row.id, author_id, who, wanted.at) for row in possible)
    return decisions.decide(connection, replace(wanted, items=items, choice=Choice.BAN))


def _by(who: AuthorKey, since: datetime | None) -> list[ColumnElement[bool]]:
    written = select(author.c.id).where(author.c.platform == who.platform, author.c.author == who.author)
    wanted = [message.c.author_id == written.scalar_subquery(), IS_WRITTEN, ~message.c.deleted, community.c.live]
    return wanted if since is None else [*wanted, message.c.date >= since]


def _watched(connection: Connection, who: AuthorKey) -> Sequence[AnyRow]:
    query = select(community).where(community.c.live, community.c.platform == who.platform)
    return connection.execute(query.order_by(community.c.name, community.c.id)).all()


def _community(row: AnyRow) -> Community:
    return Community(CommunityKey(Platform(row.platform), row.community), row.name)


def _stand_in(connection: Connection, community_id: int, author_id: int, who: AuthorKey, now: datetime) -> int:
    """The open item of a row that stands for a person in a community: it is about none of their messages."""
    # No topic has the number 0, and no message of Telegram's such an id: an action can hit nothing but the person.
    number = f"topic0_{who.author}"
    here = (message.c.community_id == community_id, message.c.message == number)
    message_id = connection.execute(select(message.c.id).where(*here)).scalar()
    revision = next_revision(connection)
    if message_id is None:
        made = {
            "community_id": community_id, "message": number, "author_id": author_id, "date": now, "text": "",
            "deleted": True, "version": 0, "policy_version": 0,
        }  # fmt: skip
        message_id = connection.execute(message.insert().values(**made).returning(message.c.id)).scalar_one()
    known = connection.execute(select(item.c.id).where(item.c.message_id == message_id)).scalar()
    if known is not None:
        reopened = {"state": OPEN, "failure": None, "closing": None, "revision": revision}
        connection.execute(update(item).where(integer_list(item.c.id, [known])).values(**reopened))
        return int(known)
    said = traits.of_messages(connection, {message_id: ((), Choice.BAN)})[message_id]
    values: dict[str, Any] = {
        "message_id": message_id, "community_id": community_id, "author_id": author_id, "rank": 0.0, "state": OPEN,
        "version": 0, "suggested": Choice.BAN, "opened": revision, "revision": revision, "traits_id": said,
        "row_traits_id": said,
    }  # fmt: skip
    return int(connection.execute(item.insert().values(**values).returning(item.c.id)).scalar_one())
