"""Campaigns: which messages are variants of one another, and the item that stands for them in the queue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from moderator_app.domain.likeness import NEAR, Likeness, nearness
from moderator_app.storage import bulk, traits
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list, rows_at_once
from moderator_app.storage.tables import IS_OPEN, AnyRow, campaign, founder, founder_key, item, stored_time

# Variants are written at most so long before or after the message that their campaign began with.
WINDOW = timedelta(days=7)

# Of the messages that campaigns began with the newest are kept, each with so many rows in the index.
FOUNDERS = 50_000
KEYS = 12
# Of these the first say what variants have for certain: the text, a medium, two links.
_CERTAIN = 4
# A key that so many have in common within the window says nothing: a phrase of everybody's.
_SHARED = 64
# A message with hundreds of links is no better known by all of them.
_ASKED = 32
_PRUNED_TOGETHER = 500

_WINDOW_MS = int(WINDOW.total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that enters the queue. `campaign` is the one it was in with an earlier text."""

    message: int
    date: datetime
    likeness: Likeness
    campaign: int | None = None


# A message that shares no more than a link or a medium with its campaign: fewer words than that are the same.
UNLIKE = 0.2


@dataclass(frozen=True, slots=True)
class Joined:
    """The campaign of a message; `apart` where it says something else than the others there."""

    campaign: int
    apart: bool = False


def join(connection: Connection, arrivals: Sequence[Arrival], revision: int) -> dict[int, Joined]:
    """The campaign of each message: one with whose founder it has a text, a link or a medium in common, or to which it
    is near; the oldest of these, and the one it was in before any other. Where there is none it founds one.

    A message that cannot be like another is in none.
    """
    comparable = [each for each in arrivals if each.likeness.keys or each.likeness.same]
    if not comparable:
        return {}
    founders = _Founders(connection, comparable)
    first = (connection.execute(select(func.max(campaign.c.id))).scalar() or 0) + 1
    found: dict[int, Joined] = {}
    for each in comparable:
        known = founders.of(each)
        if known is None:
            number = first + len(founders.fresh)
            founders.add(number, each)
            found[each.message] = Joined(number)
        else:
            found[each.message] = Joined(known, founders.is_unlike(each, known))
    _insert(connection, founders.fresh, revision)
    return found


def settle_items(connection: Connection, items: Collection[int], revision: int) -> None:
    """The same as `settle` for the campaigns of items whose state changed, and for those that are in none."""
    listed = integer_list(item.c.id, items)
    campaigns = connection.execute(select(item.c.campaign_id).where(listed).distinct()).scalars().all()
    if None in campaigns:
        alone = update(item).where(listed, item.c.campaign_id.is_(None))
        connection.execute(alone.values(head=IS_OPEN))
    settle(connection, campaigns, revision)


def settle(connection: Connection, campaigns: Iterable[int | None], revision: int) -> None:
    """Say anew how many items of campaigns are open, which stands for them, and the traits of that row.

    To be called in every transaction that changes the state, the rank or the campaign of an item.
    """
    concerned = {each for each in campaigns if each is not None}
    if not concerned:
        return
    rows = connection.execute(_STANDING.where(integer_list(campaign.c.id, concerned))).all()
    left = [row.head_id for row in rows if row.head_id not in (None, row.first)]
    heads = [row.first for row in rows if row.first is not None]
    if left:
        connection.execute(update(item).where(integer_list(item.c.id, left)).values(head=False))
    if heads:
        unmarked = ~item.c.head
        connection.execute(update(item).where(integer_list(item.c.id, heads), unmarked).values(head=True))
    groups = {row.id: row.first for row in rows if row.counted > 1}
    traits.settle(connection, set(heads) - set(groups.values()), groups)
    changed = [row for row in rows if (row.waiting, row.head_id, row.apart) != (row.counted, row.first, row.left_out)]
    bulk.update_rows(connection, campaign, [_campaign_values(row, revision) for row in changed])


def with_variants(connection: Connection, items: Sequence[int]) -> tuple[int, ...]:
    """`items`, and behind them the other open ones of their campaigns that do not stand apart, in the queue's order."""
    theirs = select(item.c.campaign_id).where(integer_list(item.c.id, items), item.c.campaign_id.is_not(None))
    variants = select(item.c.id).where(item.c.campaign_id.in_(theirs), IS_OPEN, ~item.c.apart)
    found = connection.execute(variants.order_by(item.c.rank, item.c.id)).scalars()
    return tuple(dict.fromkeys((*items, *found)))


def tick(connection: Connection, items: Collection[int], together: bool) -> None:
    """Have items decided together with their campaigns, or stand apart from them."""
    revision = next_revision(connection)
    listed = integer_list(item.c.id, items)
    connection.execute(update(item).where(listed, IS_OPEN).values(apart=not together, revision=revision))
    settle_items(connection, items, revision)


_OF_IT = (item.c.campaign_id == campaign.c.id, IS_OPEN)
_STANDING = select(
    campaign.c.id,
    campaign.c.waiting,
    campaign.c.head_id,
    campaign.c.apart,
    select(func.count()).where(*_OF_IT, item.c.apart).correlate(campaign).scalar_subquery().label("left_out"),
    select(func.count()).where(*_OF_IT).correlate(campaign).scalar_subquery().label("counted"),
    select(item.c.id)
    .where(*_OF_IT)
    .order_by(item.c.apart, item.c.rank, item.c.id)
    .limit(1)
    .correlate(campaign)
    .scalar_subquery()
    .label("first"),
)


def _campaign_values(row: AnyRow, revision: int) -> dict[str, Any]:
    values = {"waiting": row.counted, "head_id": row.first, "apart": row.left_out}
    return {"id": row.id, **values, "revision": revision}


class _Founders:
    """The founders that a batch of messages may be variants of, and those that it adds."""

    def __init__(self, connection: Connection, arrivals: Sequence[Arrival]) -> None:
        self.fresh: dict[int, tuple[Arrival, tuple[int, ...]]] = {}
        self._by_key: dict[int, list[tuple[int, int]]] = {}
        asked: dict[int, set[int]] = {}
        for each in arrivals:
            asked.setdefault(_week(each.date), set()).update(_asked(each.likeness))
        for week, keys in asked.items():
            # The weeks that the window reaches into.
            reached = _KEPT.where(founder_key.c.week.in_((week - 1, week, week + 1)))
            for key, date, number in rows_at_once(connection, reached.where(integer_list(founder_key.c.key, keys))):
                self._by_key.setdefault(key, []).append((date, number))
        asked_keys = {key for each in arrivals for key in _asked(each.likeness)}
        ids = {number for key in asked_keys for _date, number in self._by_key.get(key, ())}
        sketches = select(founder.c.campaign_id, founder.c.sketch).where(integer_list(founder.c.campaign_id, ids))
        self._sketches: dict[int, bytes] = dict(connection.execute(sketches).all())

    def of(self, arrival: Arrival) -> int | None:
        likeness, date = arrival.likeness, stored_time(arrival.date)
        certain = self._sharing(likeness.same, date)
        near = self._sharing(likeness.keys, date) - certain
        found = certain | {each for each in near if nearness(likeness.sketch, self._sketches[each]) >= NEAR}
        return arrival.campaign if arrival.campaign in found else min(found, default=None)

    def is_unlike(self, arrival: Arrival, number: int) -> bool:
        """Whether the texts of a message and of its founder differ; one without words differs from nothing."""
        one, other = arrival.likeness.sketch, self._sketches.get(number, b"")
        return bool(one and other) and nearness(one, other) < UNLIKE

    def add(self, number: int, arrival: Arrival) -> None:
        date = stored_time(arrival.date)
        keys = self._worth_keeping(arrival.likeness, date)
        self.fresh[number] = arrival, keys
        self._sketches[number] = arrival.likeness.sketch
        for key in keys:
            self._by_key.setdefault(key, []).append((date, number))

    def _sharing(self, keys: Iterable[int], date: int) -> set[int]:
        rows = (row for key in keys for row in self._by_key.get(key, ()))
        return {number for written, number in rows if abs(written - date) <= _WINDOW_MS}

    def _worth_keeping(self, likeness: Likeness, date: int) -> tuple[int, ...]:
        telling = (key for key in likeness.keys if len(self._sharing((key,), date)) < _SHARED)
        return tuple(dict.fromkeys((*likeness.same[:_CERTAIN], *telling)))[:KEYS]


_KEPT = select(founder_key.c.key, founder_key.c.date, founder_key.c.campaign_id)


def _asked(likeness: Likeness) -> tuple[int, ...]:
    return (*likeness.same[:_ASKED], *likeness.keys)


def _week(date: datetime) -> int:
    return stored_time(date) // _WINDOW_MS


def _insert(connection: Connection, fresh: Mapping[int, tuple[Arrival, tuple[int, ...]]], revision: int) -> None:
    if not fresh:
        return
    bulk.insert_rows(connection, campaign, [{"id": number, "revision": revision} for number in fresh])
    sketched = [
        {"campaign_id": number, "date": arrival.date, "sketch": arrival.likeness.sketch}
        for number, (arrival, _keys) in fresh.items()
    ]
    bulk.insert_rows(connection, founder, sketched)
    index = [
        {"week": _week(arrival.date), "key": key, "date": arrival.date, "campaign_id": number}
        for number, (arrival, keys) in fresh.items()
        for key in keys
    ]
    bulk.insert_rows(connection, founder_key, index)
    newest = max(fresh)
    if newest // _PRUNED_TOGETHER != (min(fresh) - 1) // _PRUNED_TOGETHER:
        _prune(connection, newest - FOUNDERS + _PRUNED_TOGETHER)


def _prune(connection: Connection, last: int) -> None:
    """Forget the founders up to a campaign; their rows in the index go with them."""
    connection.execute(delete(founder).where(founder.c.campaign_id <= last))
