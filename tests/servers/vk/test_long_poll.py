"""Events of every kind, in the order of ts, and what is said when a ts or a key is not known."""

import threading
from typing import Any

import pytest
import requests

from tests.servers.vk import Community, Kind, User
from tests.servers.vk.scene import Scene


def opened(scene: Scene) -> dict[str, str]:
    found: dict[str, str] = scene.group.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    return found


def test_a_comment_lives_through_four_events(scene: Scene) -> None:
    poll = opened(scene)
    comment = scene.comment()
    scene.world.edit(comment, "hello, all")
    scene.world.delete(comment, scene.anna.id)
    scene.world.restore(comment, scene.anna.id)
    events = scene.group.updates(poll)
    assert [each["type"] for each in events] == [f"wall_reply_{what}" for what in ("new", "edit", "delete", "restore")]
    assert len({each["event_id"] for each in events}) == 4
    new, edited, deleted, _ = (each["object"] for each in events)
    assert new == {
        "id": comment.id, "from_id": scene.guest.id, "date": comment.date, "text": "hello", "parents_stack": [],
        "post_id": scene.post.id, "post_owner_id": scene.cooking.peer, "thread": {"count": 0},
    }  # fmt: skip
    assert edited["text"] == "hello, all"
    assert deleted == {
        "owner_id": scene.cooking.peer, "id": comment.id, "deleter_id": scene.anna.id, "post_id": scene.post.id,
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "event", "thing", "owner"), [
    (Kind.PHOTO, "photo_comment", "photo_id", "photo_owner_id"),
    (Kind.VIDEO, "video_comment", "video_id", "video_owner_id"),
    (Kind.MARKET, "market_comment", "item_id", "market_owner_id"),
    (Kind.BOARD, "board_post", "topic_id", "topic_owner_id"),
])  # fmt: skip
def test_comments_elsewhere_name_their_place(scene: Scene, kind: Kind, event: str, thing: str, owner: str) -> None:
    place = scene.world.add_place(kind, scene.cooking)
    poll = opened(scene)
    scene.world.delete(scene.world.comment(place, scene.guest, "hello"), scene.anna.id)
    new, deleted = scene.group.updates(poll)
    assert (new["type"], deleted["type"]) == (f"{event}_new", f"{event}_delete")
    assert (new["object"][thing], new["object"][owner]) == (place.id, scene.cooking.peer)
    assert deleted["object"][thing] == place.id


def test_a_chat_message_has_no_id_and_everything_inside(scene: Scene) -> None:
    chat = scene.world.add_chat("Kitchen", scene.owner, [scene.guest], admins=[scene.cooking])
    poll = opened(scene)
    first = scene.world.write(chat, scene.guest, "look", attachments=[{"type": "photo", "photo": {"id": 1}}])
    scene.world.write(chat, scene.guest, "again", reply_to=first, forwarded=[{"from_id": 1, "text": "spam"}])
    scene.world.edit_message(first, "looked")
    one, two, edited = scene.group.updates(poll)
    assert set(one["object"]) == {"message", "client_info"}
    message = one["object"]["message"]
    assert (message["id"], message["peer_id"], message["conversation_message_id"]) == (0, chat.peer_id, 1)
    assert message["attachments"][0]["type"] == "photo"
    assert two["object"]["message"]["reply_message"]["conversation_message_id"] == 1
    assert two["object"]["message"]["fwd_messages"][0]["text"] == "spam"
    assert (edited["type"], edited["object"]["text"]) == ("message_edit", "looked")


def test_an_old_version_gives_messages_flat(scene: Scene) -> None:
    scene.cooking.long_poll.api_version = "5.92"
    poll = opened(scene)
    scene.world.write_to(scene.cooking, scene.guest, "hello")
    (event,) = scene.group.updates(poll)
    assert (event["v"], event["object"]["text"], event["object"]["peer_id"]) == ("5.92", "hello", scene.guest.id)


def test_people_come_go_and_are_banned(scene: Scene) -> None:
    poll = opened(scene)
    newcomer = scene.world.add_user("New")
    scene.world.join(scene.cooking, newcomer)
    scene.world.ban(scene.cooking, newcomer.id, scene.anna.id, reason=1)
    scene.world.unban(scene.cooking, newcomer.id, scene.anna.id)
    scene.world.leave(scene.cooking, newcomer)
    events = scene.group.updates(poll)
    assert [each["type"] for each in events] == ["group_join", "user_block", "user_unblock", "group_leave"]
    assert events[1]["object"]["unblock_date"] == 0


def test_what_is_switched_off_is_not_told(scene: Scene) -> None:
    scene.cooking.long_poll.events.discard("wall_reply_new")
    poll = opened(scene)
    comment = scene.comment()
    scene.world.edit(comment, "changed")
    assert [each["type"] for each in scene.group.updates(poll)] == ["wall_reply_edit"]


def test_a_poll_waits_for_what_comes_and_ends_with_nothing(scene: Scene) -> None:
    poll = opened(scene)
    assert scene.group.poll(poll, wait=0) == {"ts": poll["ts"], "updates": []}
    found: list[Any] = []
    waiting = threading.Thread(target=lambda: found.extend(scene.group.updates(poll)))
    waiting.start()
    while not scene.server.long_poll.waiting:
        assert waiting.is_alive()
    scene.comment()
    waiting.join(5)
    assert [each["type"] for each in found] == ["wall_reply_new"]


def test_an_old_ts_gives_what_was_missed_while_it_is_kept(scene: Scene) -> None:
    poll = opened(scene)
    scene.comment("first")
    scene.comment("second")
    renewed = opened(scene)
    missed = scene.group.poll(renewed, ts=poll["ts"])
    assert [each["object"]["text"] for each in missed["updates"]] == ["first", "second"]
    scene.cooking.log.kept_for = 100
    now = scene.world.now
    scene.world.clock = lambda: now + 101
    scene.comment("third")
    assert scene.group.poll(renewed, ts=poll["ts"]) == {"failed": 1, "ts": int(renewed["ts"]) + 1}
    assert [each["object"]["text"] for each in scene.group.updates(renewed)] == ["third"]


def test_keys_expire_and_sessions_are_lost(scene: Scene) -> None:
    poll = opened(scene)
    scene.server.long_poll.expire_keys()
    assert scene.group.poll(poll) == {"failed": 2}
    poll = opened(scene)
    scene.server.faults.failed(1)
    scene.server.faults.failed(3)
    scene.server.faults.failed(4)
    assert scene.group.poll(poll) == {"failed": 1, "ts": int(poll["ts"])}
    assert scene.group.poll(poll) == {"failed": 3}
    assert scene.group.poll(opened(scene)) == {"failed": 4}


def test_a_restart_ends_polls_and_may_forget_events(scene: Scene) -> None:
    poll = opened(scene)
    scene.comment()
    scene.server.restart()
    assert scene.group.poll(poll) == {"failed": 2}
    assert len(scene.group.poll(opened(scene), ts=poll["ts"])["updates"]) == 1
    scene.server.restart(forget_events=True)
    assert scene.group.poll(opened(scene), ts=poll["ts"])["failed"] == 1


def test_stopping_breaks_a_poll_at_once(scene: Scene) -> None:
    poll = opened(scene)
    errors: list[Exception] = []

    def wait() -> None:
        try:
            scene.group.poll(poll, wait=60, timeout=60)
        except requests.ConnectionError as error:
            errors.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not scene.server.long_poll.waiting:
        assert waiting.is_alive()
    scene.server.stop()
    waiting.join(5)
    assert len(errors) == 1


def test_communities_hear_of_their_own_things_only(scene: Scene) -> None:
    other, writer = _another(scene)
    poll = opened(scene)
    scene.world.comment(scene.world.post(other, "Cod"), writer, "hello")
    assert scene.group.poll(poll, wait=0)["updates"] == []


def _another(scene: Scene) -> tuple[Community, User]:
    return scene.world.add_community("Fishing", scene.owner), scene.guest
