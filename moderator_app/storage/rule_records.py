"""How often humans confirmed or dismissed what each rule found, kept in step with decisions and their undoing."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.rule_record import RuleRecord
from moderator_app.domain.verdict import AI_TEXTS
from moderator_app.storage import sqlite
from moderator_app.storage.tables import community, finding, rule_record

# The row id of the community, the rules, whether they were confirmed, and +1 or -1.
Spoken = tuple[int, Sequence[str], bool, int]


def read(connection: Connection) -> dict[tuple[CommunityKey, str], RuleRecord]:
    """The records of all rules that have one, by community and rule."""
    query = select(rule_record, community.c.platform, community.c.community).join_from(rule_record, community)
    return {
        (CommunityKey(Platform(row.platform), row.community), row.rule): RuleRecord(row.confirmed, row.dismissed)
        for row in connection.execute(query)
    }


def rules_of(connection: Connection, messages: Iterable[int], *, with_ai: bool = True) -> dict[int, list[str]]:
    """The rules that found something in messages; without what only AI told, unless that is wanted."""
    query = select(finding.c.message_id, finding.c.rule).where(sqlite.integer_list(finding.c.message_id, messages))
    if not with_ai:
        query = query.where(~finding.c.text_id.startswith(AI_TEXTS))
    found: dict[int, list[str]] = {}
    for row in connection.execute(query.distinct().order_by(finding.c.rule)):
        found.setdefault(row.message_id, []).append(row.rule)
    return found


def count(connection: Connection, spoken: Iterable[Spoken]) -> None:
    counts: Counter[tuple[int, str, bool]] = Counter()
    for community_id, rules, confirmed, sign in spoken:
        for rule in rules:
            counts[community_id, rule, confirmed] += sign
    rows = (
        {"community_id": place, "rule": rule, "confirmed": n * confirmed, "dismissed": n * (not confirmed)}
        for (place, rule, confirmed), n in counts.items()
        if n
    )
    sqlite.add_counts(connection, rule_record, rows, "confirmed", "dismissed")
