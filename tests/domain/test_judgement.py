"""Which changes of the rules have messages judged again."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.policy import Policy
from moderator_app.domain.policy_keys import with_values
from moderator_app.setting_values import Value

YARD = CommunityKey(Platform.TELEGRAM, "100")


@pytest.mark.parametrize(
    ("key", "value", "alike"),
    [
        ("ladder.ban", 9, True),
        ("mute_seconds", 60, True),
        ("rules.flood.acts", True, True),
        ("rules.flood.enabled", False, False),
        ("rules.flood.suggested", "mute", False),
        ("rules.flood.count", 9, False),
        ("thresholds.spam", 0.9, False),
        ("exemptions.managers", False, False),
    ],
)
def test_only_what_counts_in_a_verdict_makes_a_book_judge_otherwise(key: str, value: Value, alike: bool) -> None:
    changed = with_values(Policy(version=2), {key: value})
    assert RuleBook(changed).judges_as(RuleBook()) is alike
    assert RuleBook(communities={YARD: changed}).judges_as(RuleBook()) is alike
    assert RuleBook().judges_as(RuleBook(communities={YARD: changed})) is alike


def test_other_lists_judge_otherwise() -> None:
    assert not RuleBook(lists=Lists(bots=frozenset({"gif"}))).judges_as(RuleBook())
