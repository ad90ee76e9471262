"""Whom a decision on items reaches: messages, people, and the exempt among these."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.queue import Variant
from moderator_app.domain.reach import SAMPLE, ConfirmationNeeded, Reach
from moderator_app.storage import campaigns
from moderator_app.storage.sqlite import integer_list, text_list
from moderator_app.storage.tables import IS_OPEN, AnyRow, author, community, item, list_entry, message

_EXEMPT = (ListKind.MANAGERS, ListKind.WHITELIST, ListKind.LINKED_CHANNELS)
_EXCERPT_LENGTH = 200

_ROWS = (
    select(
        item.c.id, item.c.community_id, item.c.author_id, community.c.platform, community.c.community, community.c.name,
        author.c.author, author.c.name.label("author_name"),
    )
    .join_from(item, community)
    .join(author, author.c.id == item.c.author_id, isouter=True)
    .order_by(item.c.rank, item.c.id)
)  # fmt: skip


def of_open(connection: Connection, items: Collection[int]) -> Reach:
    """What a decision on `items` would reach: what is open of them and of their campaigns."""
    listed = campaigns.with_variants(connection, tuple(items))
    still = connection.execute(select(item.c.id).where(IS_OPEN, integer_list(item.c.id, listed))).scalars()
    return of_items(connection, still.all())


def of_items(connection: Connection, items: Collection[int]) -> Reach:
    rows = connection.execute(_ROWS.where(integer_list(item.c.id, items))).all()
    exempt = _exempt(connection, rows)
    people = {row.author_id: row for row in rows if row.author_id is not None}
    admins = [_name(row) for row in people.values() if exempt.get((row.author_id, row.community_id)) is True]
    trusted = [_name(row) for row in people.values() if exempt.get((row.author_id, row.community_id)) is False]
    sample = _sample(connection, rows[:SAMPLE])
    places = {row.community_id for row in rows}
    return Reach(len(rows), len(people), len(places), tuple(admins), tuple(trusted), sample)


def check(connection: Connection, choice: Choice, items: Collection[int], most: int) -> None:
    """Raise ConfirmationNeeded for a decision against people that is no routine."""
    if choice.confirms and not (reach := of_items(connection, items)).is_routine(most):
        raise ConfirmationNeeded(reach)


def _exempt(connection: Connection, rows: Collection[AnyRow]) -> Mapping[tuple[int, int], bool]:
    """Of exempt people, by author and community: whether they run the community."""
    keys = {f"{row.platform}:{row.author}" for row in rows if row.author is not None}
    query = select(list_entry.c.list, list_entry.c.value, list_entry.c.community_id)
    entries = connection.execute(query.where(list_entry.c.list.in_(_EXEMPT), text_list(list_entry.c.value, keys))).all()
    found: dict[tuple[int, int], bool] = {}
    for row in rows if entries else ():
        theirs = [
            each.list == ListKind.MANAGERS
            for each in entries
            if each.value == f"{row.platform}:{row.author}" and each.community_id in (None, row.community_id)
        ]
        if theirs:
            found[row.author_id, row.community_id] = any(theirs)
    return found


def _sample(connection: Connection, rows: Collection[AnyRow]) -> tuple[Variant, ...]:
    text = func.substr(message.c.text, 1, _EXCERPT_LENGTH)
    query = select(item.c.id, text).join_from(item, message).where(integer_list(item.c.id, [row.id for row in rows]))
    texts: dict[int, str] = dict(connection.execute(query).all())
    return tuple(Variant(row.id, _place(row), _name(row), " ".join(texts[row.id].split())) for row in rows)


def _place(row: AnyRow) -> Community:
    return Community(CommunityKey(Platform(row.platform), row.community), row.name)


def _name(row: AnyRow) -> str:
    return row.author_name or row.author or ""
