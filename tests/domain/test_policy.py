from moderator_app.domain.decision import Choice
from moderator_app.domain.policy import Policy, RulePolicy, judge, suggest
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


def test_the_strongest_evidence_suggests_and_a_weak_rule_does_not_ban() -> None:
    policy = Policy(rules={"blacklist": RulePolicy(suggested=Choice.BAN), "links": RulePolicy(suggested=Choice.WARN)})
    weak_ban = judge([found("links", 0.9), found("blacklist", 0.55, Label.LIST)], policy)
    assert suggest(weak_ban, policy) is Choice.WARN


def test_of_equal_evidence_the_gravest_choice_is_suggested() -> None:
    policy = Policy(rules={"blacklist": RulePolicy(suggested=Choice.BAN), "links": RulePolicy(suggested=Choice.WARN)})
    equal = judge([found("links", 0.9), found("blacklist", 0.9, Label.LIST)], policy)
    assert suggest(equal, policy) is Choice.BAN


def test_what_is_below_the_threshold_suggests_nothing() -> None:
    policy = Policy()
    assert suggest(judge([found("blacklist", 0.2, Label.LIST)], policy), policy) is Choice.DISMISS
