"""The revision that grows with every transaction that changes what a screen shows."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from moderator_app.storage.tables import campaign, decision, item, message, policy, revision


@dataclass(frozen=True, slots=True)
class State:
    """Grows in one of its parts whenever something was written that a screen shows."""

    revision: int
    policy_version: int
    newest_message: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Ids of rows changed after a revision."""

    items: frozenset[int]
    decisions: frozenset[int]
    campaigns: frozenset[int]


def next_revision(connection: Connection) -> int:
    """Take the next revision for the rows that this transaction changes."""
    grown = update(revision).values(value=revision.c.value + 1).returning(revision.c.value)
    return int(connection.execute(grown).scalar_one())


def newest_revision(connection: Connection) -> int:
    return int(connection.execute(select(revision.c.value)).scalar_one())


def state(connection: Connection) -> State:
    """Where the database stands; costs three look-ups in an index."""
    newest = select(
        select(revision.c.value).scalar_subquery(),
        select(func.max(policy.c.version)).scalar_subquery(),
        select(func.max(message.c.id)).scalar_subquery(),
    )
    row = connection.execute(newest).one()
    return State(int(row[0]), int(row[1] or 1), int(row[2] or 0))


def changed_since(connection: Connection, since: int) -> Changed:
    """What changed after the revision `since`."""
    items = connection.execute(select(item.c.id).where(item.c.revision > since)).scalars()
    decisions = connection.execute(select(decision.c.id).where(decision.c.revision > since)).scalars()
    campaigns = connection.execute(select(campaign.c.id).where(campaign.c.revision > since)).scalars()
    return Changed(frozenset(items), frozenset(decisions), frozenset(campaigns))
