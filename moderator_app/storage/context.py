"""The messages around one message with what became of each, and those of its campaign."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select, tuple_

from moderator_app.domain.context import Context, Spoken
from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.storage.items import DECIDED, OPEN
from moderator_app.storage.message_rows import WITH_PEOPLE, message_of
from moderator_app.storage.sqlite import integer_list
from moderator_app.storage.tables import IS_OPEN, IS_WRITTEN, AnyRow, decision, item, message

MOST_IN_CHAIN = 10
MOST_MEMBERS = 500

_LINES = WITH_PEOPLE.add_columns(
    item.c.id.label("item_id"), item.c.state.label("item_state"), item.c.apart
).join(item, item.c.message_id == message.c.id, isouter=True)  # fmt: skip


def around(connection: Connection, item_id: int, before: int, after: int) -> Context | None:
    """So many messages before and after the item's, and its chain of replies; None for an unknown item."""
    this = connection.execute(_LINES.where(item.c.id == item_id)).first()
    if this is None:
        return None
    here = and_(message.c.community_id == this.community_id, IS_WRITTEN)
    place = tuple_(message.c.date, message.c.id)
    own = tuple_(literal(this.date, message.c.date.type), this.id)
    down, up = (message.c.date.desc(), message.c.id.desc()), (message.c.date, message.c.id)
    earlier = connection.execute(_LINES.where(here, place < own).order_by(*down).limit(before)).all()
    later = connection.execute(_LINES.where(here, place > own).order_by(*up).limit(after)).all()
    chain = _chain(connection, here, this)
    lines = _spoken(connection, [*chain, *reversed(earlier), this, *later])
    return Context(lines[: len(chain)], lines[len(chain) :])


def group(connection: Connection, item_id: int) -> tuple[Spoken, ...]:
    """The open messages of the item's campaign in the queue's order, those that stand apart at the end."""
    number = select(item.c.campaign_id).where(item.c.id == item_id).scalar_subquery()
    query = _LINES.where(item.c.campaign_id == number, IS_OPEN)
    rows = connection.execute(query.order_by(item.c.apart, item.c.rank, item.c.id).limit(MOST_MEMBERS)).all()
    return _spoken(connection, rows)


def _chain(connection: Connection, here: ColumnElement[bool], this: AnyRow) -> list[AnyRow]:
    found: list[AnyRow] = []
    answered = (this.details or {}).get("reply_to", "")
    while answered and len(found) < MOST_IN_CHAIN:
        row = connection.execute(_LINES.where(here, message.c.message == answered)).first()
        if row is None or row.id in {this.id, *(each.id for each in found)}:
            break
        found.append(row)
        answered = (row.details or {}).get("reply_to", "")
    return found[::-1]


def _spoken(connection: Connection, rows: Sequence[AnyRow]) -> tuple[Spoken, ...]:
    decided = _choices(connection, [row.item_id for row in rows if row.item_state == DECIDED])
    return tuple(
        Spoken(
            row.id,
            message_of(row),
            Community(CommunityKey(Platform(row.platform), row.community), row.community_name),
            row.item_id,
            row.item_state == OPEN,
            bool(row.apart),
            decided.get(row.item_id),
            row.deleted,
        )
        for row in rows
    )


def _choices(connection: Connection, items: Sequence[int]) -> dict[int, Choice]:
    newest = select(func.max(decision.c.id)).where(integer_list(decision.c.item_id, items), decision.c.undone.is_(None))
    query = select(decision.c.item_id, decision.c.choice).where(decision.c.id.in_(newest.group_by(decision.c.item_id)))
    return {row.item_id: Choice(row.choice) for row in connection.execute(query)}
