"""What is being edited of the policies: changes over what is kept, in any scope."""

from collections.abc import Mapping

from moderator_app.domain.policy_keys import SETTINGS
from moderator_app.domain.rule_record import RuleRecord
from moderator_app.moderation.policies import Change, KeptPolicies, Scope
from moderator_app.setting_values import Value


class PolicyDraft:
    """`scope` is what is being looked at. A value equal to the one it would have anyway is not kept as its own."""

    def __init__(self) -> None:
        self.scope: Scope = None
        self._kept = KeptPolicies({}, {})
        self._edits: dict[Scope, dict[str, Value | None]] = {}

    @property
    def changes(self) -> Mapping[Scope, Change]:
        """What saving has to set."""
        return {scope: dict(edits) for scope, edits in self._edits.items() if edits}

    def keep(self, kept: KeptPolicies) -> None:
        """Another state is stored; what is being edited stays so, unless it is stored now."""
        self._kept = kept
        for scope, edits in self._edits.items():
            self._edits[scope] = {key: value for key, value in edits.items() if value != self._stored(scope, key)}

    def discard(self) -> None:
        self._edits.clear()

    def value(self, key: str) -> Value:
        own = self._own(self.scope, key)
        return self.common(key) if own is None else own

    def common(self, key: str) -> Value:
        """What holds where the scope has nothing of its own."""
        own = None if self.scope is None else self._own(None, key)
        return SETTINGS[key].default if own is None else own

    def is_own(self, key: str) -> bool:
        return self._own(self.scope, key) is not None

    def has_own(self, scope: Scope) -> bool:
        """Whether anything is set in a scope."""
        return any(
            value is not None for value in {**self._kept.own.get(scope, {}), **self._edits.get(scope, {})}.values()
        )

    def set(self, key: str, value: Value) -> None:
        self._edit(key, None if value == self.common(key) else value)

    def take_back(self, key: str) -> None:
        self._edit(key, None)

    def record(self, rule: str) -> RuleRecord:
        return self._kept.record(self.scope, rule)

    def _edit(self, key: str, value: Value | None) -> None:
        edits = self._edits.setdefault(self.scope, {})
        if value == self._stored(self.scope, key):
            edits.pop(key, None)
        else:
            edits[key] = value

    def _own(self, scope: Scope, key: str) -> Value | None:
        edits = self._edits.get(scope, {})
        return edits[key] if key in edits else self._stored(scope, key)

    def _stored(self, scope: Scope, key: str) -> Value | None:
        return self._kept.own.get(scope, {}).get(key)
