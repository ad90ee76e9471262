"""Policies: what each scope has of its own, every version of it kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.policy import Policy
from moderator_app.domain.policy_keys import usable, with_values
from moderator_app.setting_values import Value
from moderator_app.storage import people
from moderator_app.storage.tables import community, policy

# One community, or None for all of them.
Scope = CommunityKey | None
# What a scope has of its own, under the keys of `domain.policy_keys`.
Own = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class InForce:
    """The common policy, and those of the communities that have something of their own."""

    default: Policy
    communities: Mapping[CommunityKey, Policy]

    def of(self, key: CommunityKey) -> Policy:
        return self.communities.get(key, self.default)


def version(connection: Connection) -> int:
    """The version of the rules in force; lists count in it too."""
    return int(connection.execute(select(func.max(policy.c.version))).scalar() or 1)


def own(connection: Connection) -> dict[Scope, dict[str, Value]]:
    """The values that each scope has of its own, by the newest version of each; scopes without any are left out."""
    newest = (
        select(func.max(policy.c.version)).where(policy.c.document.is_not(None)).group_by(policy.c.community_id)
    ).scalar_subquery()
    query = select(policy.c.document, community.c.platform, community.c.community).join(community, isouter=True)
    rows = connection.execute(query.where(policy.c.version.in_(newest)))
    return {_scope(row.platform, row.community): values for row in rows if (values := usable(row.document))}


def read(connection: Connection) -> InForce:
    """The policies in force."""
    stored = own(connection)
    default = with_values(Policy(version=version(connection)), stored.pop(None, {}))
    return InForce(default, {key: with_values(default, values) for key, values in stored.items() if key is not None})


def change(connection: Connection, changes: Mapping[Scope, Mapping[str, Value | None]], now: datetime) -> None:
    """Give scopes values of their own; None takes one back. What changes nothing makes no version."""
    stored = own(connection)
    for scope, values in changes.items():
        former = stored.get(scope, {})
        changed = {key: value for key, value in {**former, **values}.items() if value is not None}
        if changed != former:
            _keep(connection, scope, changed, now)


def make_version(connection: Connection, now: datetime, **values: Any) -> None:
    """Say that the rules are others from now on."""
    connection.execute(policy.insert().values(version=version(connection) + 1, at=now, **values))


def _keep(connection: Connection, scope: Scope, values: Own, now: datetime) -> None:
    place = None if scope is None else people.community_ids(connection, [Community(scope)])[scope]
    make_version(connection, now, community_id=place, document=dict(values))


def _scope(platform: str | None, id: str | None) -> Scope:
    return None if platform is None or id is None else CommunityKey(Platform(platform), id)
