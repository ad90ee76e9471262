"""Every value of a policy can be shown and set under its key, and nothing else can."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.policy import Policy
from moderator_app.domain.policy_keys import SETTINGS, parse, show, usable, with_values
from moderator_app.domain.rules import RULES
from moderator_app.domain.verdict import Label
from moderator_app.setting_values import Value


def test_a_policy_shows_every_rule_and_number_under_its_key() -> None:
    shown = show(Policy())
    assert all(shown[f"rules.{rule.id}.{name}"] is not None for rule in RULES.values() for name in rule.numbers)
    assert (shown["rules.flood.count"], shown["rules.flood.seconds"], shown["rules.emoji.share"]) == (5, 10, 0.5)
    assert (shown["rules.links.obfuscated"], shown["rules.blacklist.suggested"]) == (False, "delete+ban")
    assert (shown["ladder.ban"], shown["exemptions.managers"], shown["mute_seconds"]) == (3, True, 86_400)
    assert list(shown) == list(SETTINGS)


def test_what_is_shown_makes_the_same_policy() -> None:
    changed = with_values(Policy(), {"rules.flood.count": 9, "thresholds.spam": 0.8, "ladder.enabled": False})
    assert show(with_values(Policy(), show(changed))) == show(changed)


def test_values_reach_the_policy_in_its_own_types() -> None:
    values: dict[str, Value] = {
        "rules.flood.enabled": False, "rules.flood.suggested": "mute", "rules.flood.weight": 2,
        "rules.links.obfuscated": True, "rules.emoji.share": 0.25, "thresholds.spam": 0.8, "ladder.mute": 0,
        "exemptions.community": False, "mute_seconds": 600,
    }  # fmt: skip
    policy = with_values(Policy(), values)
    flood = policy.rule("flood")
    assert (flood.enabled, flood.suggested, flood.weight) == (False, Choice.MUTE, 2.0)
    assert (policy.number("links", "obfuscated"), policy.number("emoji", "share")) == (1.0, 0.25)
    assert policy.number("flood", "seconds") == 10
    assert (policy.threshold(Label.SPAM), policy.ladder.mute, policy.exemptions.community) == (0.8, 0, False)
    assert policy.mute_seconds == 600.0


def test_one_value_of_a_rule_leaves_its_others_as_they_were() -> None:
    policy = with_values(with_values(Policy(), {"rules.flood.count": 7}), {"rules.flood.seconds": 30})
    assert (policy.number("flood", "count"), policy.number("flood", "seconds")) == (7, 30)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("rules.flood.count", " 7 ", 7),
        ("rules.flood.enabled", "off", False),
        ("rules.flood.suggested", "delete+ban", "delete+ban"),
        ("rules.links.obfuscated", "1", True),
        ("thresholds.toxicity", "0.75", 0.75),
        ("ladder.seconds", "604800", 604_800),
        ("ladder.warn", "0", 0),
    ],
)
def test_what_a_person_types_is_read(key: str, text: str, value: object) -> None:
    assert parse(key, text) == value


CHOICES = "dismiss | warn | mute | warn+mute | delete | warn+delete | delete+mute | warn+delete+mute | ban | delete+ban"


@pytest.mark.parametrize(
    ("key", "text", "allowed"),
    [
        ("rules.flood.count", "1", "2-1000"),
        ("rules.flood.count", "many", "2-1000"),
        ("rules.flood.seconds", "9" * 5000, "1-3600"),
        ("rules.flood.weight", "nan", "0-5"),
        ("rules.flood.weight", "inf", "0-5"),
        ("rules.flood.suggested", "kill", CHOICES),
        ("rules.links.obfuscated", "2", "true | false"),
        ("thresholds.spam", "1.01", "0-1"),
        ("ladder.ban", "-1", "0-100"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(key: str, text: str, allowed: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(key, text)
    assert (caught.value.parameters["key"], caught.value.parameters["allowed"]) == (key, allowed)
    assert len(str(caught.value.parameters["value"])) <= 100


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("rules.flod.count", "rules.flood"),
        ("rules.flood.cuont", "rules.flood.count"),
        ("rules.flood", "rules.flood.enabled"),
        ("ladder.kick", "ladder.mute"),
        ("thresholds.rude", "thresholds.toxicity"),
        ("exemptions", "exemptions.managers"),
        ("", "rules"),
    ],
)
def test_an_unknown_key_is_refused_with_those_it_may_have_meant(key: str, named: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(key, "1")
    assert caught.value.text_id == "settings.unknown_key"
    assert named in str(caught.value.parameters["known"]).split(", ")


def test_stored_values_of_another_version_are_left_out() -> None:
    stored = {
        "rules.gone.count": 1,
        "rules.flood.count": 10**9,
        "rules.flood.seconds": "x",
        "mute_seconds": 60,
        "": None,
    }
    assert usable(stored) == {"mute_seconds": 60}


@given(st.sampled_from(sorted(SETTINGS)), st.text() | st.integers() | st.floats() | st.booleans() | st.none())
def test_whatever_is_stored_gives_a_value_in_its_range_or_none(key: str, value: object) -> None:
    for kept in usable({key: value}).values():
        shown = show(with_values(Policy(), {key: kept}))[key]
        assert not isinstance(shown, float) or math.isfinite(shown)


@given(st.sampled_from(sorted(SETTINGS)), st.text())
def test_whatever_is_typed_is_read_or_refused(key: str, text: str) -> None:
    try:
        value = parse(key, text)
    except Refused:
        return
    assert with_values(Policy(), {key: value})
