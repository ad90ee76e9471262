"""Which requests are carried out at all: versions, tokens of each kind, scopes, limits per second, captchas."""

import pytest

from tests.servers.vk import KEY, Role
from tests.servers.vk.client import Refusal
from tests.servers.vk.scene import Scene, set_up


def test_a_version_is_needed_and_an_old_one_refused(scene: Scene) -> None:
    for version in ("", "five", "5.80"):
        with pytest.raises(Refusal) as told:
            scene.group.ask("groups.getById", v=version)
        assert told.value.code == 8
    assert scene.group.ask("groups.getById", v="5.131")["groups"][0]["id"] == scene.cooking.id


@pytest.mark.parametrize("method", ["wall.deleteComment", "wall.restoreComment", "groups.ban", "groups.unban",
                                    "wall.getComments", "photos.deleteComment", "board.getComments"])  # fmt: skip
def test_what_only_users_may_is_refused_to_a_community_with_27(scene: Scene, method: str) -> None:
    with pytest.raises(Refusal) as told:
        scene.group.ask(method, owner_id=scene.cooking.peer)
    assert told.value.code == 27
    assert {"key": "method", "value": method} in told.value.error["request_params"]
    assert scene.server.refused[method, 27] == 1


def test_a_method_can_be_opened_to_communities(scene: Scene) -> None:
    scene.server.open_to_communities.add("wall.getComments")
    found = scene.group.ask("wall.getComments", owner_id=scene.cooking.peer, post_id=scene.post.id)
    assert found["items"] == []


def test_a_service_token_reads_walls_and_nothing_else(scene: Scene) -> None:
    comment = scene.comment()
    found = scene.service.ask("wall.getComments", owner_id=scene.cooking.peer, post_id=scene.post.id)
    assert [each["id"] for each in found["items"]] == [comment.id]
    with pytest.raises(Refusal) as told:
        scene.service.ask("wall.deleteComment", owner_id=scene.cooking.peer, comment_id=comment.id)
    assert told.value.code == 28


def test_a_token_of_vk_id_reads_people_only(scene: Scene) -> None:
    client = scene.client(scene.world.user_token(scene.anna, vk_id=True))
    assert client.ask("users.get")[0]["first_name"] == "Anna"
    for method in ("account.getAppPermissions", "wall.deleteComment", "groups.get"):
        with pytest.raises(Refusal) as told:
            client.ask(method)
        assert told.value.code == 1051


def test_what_a_token_may_shows_in_its_permissions(scene: Scene) -> None:
    weak = scene.client(scene.world.community_token(scene.cooking, ["messages"]))
    assert weak.ask("groups.getTokenPermissions") == {
        "mask": 4096, "permissions": [{"name": "messages", "setting": 4096}],
    }  # fmt: skip
    with pytest.raises(Refusal) as told:
        weak.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    assert told.value.code == 15
    assert scene.group.ask("groups.getTokenPermissions")["mask"] & 262144
    assert scene.moderator.ask("account.getAppPermissions") & 8192


def test_rights_follow_the_role(scene: Scene) -> None:
    comment = scene.comment()
    given = {"owner_id": scene.cooking.peer, "comment_id": comment.id}
    stranger = scene.client(scene.world.user_token(scene.world.add_user("Stranger")))
    with pytest.raises(Refusal) as told:
        stranger.ask("wall.deleteComment", **given)
    assert told.value.code == 211
    scene.world.appoint(scene.cooking, scene.anna, Role.ADVERTISER)
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("groups.ban", group_id=scene.cooking.id, owner_id=scene.guest.id)
    assert told.value.code == 15
    scene.world.appoint(scene.cooking, scene.anna, Role.MODERATOR)
    assert scene.moderator.ask("wall.deleteComment", **given) == 1


def test_a_revoked_token_is_refused_until_there_is_a_new_one(scene: Scene) -> None:
    scene.world.revoke(scene.group_token)
    with pytest.raises(Refusal) as told:
        scene.group.ask("groups.getById")
    assert told.value.code == 5
    with pytest.raises(Refusal) as told:
        scene.client("vk1.a.unknown").ask("groups.getById")
    assert told.value.code == 5
    assert scene.client(scene.world.community_token(scene.cooking)).ask("groups.getById")


def test_errors_repeat_the_parameters_and_an_old_server_the_token(scene: Scene) -> None:
    scene.server.faults.echo_tokens = True
    with pytest.raises(Refusal) as told:
        scene.group.ask("groups.unban", owner_id=1)
    assert {"key": "access_token", "value": scene.group_token} in told.value.error["request_params"]
    scene.server.faults.echo_tokens = False
    with pytest.raises(Refusal) as told:
        scene.group.ask("groups.unban", owner_id=1)
    assert scene.group_token not in str(told.value.error)


def test_more_than_20_requests_a_second_of_a_community_or_3_of_a_user_are_too_many() -> None:
    with set_up(limits=True) as scene:
        for client, most in ((scene.group, 20), (scene.moderator, 3)):
            for _ in range(most):
                client.ask("utils.getServerTime")
            with pytest.raises(Refusal) as told:
                client.ask("utils.getServerTime")
            assert told.value.code == 6
        assert scene.server.limits.refused == 2
        scene.server.limits.on = False
        assert scene.moderator.ask("utils.getServerTime")


def test_a_captcha_stops_a_token_until_it_is_answered(scene: Scene) -> None:
    scene.server.captchas.demand(scene.user_token, "groups.ban")
    given = {"group_id": scene.cooking.id, "owner_id": scene.guest.id}
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("groups.ban", **given)
    asked = told.value.error
    assert asked["error_code"] == 14
    assert asked["redirect_uri"].startswith(scene.server.address)
    assert scene.moderator.ask("users.get")
    assert scene.moderator.ask("groups.ban", **given, captcha_sid=asked["captcha_sid"], captcha_key=KEY) == 1
    assert scene.moderator.ask("groups.ban", **given) == 1
    assert scene.server.captchas.solved == 1


def test_a_captcha_takes_the_token_of_its_page_and_too_many_wrong_answers_are_a_flood(scene: Scene) -> None:
    scene.server.captchas.demand(scene.user_token)
    codes = []
    for _ in range(3):
        with pytest.raises(Refusal) as told:
            scene.moderator.ask("users.get", success_token="guessed")
        codes.append(told.value.code)
    assert codes == [14, 14, 9]
    right = scene.server.captchas.success_token(scene.user_token)
    assert scene.moderator.ask("users.get", success_token=right)


def test_unknown_methods_and_bad_parameters(scene: Scene) -> None:
    codes = {}
    for method, given in (("wall.explode", {}), ("groups.ban", {"owner_id": "x"}), ("groups.getById", {"group_id": 9})):
        with pytest.raises(Refusal) as told:
            scene.moderator.ask(method, **given)
        codes[method] = told.value.code
    assert codes == {"wall.explode": 3, "groups.ban": 100, "groups.getById": 100}
