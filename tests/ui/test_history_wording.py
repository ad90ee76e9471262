"""What the history says about an action and its undo."""

from datetime import timedelta

import pytest

from moderator_app.domain.decision import ActionKind, ActionState, Note
from moderator_app.domain.message import Platform
from moderator_app.ui.history import wording
from tests.builders import NOON
from tests.ui.decided import action, line


def test_a_pending_action_says_when_it_runs() -> None:
    due = action(state=ActionState.PENDING, due=NOON + timedelta(seconds=4))
    assert wording.short_state(due, NOON) == "delete · pending, in 4 s"
    assert wording.brief_states([due], NOON) == [(ActionState.PENDING, "delete · in 4 s")]


def test_actions_that_stand_alike_share_a_cell() -> None:
    kinds, due = (ActionKind.DELETE, ActionKind.BAN), NOON + timedelta(seconds=4)
    alike = [action(kind, ActionState.PENDING, due) for kind in kinds]
    assert wording.brief_states(alike, NOON) == [(ActionState.PENDING, "delete, ban · in 4 s")]
    apart = [alike[0], action(ActionKind.BAN, ActionState.FAILED)]
    assert [words for _state, words in wording.brief_states(apart, NOON)] == ["ban · failed", "delete · in 4 s"]


def test_an_overdue_action_does_not_count_below_zero() -> None:
    due = action(state=ActionState.PENDING, due=NOON - timedelta(seconds=4))
    assert wording.short_state(due, NOON) == "delete · pending"


def test_an_action_without_a_due_time_waits_for_the_moderator() -> None:
    late = action(state=ActionState.WAITING, due=None)
    assert wording.short_state(late, NOON) == "delete · waiting for you"
    assert wording.is_late(line(actions=[late]))


def test_the_reason_of_a_state_stands_behind_it() -> None:
    failed = action(state=ActionState.IMPOSSIBLE, note=Note("action.imported_file"))
    assert wording.full_state(failed, NOON).startswith("delete · impossible — ")


@pytest.mark.parametrize(
    ("kind", "platform", "possible"),
    [
        (ActionKind.DELETE, Platform.TELEGRAM, False),
        (ActionKind.DELETE, Platform.VK, True),
        (ActionKind.BAN, Platform.TELEGRAM, True),
        (ActionKind.WARN, Platform.VK, False),
    ],
)
def test_what_is_done_is_undone_only_where_the_platform_can(
    kind: ActionKind, platform: Platform, possible: bool
) -> None:
    assert wording.may_undo(line(actions=[action(kind)], platform=platform)) is possible


def test_an_undone_decision_says_when() -> None:
    assert (wording.undo_hint(line(undone=NOON)) or "").startswith("Undone on")


def test_what_runs_right_now_cannot_be_undone() -> None:
    assert not wording.may_undo(line(actions=[action(state=ActionState.RUNNING)]))


def test_undo_says_that_the_banned_must_join_again_and_what_goes_with_it() -> None:
    said = wording.undo_effect(line(actions=[action(ActionKind.BAN)], together=3))
    assert "join again" in said
    assert "3" in said


def test_undoing_delete_and_ban_is_offered_for_the_ban_and_says_that_the_deletion_stays() -> None:
    done = line(actions=[action(ActionKind.DELETE), action(ActionKind.BAN)])
    assert wording.may_undo(done)
    assert "lifts the ban" in wording.undo_effect(done)
    assert wording.undo_effect(done).endswith("The deleted message stays deleted.")


def test_a_late_decision_asks_for_all_that_were_decided_together() -> None:
    late = action(state=ActionState.WAITING, due=None)
    assert wording.question(line(actions=[late], together=3), NOON).endswith("one answer for all 3 decisions.")


def test_what_nobody_carried_out_says_so_after_ten_minutes() -> None:
    left = line(actions=[action(state=ActionState.PENDING, due=NOON)])
    assert wording.question(left, NOON + timedelta(minutes=9)) == ""
    assert wording.question(left, NOON + timedelta(minutes=11)).startswith("Nobody has carried it out")


def test_a_ban_that_could_not_be_lifted_asks_to_act_in_the_chat() -> None:
    failed = action(ActionKind.UNBAN, ActionState.FAILED)
    assert "Act in the chat itself" in wording.question(line(actions=[failed], undone=NOON, given_back=True), NOON)
