import pytest

from moderator_app.domain.decision import Choice
from moderator_app.domain.policy import Ladder, Policy, RulePolicy, climb, judge, suggest
from moderator_app.domain.verdict import Finding, Label


def found(rule: str, score: float, label: Label = Label.SPAM) -> Finding:
    return Finding(rule, label, score, f"finding.{rule}")


def test_a_label_at_its_threshold_flags_the_message() -> None:
    policy = Policy(thresholds={Label.SPAM: 0.6})
    assert judge([found("links", 0.6)], policy).verdicts == (Label.SPAM,)
    assert not judge([found("links", 0.59)], policy).flagged


def test_findings_of_different_labels_do_not_add_up_to_a_verdict() -> None:
    verdict = judge([found("links", 0.4), found("profanity", 0.4, Label.PROFANITY)], Policy())
    assert verdict.score > 0.5
    assert not verdict.flagged


def test_a_weight_counts_before_the_verdict_and_never_makes_more_than_certain() -> None:
    light = Policy(rules={"links": RulePolicy(weight=0.5)})
    heavy = Policy(rules={"links": RulePolicy(weight=9.0)})
    assert judge([found("links", 0.8)], light).score == 0.4
    assert judge([found("links", 0.8)], heavy).findings[0].score == 1.0


def test_a_rule_switched_off_or_below_its_threshold_says_nothing() -> None:
    off = Policy(rules={"links": RulePolicy(enabled=False)})
    deaf = Policy(rules={"links": RulePolicy(threshold=0.9)})
    assert judge([found("links", 0.8)], off).findings == ()
    assert judge([found("links", 0.8)], deaf).findings == ()


def test_a_trusted_author_is_not_flagged_whatever_else_was_found() -> None:
    verdict = judge([found("blacklist", 1.0, Label.LIST), found("whitelist", 1.0, Label.LIST)], Policy())
    assert (verdict.score, verdict.flagged, verdict.trusted) == (0.0, False, True)


def test_who_passes_does_so_whatever_is_set_for_the_whitelist() -> None:
    policy = Policy(rules={"whitelist": RulePolicy(enabled=False, threshold=0.9)})
    assert judge([found("whitelist", 0.0, Label.LIST)], policy).trusted


def test_the_strongest_evidence_suggests_and_a_weak_rule_does_not_ban() -> None:
    policy = Policy(rules={"blacklist": RulePolicy(suggested=Choice.BAN), "links": RulePolicy(suggested=Choice.WARN)})
    weak_ban = judge([found("links", 0.9), found("blacklist", 0.55, Label.LIST)], policy)
    assert suggest(weak_ban, policy) is Choice.WARN


def test_of_equal_evidence_the_gravest_choice_is_suggested() -> None:
    policy = Policy(rules={"blacklist": RulePolicy(suggested=Choice.BAN), "links": RulePolicy(suggested=Choice.WARN)})
    equal = judge([found("links", 0.9), found("blacklist", 0.9, Label.LIST)], policy)
    assert suggest(equal, policy) is Choice.BAN


def test_what_aggravates_counts_beside_stronger_evidence() -> None:
    newcomer = found("newcomer", 0.6, Label.BEHAVIOUR)
    spam = judge([found("learned_spam", 0.95, Label.SPAM), newcomer], Policy())
    assert suggest(spam, Policy()) is Choice.DELETE_BAN


def test_what_is_below_the_threshold_suggests_nothing() -> None:
    policy = Policy()
    assert suggest(judge([found("blacklist", 0.2, Label.LIST)], policy), policy) is Choice.DISMISS


@pytest.mark.parametrize(
    ("before", "suggested", "climbed"),
    [
        (0, Choice.WARN, Choice.WARN),
        (1, Choice.WARN, Choice.MUTE),
        (2, Choice.WARN, Choice.BAN),
        (9, Choice.WARN, Choice.BAN),
        (0, Choice.DELETE, Choice.DELETE),
        (1, Choice.DELETE, Choice.DELETE_MUTE),
        (2, Choice.DELETE, Choice.DELETE_BAN),
        (0, Choice.DELETE_BAN, Choice.DELETE_BAN),
        (9, Choice.DISMISS, Choice.DISMISS),
    ],
)
def test_the_ladder_suggests_the_graver_of_the_rules_choice_and_the_step(
    before: int, suggested: Choice, climbed: Choice
) -> None:
    assert climb(suggested, before, Ladder()) is climbed


def test_a_step_left_out_and_a_ladder_switched_off_change_nothing() -> None:
    assert climb(Choice.WARN, 1, Ladder(mute=0)) is Choice.WARN
    assert climb(Choice.WARN, 0, Ladder(warn=0, mute=1)) is Choice.MUTE
    assert climb(Choice.WARN, 9, Ladder(enabled=False)) is Choice.WARN


def test_mere_resemblance_to_toxic_texts_is_named_but_enters_the_queue_only_when_strong() -> None:
    weak, strong = (found("toxicity", score, Label.TOXICITY) for score in (0.7, 0.9))
    assert judge([weak], Policy()).verdicts == (Label.TOXICITY,)
    assert not judge([weak], Policy()).flagged
    assert not judge([weak, found("links", 0.3)], Policy()).flagged
    assert judge([strong], Policy()).flagged
    assert judge([weak, found("profanity", 0.9, Label.PROFANITY)], Policy()).flagged
    eager = Policy(rules={"toxicity": RulePolicy(numbers={"queue_share": 0.5})})
    assert judge([weak], eager).flagged
