"""Decisions with their actions, newest first."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from moderator_app.domain.decision import Action, ActionKind, ActionState, Choice, Decision
from moderator_app.domain.history import HistoryFilter, HistoryLine
from moderator_app.domain.message import MessageKey, Platform
from moderator_app.storage import unanswered
from moderator_app.storage.notes import note_of
from moderator_app.storage.queue import EXCERPT_LENGTH
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import AnyRow, action, author, community, decision, item, message

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_LINES = (
    select(
        decision, message.c.message, func.substr(message.c.text, 1, EXCERPT_LENGTH).label("excerpt"),
        community.c.platform, community.c.community, community.c.name.label("community_name"),
        author.c.author, author.c.name.label("author_name"),
    )
    .join_from(decision, item)
    .join(message)
    .join(community)
    .join(author, message.c.author_id == author.c.id, isouter=True)
)  # fmt: skip


# Among the words of a filter: the decisions on one item.
_ITEM = re.compile(r"item:(\d{1,18})")


def page(
    connection: Connection,
    wanted: HistoryFilter,
    before: int | None,
    limit: int,
    left_behind_before: datetime = _NEVER,
) -> tuple[HistoryLine, ...]:
    """At most `limit` decisions made before the decision `before`.

    What should have run before `left_behind_before` counts as left behind.
    """
    query = _filtered(_LINES, wanted)
    if wanted.unanswered:
        query = query.where(unanswered.waits(left_behind_before))
    if before is not None:
        query = query.where(decision.c.id < before)
    return _lines(connection, connection.execute(query.order_by(decision.c.id.desc()).limit(limit)).all())


def lines_of(connection: Connection, decisions: Collection[int]) -> tuple[HistoryLine, ...]:
    """The lines of decisions, newest first."""
    query = _LINES.where(integer_list(decision.c.id, decisions)).order_by(decision.c.id.desc())
    return _lines(connection, connection.execute(query).all())


def _filtered(query: Select[Any], wanted: HistoryFilter) -> Select[Any]:
    if wanted.choice is not None:
        query = query.where(decision.c.choice == wanted.choice)
    if wanted.state is not None:
        having = select(action.c.decision_id).where(action.c.state == wanted.state)
        query = query.where(decision.c.id.in_(having))
    for word in wanted.words.split():
        if (number := _ITEM.fullmatch(word)) is not None:
            query = query.where(decision.c.item_id == int(number[1]))
            continue
        places = (author.c.name, author.c.author, community.c.name, decision.c.reason, decision.c.by)
        query = query.where(or_(*(place.icontains(word, autoescape=True) for place in places)))
    return query


def _lines(connection: Connection, rows: Sequence[AnyRow]) -> tuple[HistoryLine, ...]:
    actions = _actions(connection, [row.id for row in rows]) if rows else {}
    together = _together(connection, {row.case_id for row in rows}) if rows else {}
    given_back = unanswered.given_back(connection, [row.id for row in rows])
    return tuple(
        _line(row, tuple(actions.get(row.id, ())), together[row.case_id], row.id in given_back) for row in rows
    )


def _together(connection: Connection, cases: Collection[int]) -> dict[int, int]:
    """How many decisions each of these cases has."""
    query = select(decision.c.case_id, func.count().label("number")).where(integer_list(decision.c.case_id, cases))
    return {row.case_id: row.number for row in connection.execute(query.group_by(decision.c.case_id))}


def _actions(connection: Connection, decisions: Sequence[int]) -> dict[int, list[Action]]:
    query = select(action).where(integer_list(action.c.decision_id, decisions)).order_by(action.c.id)
    found: dict[int, list[Action]] = {}
    for row in connection.execute(query):
        shown = Action(row.id, ActionKind(row.kind), ActionState(row.state), row.due, note_of(row.note))
        listed = found.setdefault(row.decision_id, [])
        alike = next((place for place, each in enumerate(listed) if _is_alike(each, shown)), None)
        if alike is None:
            listed.append(shown)
        else:
            listed[alike] = replace(listed[alike], messages=listed[alike].messages + 1)
    return found


_TO_COME = (ActionState.PENDING, ActionState.WAITING)


def _is_alike(one: Action, other: Action) -> bool:
    due = one.due == other.due or one.state not in _TO_COME
    return due and (one.kind, one.state, one.note) == (other.kind, other.state, other.note)


def _line(row: AnyRow, actions: tuple[Action, ...], together: int, given_back: bool) -> HistoryLine:
    made = Decision(
        decision=row.id,
        case=row.case_id,
        item=row.item_id,
        choice=Choice(row.choice),
        reason=row.reason,
        by=row.by,
        at=row.at,
        undone=row.undone,
        actions=actions,
    )
    key = MessageKey(Platform(row.platform), row.community, row.message)
    excerpt = " ".join(row.excerpt.split())
    names = (row.community_name, row.author or "", row.author_name or "")
    return HistoryLine(made, key, *names, excerpt, together, given_back)
