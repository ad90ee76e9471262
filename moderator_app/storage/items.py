"""Queue items: opened, updated and withdrawn as verdicts come."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from moderator_app.domain.decision import Choice
from moderator_app.domain.likeness import LIKE_NONE, Likeness
from moderator_app.domain.message import MessageKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.priority import priority
from moderator_app.domain.verdict import Finding, Label, Verdict
from moderator_app.storage import campaigns, traits
from moderator_app.storage.campaigns import Arrival, Joined
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, decision, item

_REPORTED = "reported"

# Withdrawn: rules have nothing against it any more. Closed: somebody else has seen to it on the platform. Snoozed: put
# off by a moderator for a while.
OPEN, DECIDED, WITHDRAWN, CLOSED, SNOOZED = "open", "decided", "withdrawn", "closed", "snoozed"


@dataclass(frozen=True, slots=True)
class Reached:
    """A finding that concerns an earlier message, not weighed yet, and the policy that message is judged by."""

    key: MessageKey
    finding: Finding
    policy: Policy


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That the message `by` does not say any more what a finding on an earlier message rests on.

    `left` is what remains of that finding without it, not weighed yet.
    """

    key: MessageKey
    rule: str
    by: MessageKey
    left: Callable[[Finding], Finding | None]
    policy: Policy


class JudgedMessage(NamedTuple):
    """The verdict on one version of a stored message; `suggested` is what the policy would do.

    `reached` is what its judgement means for earlier messages.
    """

    message: int
    version: int
    verdict: Verdict
    text_hash: int
    suggested: Choice
    reached: tuple[Reached | TakenBack, ...] = ()
    likeness: Likeness = LIKE_NONE


def update_queue(
    connection: Connection,
    judged: Sequence[JudgedMessage],
    rows: dict[int, AnyRow],
    former: Mapping[int, Sequence[Finding]],
    fresh: Collection[int] = (),
) -> tuple[int, ...]:
    """Open, update or withdraw the items of judged messages; `rows` are theirs, `former` the findings so far.

    `fresh` messages have no item yet. Returns the items that changed.
    """
    known: dict[int, AnyRow] = {}
    if older := [each.message for each in judged if each.message not in fresh]:
        theirs = select(item).where(integer_list(item.c.message_id, older))
        known = {row.message_id: row for row in connection.execute(theirs)}
    concerned = [each for each in judged if each.message in known or _opens(each, rows)]
    if not concerned:
        return ()
    revision = next_revision(connection)
    changing = [each for each in concerned if _changes(connection, each, rows, known.get(each.message), former)]
    joined = _campaigns(connection, changing, known, rows, revision)
    said = traits.of_messages(connection, {each.message: (each.verdict.findings, each.suggested) for each in changing})
    opened: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for each in changing:
        place = joined.get(each.message)
        values = _item_values(each, rows[each.message], revision, None if place is None else place.campaign)
        values["apart"] = _stands_apart(place, known.get(each.message))
        values["traits_id"] = values["row_traits_id"] = said[each.message]
        (again if each.message in known else opened).append(values)
    if opened:
        connection.execute(item.insert(), opened)
    for values in again:
        _update_item(connection, known[values["message_id"]], values)
    left = (row.campaign_id for row in known.values())
    campaigns.settle(connection, (*(place.campaign for place in joined.values()), *left), revision)
    return tuple(connection.execute(select(item.c.id).where(item.c.revision == revision)).scalars())


def _campaigns(
    connection: Connection,
    changing: Sequence[JudgedMessage],
    known: Mapping[int, AnyRow],
    rows: Mapping[int, AnyRow],
    revision: int,
) -> dict[int, Joined]:
    """The campaigns of messages. A text that was judged before stays where it is."""
    stay: dict[int, Joined] = {}
    arrivals = []
    for each in changing:
        row = known.get(each.message)
        if row is not None and row.campaign_id is not None and row.version == each.version:
            stay[each.message] = Joined(row.campaign_id)
        elif each.verdict.flagged:
            former = None if row is None else row.campaign_id
            arrivals.append(Arrival(each.message, rows[each.message].date, _likeness(each), former))
    return stay | campaigns.join(connection, arrivals, revision)


def _stands_apart(place: Joined | None, known: AnyRow | None) -> bool:
    """What a moderator has said of an item holds as long as it stays in its campaign."""
    if place is None:
        return False
    return bool(known.apart) if known is not None and known.campaign_id == place.campaign else place.apart


_SWEARING = frozenset({Label.PROFANITY, Label.TOXICITY})
_ADVERTISING = frozenset({Label.SPAM, Label.LIST})


def _likeness(each: JudgedMessage) -> Likeness:
    """People swear in the same few words without knowing of each other, however often."""
    labels = {found.label for found in each.verdict.findings if not found.earlier}
    known = each.likeness
    if known == LIKE_NONE and each.text_hash:
        known = Likeness(same=(each.text_hash,))
    if known.keys or labels & _ADVERTISING or not labels & _SWEARING:
        return known
    return Likeness(same=tuple(key for key in known.same if key != each.text_hash))


def _item_values(each: JudgedMessage, row: AnyRow, revision: int, campaign_id: int | None) -> dict[str, Any]:
    return {
        "message_id": each.message,
        "community_id": row.community_id,
        "author_id": row.author_id,
        "rank": -priority(each.verdict, row.date),
        "state": OPEN if each.verdict.flagged else WITHDRAWN,
        "version": each.version,
        "suggested": each.suggested,
        "opened": revision,
        "revision": revision,
        "campaign_id": campaign_id,
        "snoozed_until": None,
        # Which of a campaign's items stands for it is settled when all are there.
        "head": each.verdict.flagged and campaign_id is None,
    }


def _opens(each: JudgedMessage, rows: Mapping[int, AnyRow]) -> bool:
    """Nothing is left to decide about a message that is gone."""
    return each.verdict.flagged and not rows[each.message].deleted


def _changes(
    connection: Connection,
    each: JudgedMessage,
    rows: Mapping[int, AnyRow],
    known: AnyRow | None,
    former: Mapping[int, Sequence[Finding]],
) -> bool:
    """A dismissed item comes back with another text or new evidence; what was acted upon stays closed."""
    if known is None or known.state == OPEN:
        return True
    if rows[each.message].deleted:
        return False
    if known.state == WITHDRAWN:
        return True
    differs = each.version != known.version or _is_new(each.verdict.findings, former.get(each.message, ()))
    if known.state == SNOOZED:
        return differs or not each.verdict.flagged
    return each.verdict.flagged and differs and was_dismissed(connection, known.id)


def _update_item(connection: Connection, known: AnyRow, changes: dict[str, Any]) -> None:
    if known.state == OPEN:
        changes["opened"] = known.opened
    connection.execute(update(item).where(item.c.id == known.id).values(**changes))


def _is_new(found: Sequence[Finding], former: Sequence[Finding]) -> bool:
    known = {_sign(each): _members(each) for each in former}
    return any(_members(each) > known.get(_sign(each), -1) for each in found)


def _sign(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.base_form, finding.spans


def _members(finding: Finding) -> int:
    """How many members reported a message: one more is new evidence."""
    return int(dict(finding.parameters).get("count", 1)) if finding.rule == _REPORTED else 0


def was_dismissed(connection: Connection, item_id: int) -> bool:
    """Whether the newest standing decision on an item let its message stay."""
    query = select(decision.c.choice).where(decision.c.item_id == item_id, decision.c.undone.is_(None))
    return connection.execute(query.order_by(decision.c.id.desc()).limit(1)).scalar() == Choice.DISMISS
