from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.rights import obstacle, obstacle_to, obstacles

ALL = frozenset(ActionKind)
DELETE, BAN, WARN = ActionKind.DELETE, ActionKind.BAN, ActionKind.WARN


def test_what_an_account_may_do_has_no_obstacle() -> None:
    assert [kind for kind in ActionKind if obstacle(kind, ALL, ALL)] == []
    assert obstacles([(ALL, ALL)]) == ()


def test_a_missing_right_is_told_from_what_the_platform_cannot_do() -> None:
    assert obstacle(DELETE, ALL, frozenset()) == Note("right.delete")
    assert obstacle(BAN, ALL, frozenset()) == Note("right.restrict")
    assert obstacle(WARN, ALL, frozenset()) == Note("right.write")
    assert obstacle(ActionKind.DECLINE, ALL, frozenset()) == Note("right.other")
    assert obstacle(BAN, ALL - {BAN}, frozenset()) == Note("right.not_here")


def test_one_account_that_may_is_enough_and_a_right_that_can_be_given_is_the_better_reason() -> None:
    cannot = (ALL - {BAN}, ALL - {BAN, DELETE})
    may_not = (ALL, ALL - {BAN, DELETE, WARN})
    assert dict(obstacles([cannot])) == {BAN: Note("right.not_here"), DELETE: Note("right.delete")}
    assert dict(obstacles([cannot, may_not])) == {BAN: Note("right.restrict"), DELETE: Note("right.delete")}
    assert obstacles([cannot, (ALL, ALL)]) == ()


def test_a_choice_is_possible_when_all_of_it_is() -> None:
    known = ((BAN, Note("right.restrict")),)
    assert obstacle_to(Choice.DELETE, known) is None
    assert obstacle_to(Choice.DELETE_BAN, known) == Note("right.restrict")
    assert obstacle_to(Choice.DISMISS, known) is None
