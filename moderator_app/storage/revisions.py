"""The revision that grows with every transaction that changes what a screen shows."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from moderator_app.storage.tables import decision, item, revision


@dataclass(frozen=True, slots=True)
class Changed:
    """Ids of rows changed after a revision, and the newest revision."""

    revision: int
    items: frozenset[int]
    decisions: frozenset[int]


def next_revision(connection: Connection) -> int:
    """Take the next revision for the rows that this transaction changes."""
    grown = update(revision).values(value=revision.c.value + 1).returning(revision.c.value)
    return int(connection.execute(grown).scalar_one())


def newest_revision(connection: Connection) -> int:
    return int(connection.execute(select(revision.c.value)).scalar_one())


def changed_since(connection: Connection, since: int) -> Changed:
    """What changed after the revision `since`."""
    items = connection.execute(select(item.c.id).where(item.c.revision > since)).scalars()
    decisions = connection.execute(select(decision.c.id).where(decision.c.revision > since)).scalars()
    return Changed(newest_revision(connection), frozenset(items), frozenset(decisions))
