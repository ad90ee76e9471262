"""What a source delivers, stored in one transaction with how far it has delivered."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from moderator_app.domain.ai import Check
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.ports import Delivery
from moderator_app.domain.verdict import Finding
from moderator_app.storage import (
    ai_checks,
    albums,
    closing,
    cursors,
    messages,
    peers,
    people,
    policies,
    renumbering,
    verdicts,
)
from moderator_app.storage.items import JudgedMessage
from moderator_app.storage.messages import Stored, StoredMessage
from moderator_app.storage.reaching import reach_back
from moderator_app.storage.verdicts import Recorded

# What was found before, by message row.
Former = Mapping[int, Sequence[Finding]]
# What AI said about their present texts, by message row.
Checks = Mapping[int, Check]
Conclude = Callable[[Sequence[StoredMessage], Former, Checks], Sequence[JudgedMessage]]
Record = Callable[[Connection, Sequence[JudgedMessage]], Recorded]


class RulesOutdated(Exception):
    """Other rules have come into force than those that verdicts were made by; nothing was stored."""


def store(
    connection: Connection,
    delivery: Delivery,
    now: datetime,
    source: str = "",
    offered: Collection[CommunityKey] = (),
) -> Stored:
    """Store a delivery. One without a `source` came from a file, and its communities cannot be acted upon.

    What is new in the `offered` communities AI may be asked about once it is judged, whatever happens until then.
    """
    live = bool(source)
    renumbering.renumber(connection, delivery.renumberings)
    people.community_ids(connection, delivery.communities, live=live)
    people.store_joins(connection, delivery.joins)
    stored = messages.store(connection, delivery.messages, now, live=live)
    arrived = [each.id for each in stored.to_judge if not each.known and each.message.album]
    if arrived:
        albums.take_in(connection, arrived, now, live=live)
    to_ask = [each for each in stored.to_judge if each.message.key.community_key in offered]
    ai_checks.offer(connection, {each.id: each.version for each in to_ask}, now)
    closing.remove(connection, delivery.removals, now)
    closing.penalise(connection, delivery.penalties)
    if live:
        peers.store(connection, source, delivery.peers)
        if delivery.cursor:
            cursors.write(connection, source, delivery.cursor)
    return stored


def store_judged(
    connection: Connection, delivery: Delivery, now: datetime, verdicts_on: Conclude, version: int
) -> tuple[Stored, Recorded]:
    """Store a file's delivery and the verdicts on what is new in it; all or nothing. Raises RulesOutdated."""
    stored = store(connection, delivery, now)
    # Nobody else has judged or edited since, nor reached back to what is new.
    record = partial(verdicts.replace, fresh={each.id for each in stored.to_judge if not each.known})
    return stored, _conclude(connection, stored.to_judge, verdicts_on, version, record)


def conclude(connection: Connection, stored: Sequence[StoredMessage], verdicts_on: Conclude, version: int) -> Recorded:
    """Store verdicts that are made here and now, in the order in which everything is written.

    What they mean for earlier messages is stored with them. Raises RulesOutdated when other rules than those of
    `version` are in force by now, by which nobody would judge these messages again.
    """
    return _conclude(connection, stored, verdicts_on, version, verdicts.record)


def _conclude(
    connection: Connection, stored: Sequence[StoredMessage], verdicts_on: Conclude, version: int, record: Record
) -> Recorded:
    if policies.version(connection) > version:
        raise RulesOutdated
    known = {each.id: each.version for each in stored if each.known}
    former = verdicts.findings_of(connection, list(known)) if known else {}
    judged = verdicts_on(stored, former, ai_checks.of(connection, known) if known else {})
    recorded = record(connection, judged)
    reached = [found for each in judged for found in each.reached]
    if not reached:
        return recorded
    more = reach_back(connection, reached)
    return Recorded(tuple(sorted({*recorded.items, *more.items})), recorded.flagged + more.flagged)
