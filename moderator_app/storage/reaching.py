"""Findings that come upon messages later: what a sequence rule finds concerns those before it, too."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from moderator_app.domain.message import CommunityKey, MessageKey, Platform
from moderator_app.domain.policy import combine, suggest, weigh
from moderator_app.domain.verdict import Finding
from moderator_app.storage import verdicts
from moderator_app.storage.items import JudgedMessage, Reached, TakenBack
from moderator_app.storage.sqlite import text_list
from moderator_app.storage.tables import AnyRow, community, message
from moderator_app.storage.verdicts import Recorded


def reach_back(connection: Connection, reached: Sequence[Reached | TakenBack]) -> Recorded:
    """Add findings to the messages they concern, as if those were judged again, or take back what was added so.

    A message takes a rule's finding once; a weightier one of the same rule takes its place. `flagged` counts the
    messages that were not flagged before.
    """
    by_key: dict[MessageKey, list[Reached | TakenBack]] = {}
    for each in reached:
        by_key.setdefault(each.key, []).append(each)
    rows = _rows(connection, by_key)
    former = verdicts.findings_of(connection, [row.id for row in rows.values()])
    changed = {
        key: found
        for key, row in rows.items()
        if not row.trusted and (found := _added(former.get(row.id, ()), by_key[key])) is not None
    }
    waiting = {rows[key].id: found for key, found in changed.items() if rows[key].policy_version is None}
    verdicts.leave_findings(connection, waiting)
    judged = [
        _judged(rows[key], found, by_key[key][0]) for key, found in changed.items() if rows[key].id not in waiting
    ]
    recorded = verdicts.replace(connection, judged)
    flagged_before = {row.id for row in rows.values() if row.flagged}
    newly = sum(each.verdict.flagged and each.message not in flagged_before for each in judged)
    return Recorded(recorded.items, newly)


def _rows(connection: Connection, keys: Iterable[MessageKey]) -> dict[MessageKey, AnyRow]:
    places: dict[CommunityKey, dict[str, MessageKey]] = {}
    for key in keys:
        places.setdefault(key.community_key, {})[key.message] = key
    found = {}
    for place, wanted in places.items():
        here = (community.c.platform == place.platform, community.c.community == place.community)
        for row in connection.execute(_ROWS.where(*here, text_list(message.c.message, wanted))):
            found[MessageKey(Platform(place.platform), place.community, row.message)] = row
    return found


_ROWS = select(
    message.c.id, message.c.message, message.c.version, message.c.policy_version, message.c.text_hash,
    message.c.flagged, message.c.trusted,
).join_from(message, community)  # fmt: skip


def _added(former: Sequence[Finding], reached: Sequence[Reached | TakenBack]) -> tuple[Finding, ...] | None:
    """The findings with those that add weight, without what was taken back; None when that changes nothing."""
    found: Mapping[str, Finding] = {each.rule: each for each in former}
    kept = list(former)
    for each in reached:
        if isinstance(each, TakenBack):
            kept = _without(kept, each)
            found = {other.rule: other for other in kept}
            continue
        weighed = weigh(each.finding, each.policy)
        known = found.get(each.finding.rule)
        if weighed is None or (known is not None and known.score >= weighed.score):
            continue
        kept = [other for other in kept if other.rule != weighed.rule]
        kept.append(weighed)
        found = {other.rule: other for other in kept}
    return tuple(kept) if kept != list(former) else None


def _without(found: Sequence[Finding], taken: TakenBack) -> list[Finding]:
    kept = []
    for each in found:
        if each.rule != taken.rule or taken.by not in each.earlier:
            kept.append(each)
        elif (left := taken.left(each)) is not None and (weighed := weigh(left, taken.policy)) is not None:
            kept.append(weighed)
    return kept


def _judged(row: AnyRow, found: tuple[Finding, ...], reached: Reached | TakenBack) -> JudgedMessage:
    verdict = combine(found, reached.policy)
    return JudgedMessage(row.id, row.version, verdict, row.text_hash or 0, suggest(verdict, reached.policy))
