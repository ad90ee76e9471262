"""What can be set of a policy: each value under a dotted key, with its type and what may stand there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from moderator_app.domain.ai import AiPolicy, Which
from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.policy import DEFAULT_RULES, DEFAULT_THRESHOLDS, Exemptions, Ladder, Policy, RulePolicy
from moderator_app.domain.rules import RULES, Number, Unit
from moderator_app.domain.verdict import Label
from moderator_app.setting_values import Value, allowed, checked, from_text

MOST_WEIGHT = 5.0
MOST_MUTE_SECONDS = 366 * 24 * 3600
MOST_LADDER_SECONDS = 366 * 24 * 3600
MOST_VIOLATIONS = 100

# The first words of the keys.
GROUPS = ("rules", "thresholds", "ladder", "exemptions", "ai", "mute_seconds")

# Of every rule, before the numbers it goes by.
OF_RULES = ("enabled", "threshold", "weight", "suggested", "acts")


@dataclass(frozen=True, slots=True)
class Setting:
    """What may stand under one key, as `setting_values` understands it, and what stands there by default."""

    kind: type
    default: Value
    bounds: Mapping[str, Any] = field(default_factory=dict)

    @property
    def allowed(self) -> str:
        return allowed(self.kind, self.bounds)

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most that a number may be."""
        least, most = self.bounds["range"]
        return least, most


def show(policy: Policy) -> dict[str, Value]:
    """Every value of a policy under its key."""
    return {key: _plain(setting, _value(policy, key)) for key, setting in SETTINGS.items()}


def with_values(policy: Policy, values: Mapping[str, Value]) -> Policy:
    """The policy with some of its values replaced. Raises Refused: an unknown key, a value that cannot stand there."""
    for key, value in values.items():
        setting = setting_of(key)
        try:
            policy = _with(policy, key, checked(value, setting.kind, setting.bounds))
        except ValueError:
            raise _wrong(key, value, setting) from None
    return policy


def usable(values: Mapping[str, object]) -> dict[str, Value]:
    """Those of stored values that can still stand under their keys: another version may know other ones."""
    found: dict[str, Value] = {}
    for key, value in values.items():
        setting = SETTINGS.get(key)
        try:
            if setting is not None:
                found[key] = checked(value, setting.kind, setting.bounds)
        except ValueError:
            continue
    return found


def parse(key: str, text: str) -> Value:
    """The value that a person typed for `key`. Raises Refused."""
    setting = setting_of(key)
    try:
        return from_text(text, setting.kind, setting.bounds)
    except (ValueError, OverflowError):
        raise _wrong(key, text, setting) from None


def setting_of(key: str) -> Setting:
    """Raises Refused for an unknown key, naming those beside which it would stand."""
    if key not in SETTINGS:
        raise Refused("settings.unknown_key", key=key[:_MOST_SHOWN], known=", ".join(_beside(key)))
    return SETTINGS[key]


_MOST_SHOWN = 100


def _wrong(key: str, value: object, setting: Setting) -> Refused:
    return Refused("settings.wrong_value", key=key, value=str(value)[:_MOST_SHOWN], allowed=setting.allowed)


def _beside(key: str) -> list[str]:
    """What somebody who wrote an unknown key may have meant."""
    group, *rest = key.split(".")
    if group == "rules" and rest and rest[0] in RULES:
        start = f"rules.{rest[0]}."
    elif group == "rules":
        return [f"rules.{rule}" for rule in RULES]
    else:
        start = f"{group}."
    return [each for each in SETTINGS if each.startswith(start)] or list(GROUPS)


def _declared() -> Iterator[tuple[str, Setting]]:
    for rule in RULES.values():
        usual, start = DEFAULT_RULES[rule.id], f"rules.{rule.id}."
        yield start + "enabled", Setting(bool, usual.enabled)
        yield start + "threshold", Setting(float, usual.threshold, {"range": (0, 1)})
        yield start + "weight", Setting(float, usual.weight, {"range": (0, MOST_WEIGHT)})
        yield start + "suggested", Setting(Choice, usual.suggested)
        yield start + "acts", Setting(bool, usual.acts)
        for name, number in rule.numbers.items():
            yield start + name, _number(number, number.unit(name))
    for label in Label:
        yield f"thresholds.{label}", Setting(float, DEFAULT_THRESHOLDS[label], {"range": (0, 1)})
    ladder = Ladder()
    yield "ladder.enabled", Setting(bool, ladder.enabled)
    yield "ladder.seconds", Setting(int, int(ladder.seconds), {"range": (1, MOST_LADDER_SECONDS)})
    for step in ("warn", "mute", "ban"):
        yield f"ladder.{step}", Setting(int, getattr(ladder, step), {"range": (0, MOST_VIOLATIONS)})
    for each in fields(Exemptions):
        yield f"exemptions.{each.name}", Setting(bool, getattr(Exemptions(), each.name))
    ai = AiPolicy()
    for name in ("enabled", "mask", "pictures", "profiles"):
        yield f"ai.{name}", Setting(bool, getattr(ai, name))
    yield "ai.which", Setting(Which, ai.which)
    yield "ai.sample_share", Setting(float, ai.sample_share, {"range": (0, 1)})
    yield "mute_seconds", Setting(int, int(Policy().mute_seconds), {"range": (1, MOST_MUTE_SECONDS)})


def _number(number: Number, unit: Unit) -> Setting:
    if unit is Unit.SWITCH:
        return Setting(bool, bool(number.default))
    if unit is Unit.SHARE:
        return Setting(float, number.default, {"range": (number.least, number.most)})
    return Setting(int, int(number.default), {"range": (int(number.least), int(number.most))})


SETTINGS: Mapping[str, Setting] = dict(_declared())


def _value(policy: Policy, key: str) -> Any:
    group, *names = key.split(".")
    match group:
        case "rules":
            rule, name = names
            return getattr(policy.rule(rule), name) if name in OF_RULES else policy.number(rule, name)
        case "thresholds":
            return policy.threshold(Label(names[0]))
        case "mute_seconds":
            return policy.mute_seconds
    return getattr(getattr(policy, group), names[0])


def _plain(setting: Setting, value: Any) -> Value:
    shown: Value = setting.kind(value)
    return shown.value if isinstance(shown, StrEnum) else shown


def _with(policy: Policy, key: str, value: Any) -> Policy:
    group, *names = key.split(".")
    match group:
        case "rules":
            rule, name = names
            return replace(policy, rules={**policy.rules, rule: _changed(policy.rule(rule), name, value)})
        case "thresholds":
            return replace(policy, thresholds={**policy.thresholds, Label(names[0]): value})
        case "ladder":
            return replace(policy, ladder=replace(policy.ladder, **{names[0]: value}))
        case "ai":
            return replace(policy, ai=replace(policy.ai, **{names[0]: value}))
        case "exemptions":
            return replace(policy, exemptions=replace(policy.exemptions, **{names[0]: value}))
    return replace(policy, mute_seconds=float(value))


def _changed(rule: RulePolicy, name: str, value: Any) -> RulePolicy:
    if name in OF_RULES:
        return replace(rule, **{name: value})
    return replace(rule, numbers={**rule.numbers, name: float(value)})
