"""What is said more about a decision right after it: why, for how long, in which words. Nothing of it has begun yet."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select, update

from moderator_app.domain.decision import ActionKind, ActionState
from moderator_app.domain.errors import Refused
from moderator_app.storage import arming
from moderator_app.storage.revisions import next_revision
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import action, decision, item

_UNTOUCHED = (ActionState.PENDING, ActionState.IMPOSSIBLE)


def give_reason(connection: Connection, case: int, reason: str) -> None:
    """Raises Refused when something of the case has begun, or it was taken back: the reason goes with the actions."""
    decisions = _untouched(connection, case)
    connection.execute(update(decision).where(integer_list(decision.c.id, decisions)).values(reason=reason))


def set_length(connection: Connection, case: int, length: int | None) -> None:
    """Have mutes and bans last `length` seconds, None for ever. Raises Refused as above."""
    theirs = integer_list(action.c.decision_id, _untouched(connection, case))
    connection.execute(update(action).where(theirs, action.c.kind.in_(arming.TIMED)).values(length=length))


def choose_warning(connection: Connection, case: int, number: int, warnings: Mapping[str, str]) -> None:
    """Have warnings say the canned text of that number, in each community's language. Raises Refused as above."""
    decisions = _untouched(connection, case)
    rows = connection.execute(
        arming.TAKEN.add_columns(action.c.id.label("action_id"))
        .join(decision, decision.c.item_id == item.c.id)
        .join(action, action.c.decision_id == decision.c.id)
        .where(action.c.kind == ActionKind.WARN, integer_list(decision.c.id, decisions))
    ).all()
    texts = arming.texts(connection, rows, warnings, number)
    for row in rows:
        connection.execute(update(action).where(action.c.id == row.action_id).values(text=texts[row.id]))


def _untouched(connection: Connection, case: int) -> Sequence[int]:
    """The decisions of a case, whose lines screens read again."""
    standing = select(decision.c.id).where(decision.c.case_id == case, decision.c.undone.is_(None))
    decisions = connection.execute(standing).scalars().all()
    theirs = integer_list(action.c.decision_id, decisions)
    begun = select(action.c.id).where(theirs, action.c.state.not_in(_UNTOUCHED)).limit(1)
    if not decisions or connection.execute(begun).first() is not None:
        raise Refused("amend.too_late")
    changed = update(decision).where(integer_list(decision.c.id, decisions))
    connection.execute(changed.values(revision=next_revision(connection)))
    return decisions
