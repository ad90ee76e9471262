"""Queue items: opened, updated and withdrawn as verdicts come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from moderator_app.domain.decision import Choice
from moderator_app.domain.priority import priority
from moderator_app.domain.verdict import Finding, Verdict
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, decision, item

OPEN, DECIDED, WITHDRAWN = "open", "decided", "withdrawn"


@dataclass(frozen=True, slots=True)
class JudgedMessage:
    """The verdict on one version of a stored message; `suggested` is what the policy would do."""

    message: int
    version: int
    verdict: Verdict
    text_hash: int
    suggested: Choice


def update_queue(
    connection: Connection,
    judged: Sequence[JudgedMessage],
    rows: dict[int, AnyRow],
    former: Mapping[int, Sequence[Finding]],
) -> tuple[int, ...]:
    """Open, update or withdraw the items of judged messages; `rows` are theirs, `former` the findings so far.

    Returns the items that changed.
    """
    ids = integer_list(item.c.message_id, (each.message for each in judged))
    known = {row.message_id: row for row in connection.execute(select(item).where(ids))}
    concerned = [each for each in judged if each.verdict.flagged or each.message in known]
    if not concerned:
        return ()
    revision = next_revision(connection)
    fresh = [each for each in concerned if each.message not in known]
    if fresh:
        connection.execute(item.insert(), [_item_values(each, rows[each.message], revision) for each in fresh])
    for each in concerned:
        if each.message in known:
            changes = _item_values(each, rows[each.message], revision)
            evidence_is_new = _is_new(each.verdict.findings, former.get(each.message, ()))
            _update_item(connection, known[each.message], changes, each.verdict.flagged, evidence_is_new)
    return tuple(connection.execute(select(item.c.id).where(item.c.revision == revision)).scalars())


def _item_values(each: JudgedMessage, row: AnyRow, revision: int) -> dict[str, Any]:
    return {
        "message_id": each.message,
        "community_id": row.community_id,
        "rank": -priority(each.verdict, row.date),
        "state": OPEN,
        "version": each.version,
        "suggested": each.suggested,
        "opened": revision,
        "revision": revision,
    }


def _update_item(
    connection: Connection, known: AnyRow, changes: dict[str, Any], flagged: bool, evidence_is_new: bool
) -> None:
    if known.state == OPEN:
        changes["opened"] = known.opened
    if known.state in (OPEN, WITHDRAWN):
        changes["state"] = OPEN if flagged else WITHDRAWN
    else:
        # A dismissed item comes back with another text or new evidence; what was acted upon stays closed.
        differs = evidence_is_new or changes["version"] != known.version
        if not flagged or not differs or not _was_dismissed(connection, known.id):
            return
    connection.execute(update(item).where(item.c.id == known.id).values(**changes))


def _is_new(found: Sequence[Finding], former: Sequence[Finding]) -> bool:
    known = {(each.rule, each.base_form, each.spans) for each in former}
    return any((each.rule, each.base_form, each.spans) not in known for each in found)


def _was_dismissed(connection: Connection, item_id: int) -> bool:
    query = select(decision.c.choice).where(decision.c.item_id == item_id, decision.c.undone.is_(None))
    return connection.execute(query.order_by(decision.c.id.desc()).limit(1)).scalar() == Choice.DISMISS
