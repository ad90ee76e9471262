"""A moderator's own last decisions, to be looked at again."""

from sqlalchemy import Connection, func, select

from moderator_app.domain.decision import Choice
from moderator_app.domain.history import OwnCase
from moderator_app.storage.tables import decision


def newest(connection: Connection, by: str, limit: int) -> tuple[OwnCase, ...]:
    """The newest standing cases of a moderator, newest first, each with its first item."""
    cases = (
        select(decision.c.case_id, func.count().label("together"))
        .where(decision.c.by == by, decision.c.undone.is_(None))
        .group_by(decision.c.case_id)
        .order_by(decision.c.case_id.desc())
        .limit(limit)
        .subquery()
    )
    # A case bears the number of its first decision.
    query = select(decision, cases.c.together).join(cases, cases.c.case_id == decision.c.id)
    rows = connection.execute(query.order_by(decision.c.id.desc()))
    return tuple(OwnCase(row.id, row.item_id, row.together, Choice(row.choice), row.reason, row.at) for row in rows)
