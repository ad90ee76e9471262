"""The traits of the queue's rows: each different set is stored once, and rows are filtered and counted by it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, true, update

from moderator_app.domain.ai import State
from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import Message
from moderator_app.domain.traits import GROUPED, SECOND_OPINION, VIOLATOR, QueueFilter, Traits, traits_of
from moderator_app.domain.verdict import Finding
from moderator_app.storage.message_rows import WITH_PEOPLE, message_of
from moderator_app.storage.sqlite import add_missing, integer_list, memory, text_list
from moderator_app.storage.tables import (
    IS_HEAD,
    IS_OPEN,
    ai_check,
    item,
    joining,
    list_entry,
    message,
    trait_set,
    violation,
)

_LISTS = (ListKind.WHITELIST, ListKind.BLACKLIST)


def of_messages(connection: Connection, judged: Mapping[int, tuple[Sequence[Finding], Choice]]) -> dict[int, int]:
    """The set of traits of each message, by what was found in it and what is suggested."""
    if not judged:
        return {}
    rows = connection.execute(WITH_PEOPLE.where(integer_list(message.c.id, judged))).all()
    violators = _violators(connection, {row.author_id for row in rows if row.author_id is not None})
    listed = _listed(connection, {f"{row.platform}:{row.author}" for row in rows if row.author is not None})
    answered = _answered(connection, judged)
    joins = _joins(connection, {(row.community_id, row.author_id) for row in rows if row.author_id is not None})
    sets = {
        row.id: traits_of(
            _with_join(message_of(row), joins.get((row.community_id, row.author_id), ())),
            *judged[row.id],
            listed.get(f"{row.platform}:{row.author}", ()),
            violator=row.author_id in violators,
            answered=(row.id, row.version) in answered,
        )
        for row in rows
    }
    asked = select(item.c.message_id).where(integer_list(item.c.message_id, judged), item.c.opinion_by.is_not(None))
    for message_id in connection.execute(asked).scalars():
        sets[message_id] |= {SECOND_OPINION}
    known = _stored(connection, sets.values())
    return {message_id: known[traits] for message_id, traits in sets.items()}


def _answered(connection: Connection, messages: Iterable[int]) -> set[tuple[int, int]]:
    """The messages, with the versions of their texts, that AI has answered about."""
    query = select(ai_check.c.message_id, ai_check.c.version).where(ai_check.c.state == State.ANSWERED)
    return {tuple(row) for row in connection.execute(query.where(integer_list(ai_check.c.message_id, messages)))}


def authors_changed(connection: Connection, authors: Collection[int]) -> set[int]:
    """Say anew of the open items of authors whether these are known violators; returns the campaigns concerned."""
    query = select(item.c.id, item.c.author_id, item.c.traits_id, item.c.campaign_id)
    rows = connection.execute(query.where(integer_list(item.c.author_id, authors), IS_OPEN)).all()
    if not rows:
        return set()
    sets, violators = _sets(connection), _violators(connection, {row.author_id for row in rows})
    wanted = {row.id: _saying(sets[row.traits_id], row.author_id in violators) for row in rows}
    changed = [row for row in rows if sets[row.traits_id] != wanted[row.id]]
    known = _stored(connection, (wanted[row.id] for row in changed))
    by_set: defaultdict[int, list[int]] = defaultdict(list)
    for row in changed:
        by_set[known[wanted[row.id]]].append(row.id)
    for number, items in by_set.items():
        together = update(item).where(integer_list(item.c.id, items))
        connection.execute(together.values(traits_id=number, row_traits_id=number))
    return {row.campaign_id for row in changed if row.campaign_id is not None}


def say(connection: Connection, items: Collection[int], trait: str, *, holds: bool) -> set[int]:
    """Give items a trait, or take it from them; returns the campaigns concerned."""
    query = select(item.c.id, item.c.traits_id, item.c.campaign_id).where(integer_list(item.c.id, items))
    rows = connection.execute(query).all()
    sets = _sets(connection)
    wanted = {row.id: sets[row.traits_id] | {trait} if holds else sets[row.traits_id] - {trait} for row in rows}
    known = _stored(connection, wanted.values())
    for item_id, traits in wanted.items():
        values = {"traits_id": known[traits], "row_traits_id": known[traits]}
        connection.execute(update(item).where(item.c.id == item_id).values(**values))
    return {row.campaign_id for row in rows if row.campaign_id is not None}


def settle(connection: Connection, alone: Collection[int], groups: Mapping[int, int]) -> None:
    """Give the rows of campaigns their traits.

    The items `alone` stand for themselves. `groups` tell, by campaign, the item that stands for several: its row has
    the traits of all of them.
    """
    if alone:
        stale = item.c.row_traits_id != item.c.traits_id
        own = update(item).where(integer_list(item.c.id, alone), stale)
        connection.execute(own.values(row_traits_id=item.c.traits_id))
    if not groups:
        return
    sets, united = _sets(connection), defaultdict[int, set[str]](lambda: {GROUPED})
    query = select(item.c.campaign_id, item.c.traits_id).where(integer_list(item.c.campaign_id, groups), IS_OPEN)
    for campaign_id, number in connection.execute(query.distinct()):
        united[campaign_id] |= sets[number]
    known = _stored(connection, map(frozenset, united.values()))
    for campaign_id, traits in united.items():
        row = update(item).where(item.c.id == groups[campaign_id])
        connection.execute(row.values(row_traits_id=known[frozenset(traits)]))


def shown_by(connection: Connection, wanted: QueueFilter) -> ColumnElement[bool]:
    """Whether the filter lets a row through."""
    if not wanted:
        return true()
    fitting = (number for number, traits in _sets(connection).items() if wanted.lets_through(traits))
    # The plus keeps SQLite to the index in the queue's order: those of a common trait would have to be sorted.
    return integer_list(literal_column("+item.row_traits_id", item.c.row_traits_id.type), fitting)


def counts(connection: Connection) -> list[tuple[Traits, int]]:
    """How many rows of the queue have exactly these traits."""
    query = select(item.c.row_traits_id, func.count()).where(IS_HEAD).group_by(item.c.row_traits_id)
    rows = connection.execute(query).all()
    sets = _sets(connection)
    return [(sets[number], count) for number, count in rows]


def _saying(traits: Traits, violator: bool) -> Traits:
    return traits | {VIOLATOR} if violator else traits - {VIOLATOR}


def _sets(connection: Connection) -> dict[int, Traits]:
    """All sets. They are never changed, so that only newer ones than those known have to be read."""
    known: dict[int, Traits] = memory(connection).setdefault("traits", {})
    newer = trait_set.c.id > max(known, default=0)
    for row in connection.execute(select(trait_set).where(newer).order_by(trait_set.c.id)):
        known[row.id] = frozenset(json.loads(row.traits))
    return known


def _stored(connection: Connection, wanted: Iterable[Traits]) -> dict[Traits, int]:
    """The numbers of sets, stored where they are new."""
    needed = set(wanted)
    numbers: dict[Traits, int] = memory(connection).setdefault("numbers", {})
    if missing := [each for each in needed if each not in numbers]:
        written = {json.dumps(sorted(each), ensure_ascii=False): each for each in missing}
        add_missing(connection, trait_set, [{"traits": text} for text in written])
        rows = connection.execute(select(trait_set).where(text_list(trait_set.c.traits, written)))
        numbers |= {written[row.traits]: row.id for row in rows}
    return {each: numbers[each] for each in needed}


def _violators(connection: Connection, authors: Collection[int]) -> frozenset[int]:
    query = select(violation.c.author_id).where(integer_list(violation.c.author_id, authors)).distinct()
    return frozenset(connection.execute(query).scalars())


def _joins(connection: Connection, places: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[datetime]]:
    """When authors came into communities, by the rows of both."""
    query = select(joining.c.community_id, joining.c.author_id, joining.c.date).where(
        integer_list(joining.c.community_id, {place for place, _who in places}),
        integer_list(joining.c.author_id, {who for _place, who in places}),
    )
    found: dict[tuple[int, int], list[datetime]] = {}
    for row in connection.execute(query):
        found.setdefault((row.community_id, row.author_id), []).append(row.date)
    return found


def _with_join(shown: Message, joins: Collection[datetime]) -> Message:
    """The message with the last join before it, where it does not tell of one itself."""
    before = [each for each in joins if shown.date is not None and each <= shown.date]
    return shown if shown.joined is not None or not before else replace(shown, joined=max(before))


def _listed(connection: Connection, authors: Collection[str]) -> dict[str, list[str]]:
    query = select(list_entry.c.value, list_entry.c.list).where(
        list_entry.c.list.in_(_LISTS), text_list(list_entry.c.value, authors)
    )
    found: dict[str, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.value, []).append(row.list)
    return found
