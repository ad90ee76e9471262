"""What the queue shows of a campaign: its open items, and what was decided about the earlier ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, distinct, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.queue import Campaign, Variant
from moderator_app.storage.items import DECIDED
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, AnyRow, author, community, decision, item, message

# Besides the message of the card.
SHOWN = 5
EXCERPT_LENGTH = 200
# A campaign may have had thousands of messages: those of the newest are counted.
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """The open items of a campaign in the queue's order, and how many communities and authors have a part in them."""

    items: tuple[int, ...]
    communities: int
    authors: int


def groups(connection: Connection, campaigns: Collection[int]) -> dict[int, Group]:
    if not campaigns:
        return {}
    columns = (item.c.campaign_id, item.c.id, item.c.community_id, message.c.author_id)
    query = (
        select(*columns)
        .join_from(item, message)
        .where(integer_list(item.c.campaign_id, campaigns), IS_OPEN, ~item.c.apart)
    )
    rows: dict[int, list[AnyRow]] = {}
    for row in connection.execute(query.order_by(item.c.rank, item.c.id)):
        rows.setdefault(row.campaign_id, []).append(row)
    return {number: _group(listed) for number, listed in rows.items()}


def campaign_of(connection: Connection, number: int, item_id: int) -> Campaign | None:
    """What is known of a campaign besides one of its items; None where there is nothing."""
    others = connection.execute(_VARIANTS.where(item.c.campaign_id == number, item.c.id != item_id))
    shown = tuple(map(_variant, others))
    decided = _decided(connection, number)
    if not shown and not decided:
        return None
    authors = func.count(distinct(func.coalesce(message.c.author_id, 0)))
    counted = select(func.count(), authors, func.count(distinct(item.c.community_id))).join_from(item, message)
    of_it = (item.c.campaign_id == number, IS_OPEN, ~item.c.apart)
    messages, people, communities = connection.execute(counted.where(*of_it)).one()
    return Campaign(messages, people, communities, shown, decided)


_VARIANTS = (
    select(
        item.c.id, func.substr(message.c.text, 1, EXCERPT_LENGTH).label("excerpt"), community.c.platform,
        community.c.community, community.c.name, author.c.author, author.c.name.label("author_name"),
    )
    .join_from(item, message)
    .join(community)
    .join(author, isouter=True)
    .where(IS_OPEN)
    .order_by(item.c.rank, item.c.id)
    .limit(SHOWN)
)  # fmt: skip


def _group(rows: Sequence[AnyRow]) -> Group:
    communities, authors = {row.community_id for row in rows}, {row.author_id for row in rows}
    return Group(tuple(row.id for row in rows), len(communities), len(authors))


def _variant(row: AnyRow) -> Variant:
    place = Community(CommunityKey(Platform(row.platform), row.community), row.name)
    return Variant(row.id, place, row.author_name or row.author or "", " ".join(row.excerpt.split()))


def _decided(connection: Connection, number: int) -> tuple[tuple[Choice, int], ...]:
    """What was decided about a campaign's messages that have left the queue, the most frequent first."""
    newest = select(item.c.id).where(item.c.campaign_id == number, item.c.state == DECIDED)
    closed = newest.order_by(item.c.rank, item.c.id).limit(COUNTED).subquery()
    standing = (
        select(func.max(decision.c.id))
        .where(decision.c.item_id.in_(select(closed.c.id)), decision.c.undone.is_(None))
        .group_by(decision.c.item_id)
    )
    count = func.count()
    query = select(decision.c.choice, count).where(decision.c.id.in_(standing)).group_by(decision.c.choice)
    rows = connection.execute(query.order_by(count.desc(), decision.c.choice))
    return tuple((Choice(choice), times) for choice, times in rows)
