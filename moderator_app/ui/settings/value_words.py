"""Values of a policy as they are read."""

from enum import StrEnum

from moderator_app.domain.policy_keys import SETTINGS
from moderator_app.domain.rule_record import RuleRecord
from moderator_app.language import _, format_length, format_number, format_percent, value_name
from moderator_app.setting_values import Value
from moderator_app.ui.settings.value_field import PERCENT


def value_in_words(key: str, value: Value) -> str:
    setting = SETTINGS[key]
    if setting.kind is bool:
        return _("on") if value else _("off")
    if issubclass(setting.kind, StrEnum):
        return value_name(setting.kind(str(value)))
    number = float(value)
    if key.endswith("seconds"):
        return format_length(number)
    if key.endswith("share"):
        return format_percent(number)
    return format_number(PERCENT * number if setting.kind is float and setting.range[1] <= 1 else number)


def record_in_words(record: RuleRecord) -> str:
    """`24 of 25`: how many decisions confirmed the rule."""
    if not record.decided:
        return _("none yet")
    said = _("{confirmed} of {decided}")
    return said.format(confirmed=format_number(record.confirmed), decided=format_number(record.decided))
