import pytest

from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.message import Platform

ENDS = (ActionState.DONE, ActionState.FAILED, ActionState.CANCELLED)
MOVING = tuple(state for state in ActionState if state not in ENDS)


@pytest.mark.parametrize("state", ENDS)
def test_an_action_that_ended_never_moves_again(state: ActionState) -> None:
    assert not [step for step in ActionState if state.may_become(step)]


def test_nothing_is_done_that_was_not_begun() -> None:
    assert [state for state in ActionState if state.may_become(ActionState.DONE)] == [ActionState.RUNNING]
    assert [state for state in ActionState if state.may_become(ActionState.FAILED)] == [ActionState.RUNNING]


def test_a_run_that_was_cut_off_can_be_taken_up_again() -> None:
    assert ActionState.RUNNING.may_become(ActionState.PENDING)


@pytest.mark.parametrize("state", MOVING)
def test_everything_that_has_not_ended_can_be_cancelled(state: ActionState) -> None:
    assert state.may_become(ActionState.CANCELLED)


def test_what_cannot_be_carried_out_is_never_begun() -> None:
    assert not ActionState.IMPOSSIBLE.may_become(ActionState.RUNNING)


def test_only_vk_restores_a_deleted_message() -> None:
    assert ActionKind.DELETE.inverse(Platform.VK) is ActionKind.RESTORE
    assert ActionKind.DELETE.inverse(Platform.VK, "photo") is ActionKind.RESTORE
    assert ActionKind.DELETE.inverse(Platform.VK, "chat") is None
    assert ActionKind.DELETE.inverse(Platform.TELEGRAM) is None


@pytest.mark.parametrize("platform", Platform)
def test_bans_and_mutes_can_be_lifted_and_warnings_cannot(platform: Platform) -> None:
    assert ActionKind.BAN.inverse(platform) is ActionKind.UNBAN
    assert ActionKind.MUTE.inverse(platform) is ActionKind.UNMUTE
    assert ActionKind.WARN.inverse(platform) is None


@pytest.mark.parametrize("platform", Platform)
def test_restrictions_and_closed_comments_can_be_lifted(platform: Platform) -> None:
    assert ActionKind.RESTRICT.inverse(platform) is ActionKind.UNMUTE
    assert ActionKind.CLOSE_COMMENTS.inverse(platform) is ActionKind.OPEN_COMMENTS


@pytest.mark.parametrize(
    "kind", [ActionKind.KICK, ActionKind.DELETE_ALL, ActionKind.REPORT, ActionKind.DECLINE, ActionKind.WARN]
)
@pytest.mark.parametrize("platform", Platform)
def test_what_has_been_done_for_good_has_no_inverse(kind: ActionKind, platform: Platform) -> None:
    assert kind.inverse(platform) is None


def test_messages_are_deleted_and_reported_one_by_one_and_the_rest_concerns_their_author() -> None:
    each = {ActionKind.DELETE, ActionKind.RESTORE, ActionKind.REPORT}
    posts = {ActionKind.CLOSE_COMMENTS, ActionKind.OPEN_COMMENTS}
    assert {kind for kind in ActionKind if not kind.on_author} == each | posts


def test_deleting_comes_before_banning_and_dismissing_does_nothing() -> None:
    assert Choice.DELETE_BAN.kinds == (ActionKind.DELETE, ActionKind.BAN)
    assert Choice.DISMISS.kinds == ()
    assert not Choice.DISMISS.confirms


def test_gravity_grows_from_dismissing_to_banning() -> None:
    assert sorted(Choice, key=lambda choice: choice.gravity) == [
        Choice.DISMISS,
        Choice.WARN,
        Choice.MUTE,
        Choice.WARN_MUTE,
        Choice.DELETE,
        Choice.WARN_DELETE,
        Choice.DELETE_MUTE,
        Choice.WARN_DELETE_MUTE,
        Choice.BAN,
        Choice.DELETE_BAN,
    ]
