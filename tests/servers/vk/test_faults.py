"""What goes wrong on demand: before and after the effect, with methods and with the long poll."""

import random
from collections import Counter

import pytest
import requests

from tests.servers.vk import LONG_POLL, Comment, How
from tests.servers.vk.client import Refusal
from tests.servers.vk.scene import Scene


def deletion(scene: Scene, comment: Comment) -> dict[str, int]:
    return {"owner_id": scene.cooking.peer, "comment_id": comment.id}


@pytest.mark.parametrize("code", [1, 5, 6, 9, 10, 27, 28, 29, 1051])
def test_any_error_can_be_had_as_often_as_wanted(scene: Scene, code: int) -> None:
    comment = scene.comment()
    scene.server.faults.fail("wall.deleteComment", code, 2)
    for _ in range(2):
        with pytest.raises(Refusal) as told:
            scene.moderator.ask("wall.deleteComment", **deletion(scene, comment))
        assert told.value.code == code
        assert not comment.deleted
    assert scene.moderator.ask("wall.deleteComment", **deletion(scene, comment)) == 1
    assert scene.server.arrived["wall.deleteComment"] == 3
    assert scene.server.carried_out["wall.deleteComment"] == 1
    assert scene.server.faults.met["wall.deleteComment", f"fail {code}"] == 2


def test_a_validation_has_an_address_and_a_confirmation_a_text(scene: Scene) -> None:
    scene.server.faults.fail("groups.ban", 17)
    scene.server.faults.fail("groups.ban", 24, confirmation_text="Sure?", when=lambda given, _: "confirm" not in given)
    who = {"group_id": scene.cooking.id, "owner_id": scene.guest.id}
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("groups.ban", **who)
    assert told.value.error["redirect_uri"].startswith(scene.server.address)
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("groups.ban", **who)
    assert told.value.error["confirmation_text"] == "Sure?"
    scene.server.faults.fail("groups.ban", 24, when=lambda given, _: "confirm" not in given)
    assert scene.moderator.ask("groups.ban", **who, confirm=1) == 1


@pytest.mark.parametrize("lose", [True, False])
def test_an_answer_is_lost_after_the_effect_or_before(scene: Scene, lose: bool) -> None:
    comment = scene.comment()
    (scene.server.faults.lose_answers if lose else scene.server.faults.hang_up)("wall.deleteComment")
    with pytest.raises(requests.ConnectionError):
        scene.moderator.post("wall.deleteComment", **deletion(scene, comment))
    assert comment.deleted is lose


@pytest.mark.parametrize("done", [True, False])
def test_a_request_hangs_with_and_without_its_effect(scene: Scene, done: bool) -> None:
    comment = scene.comment()
    if done:
        scene.server.faults.lose_answers("wall.deleteComment", hang_up=False)
    else:
        scene.server.faults.hang("wall.deleteComment")
    with pytest.raises(requests.ReadTimeout):
        scene.moderator.post("wall.deleteComment", timeout=0.2, **deletion(scene, comment))
    assert comment.deleted is done
    assert scene.group.ask("groups.getById"), "others are answered meanwhile"


def test_a_proxys_page_half_an_answer_and_nonsense(scene: Scene) -> None:
    first, second = scene.comment(), scene.comment()
    scene.server.faults.html("wall.deleteComment")
    answer = scene.moderator.post("wall.deleteComment", **deletion(scene, first))
    assert (answer.status_code, first.deleted) == (502, False)
    assert answer.text.startswith("<html>")
    scene.server.faults.html("wall.deleteComment", afterwards=True)
    assert scene.moderator.post("wall.deleteComment", **deletion(scene, first)).status_code == 502
    assert first.deleted
    scene.server.faults.truncate("wall.deleteComment")
    answer = scene.moderator.post("wall.deleteComment", **deletion(scene, second))
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert second.deleted
    scene.server.faults.say("*", b"[]")
    assert scene.moderator.post("users.get").json() == []


def test_an_answer_is_late(scene: Scene) -> None:
    scene.server.faults.delay("users.get", 0.05)
    answer = scene.moderator.post("users.get")
    assert answer.elapsed.total_seconds() >= 0.05
    assert answer.json()["response"]


def test_faults_at_random_are_the_same_with_the_same_seed(scene: Scene) -> None:
    met = []
    for _ in range(2):
        scene.server.faults.clear()
        scene.server.faults.met.clear()
        scene.server.faults.random = random.Random(7)
        scene.server.faults.at_random(["users.get"], 0.5, [How.FAIL, How.HTML, How.TRUNCATE], [6, 9, 10])
        for _ in range(20):
            scene.moderator.post("users.get")
        met.append(dict(scene.server.faults.met))
    assert met[0] == met[1]
    assert 4 < sum(met[0].values()) < 16


def test_polls_break_hang_and_answer_nonsense(scene: Scene) -> None:
    poll = scene.group.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    scene.comment()
    faults = scene.server.faults
    faults.lose_answers(LONG_POLL)
    with pytest.raises(requests.ConnectionError):
        scene.group.poll(poll)
    faults.hang(LONG_POLL)
    with pytest.raises(requests.ReadTimeout):
        scene.group.poll(poll, timeout=0.2)
    faults.html(LONG_POLL)
    faults.truncate(LONG_POLL)
    for _ in range(2):
        with pytest.raises(requests.JSONDecodeError):
            scene.group.poll(poll)
    faults.say(LONG_POLL, b'{"ts": "9"}')
    assert scene.group.poll(poll) == {"ts": "9"}
    assert len(scene.group.poll(poll)["updates"]) == 1


def test_events_are_repeated_and_change_places_but_none_is_lost(scene: Scene) -> None:
    poll = scene.group.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    faults = scene.server.faults
    faults.repeat_events = faults.shuffle_events = scene.world.reorder_events = 0.5
    faults.most_events = 4
    written = [scene.comment(str(number)).id for number in range(60)]
    given: list[int] = []
    while set(written) - set(given):
        given += [each["object"]["id"] for each in scene.group.updates(poll)]
    assert max(Counter(given).values()) > 1
    in_order_of_arrival = [number for number in dict.fromkeys(given) if number != scene.post.id]
    assert in_order_of_arrival != written
    assert sorted(in_order_of_arrival) == written
    assert scene.server.long_poll.given == len(given)


def test_malformed_events_stand_among_good_ones(scene: Scene) -> None:
    poll = scene.group.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    scene.comment()
    for event in ({"type": "wall_reply_new"}, "nonsense", None, {"type": "message_new", "object": {"message": {}}}):
        scene.world.send_event(scene.cooking, event)
    scene.comment()
    assert len(scene.group.updates(poll)) == 6


def test_all_connections_break_together(scene: Scene) -> None:
    assert scene.moderator.ask("users.get")
    scene.server.drop_connections()
    assert scene.moderator.ask("users.get")
