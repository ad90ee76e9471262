"""Decisions that rules make by themselves, under their hourly cap."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from moderator_app.domain.acting import MOST_ACTS, OLDEST, PERIOD, act, is_spared
from moderator_app.domain.decision import SIGNED_BY_RULE, Choice, signature
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import AuthorKey, CommunityKey, Platform
from moderator_app.domain.rule_record import RuleRecord
from moderator_app.storage import decisions, rule_records
from moderator_app.storage.arming import is_possible
from moderator_app.storage.decisions import NewDecision
from moderator_app.storage.items import OPEN
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, author, community, decision, item, message


@dataclass(frozen=True, slots=True)
class Acted:
    """The items decided, and how many were left to humans because of the cap."""

    items: tuple[int, ...]
    left: int


def decide(
    connection: Connection,
    items: Collection[int],
    book: RuleBook,
    now: datetime,
    due: datetime,
    warnings: Mapping[str, str],
) -> Acted:
    """Decide those of `items` about which a rule of `book` may act by itself. `warnings` are what they say."""
    chosen = _chosen(connection, _entered(connection, items, book.default.version, now), book)
    room = max(0, MOST_ACTS - _acts_since(connection, now - PERIOD)) if chosen else 0
    for item_id, rule, choice in chosen[:room]:
        wanted = NewDecision((item_id,), choice, "", signature(rule), now, due, None, warnings=warnings)
        decisions.decide(connection, wanted)
    return Acted(tuple(item_id for item_id, _rule, _choice in chosen[:room]), len(chosen[room:]))


def _entered(connection: Connection, items: Collection[int], version: int, now: datetime) -> Sequence[AnyRow]:
    """Those of `items` that have just entered the queue by a verdict of the rules in force.

    Not what nothing can be done about, and nothing about which somebody has decided before: what a human took back is
    not done again.
    """
    query = (
        select(
            item.c.id, item.c.message_id, community.c.platform, community.c.community, community.c.obstacles,
            community.c.may_warn, author.c.author, message.c.message,
        )
        .join_from(item, message)
        .join(community)
        .join(author, message.c.author_id == author.c.id, isouter=True)
        .where(
            integer_list(item.c.id, items),
            item.c.state == OPEN,
            item.c.opened == item.c.revision,
            message.c.policy_version == version,
            ~message.c.deleted,
            message.c.date >= now - OLDEST,
            community.c.live,
            ~exists().where(decision.c.item_id == item.c.id),
        )
    )  # fmt: skip
    return connection.execute(query.order_by(item.c.id)).all()


def _chosen(connection: Connection, rows: Sequence[AnyRow], book: RuleBook) -> list[tuple[int, str, Choice]]:
    """The items about which a rule acts, the rule, and what it decides."""
    if not rows:
        return []
    # AI is asked for its view; nothing is done because of it alone.
    found = rule_records.rules_of(connection, [row.message_id for row in rows], with_ai=False)
    records: defaultdict[CommunityKey, dict[str, RuleRecord]] = defaultdict(dict)
    for (place, rule), record in rule_records.read(connection).items():
        records[place][rule] = record
    chosen = []
    for row in rows:
        place = CommunityKey(Platform(row.platform), row.community)
        writer = None if row.author is None else AuthorKey(place.platform, row.author)
        acting = act(found.get(row.message_id, ()), book.policy(place), records[place])
        if acting is not None and is_possible(row, acting[1]) and not is_spared(book, place, writer):
            chosen.append((row.id, *acting))
    return chosen


def _acts_since(connection: Connection, since: datetime) -> int:
    """What was taken back counts too."""
    query = select(func.count()).where(decision.c.at > since, decision.c.by.startswith(SIGNED_BY_RULE))
    return int(connection.execute(query).scalar_one())
