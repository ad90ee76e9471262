"""Keeping the policies: what an admin sets is checked, stored as a new version of the rules, and judged by at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from moderator_app.domain.errors import Refused
from moderator_app.domain.message import CommunityKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.policy_keys import with_values
from moderator_app.domain.rule_record import LEAST_CONFIRMED, LEAST_DECIDED, RuleRecord
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.setting_values import Value
from moderator_app.storage import policies, rule_records
from moderator_app.storage.database import Database
from moderator_app.storage.policies import Scope as Scope

# What is set in a scope; None takes a value of its own back.
Change = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class KeptPolicies:
    """What each scope has of its own, under the keys of `domain.policy_keys`, and how the rules have proved."""

    own: Mapping[Scope, Mapping[str, Value]]
    records: Mapping[tuple[CommunityKey, str], RuleRecord]

    def policy(self, scope: Scope) -> Policy:
        common = with_values(Policy(), self.own.get(None, {}))
        return common if scope is None else with_values(common, self.own.get(scope, {}))

    def record(self, scope: Scope, rule: str) -> RuleRecord:
        """The record of a rule in one community, or in all of them together."""
        records = (record for (place, of), record in self.records.items() if of == rule and scope in (None, place))
        return sum(records, RuleRecord())


class PolicyKeeping:
    def __init__(self, database: Database, changes: Changes, clock: Clock = now) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock

    async def read(self) -> KeptPolicies:
        own = await self._database.read(policies.own)
        return KeptPolicies(own, await self._database.read(rule_records.read))

    async def change(self, changes: Mapping[Scope, Change]) -> None:
        """Set values, or take them back, in any number of scopes; all or nothing.

        Raises Refused for what cannot stand there, and for a rule that is to act by itself but has not proved right.
        """
        for values in changes.values():
            with_values(Policy(), {key: value for key, value in values.items() if value is not None})
        kept = await self.read()
        for scope, values in changes.items():
            _check_records(kept, scope, values)
        await self._database.write(policies.change, changes, self._clock())
        self._changes.wake()


def _check_records(kept: KeptPolicies, scope: Scope, values: Change) -> None:
    for key in (key for key, value in values.items() if key.endswith(".acts") and value is True):
        _, rule, _ = key.split(".")
        record = kept.record(scope, rule)
        if not record.may_act:
            raise Refused(
                "policy.no_record",
                key=key,
                rule=rule,
                confirmed=record.confirmed,
                decided=record.decided,
                least=LEAST_DECIDED,
                percent=round(100 * LEAST_CONFIRMED),
            )
