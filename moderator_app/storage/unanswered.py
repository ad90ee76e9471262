"""Decisions that wait for a human's word, because their actions were not carried out."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from moderator_app.domain.decision import ActionState
from moderator_app.domain.history import Unanswered
from moderator_app.storage.items import OPEN
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import action, decision, item

_TO_COME = (ActionState.PENDING, ActionState.WAITING)

_newer = decision.alias("newer")

_LATE = select(action.c.decision_id).where(action.c.state == ActionState.WAITING, action.c.due.is_(None))

# An action of a decision that was not taken back is cancelled only when its message was edited meanwhile.
_NOT_CARRIED_OUT = or_(
    action.c.state == ActionState.FAILED,
    and_(action.c.state == ActionState.CANCELLED, decision.c.undone.is_(None)),
)
_GIVEN_BACK = (
    select(action.c.decision_id)
    .join_from(action, decision)
    .join(item)
    .where(_NOT_CARRIED_OUT, item.c.state == OPEN, item.c.failure.is_not(None))
    .where(~select(_newer.c.id).where(_newer.c.item_id == decision.c.item_id, _newer.c.id > decision.c.id).exists())
)


def count(connection: Connection, now: datetime, left_behind_before: datetime) -> Unanswered:
    due = select(func.count()).where(action.c.state.in_(_TO_COME), action.c.due <= now)
    columns = [_number(_LATE), _number(_GIVEN_BACK), _number(_left_behind(left_behind_before)), due.scalar_subquery()]
    return Unanswered(*connection.execute(select(*columns)).one())


def waits(left_behind_before: datetime) -> ColumnElement[bool]:
    """Whether a decision is one of those that `count` counts."""
    return or_(*(decision.c.id.in_(one) for one in (_LATE, _GIVEN_BACK, _left_behind(left_behind_before))))


def given_back(connection: Connection, decisions: Collection[int]) -> frozenset[int]:
    """Those of `decisions` that were not carried out and whose items are back in the queue."""
    return frozenset(connection.execute(_GIVEN_BACK.where(integer_list(decision.c.id, decisions))).scalars())


def _left_behind(before: datetime) -> Select[tuple[int]]:
    return select(action.c.decision_id).where(action.c.state.in_(_TO_COME), action.c.due < before)


def _number(decisions: Select[tuple[int]]) -> ColumnElement[int]:
    found = decisions.distinct().subquery()
    return select(func.count()).select_from(found).scalar_subquery()
