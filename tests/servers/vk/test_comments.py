"""Comments under posts, photos, videos, items and topics: read, written once, deleted, restored."""

from typing import Any

import pytest

from tests.servers.vk import Comment, Kind, Place
from tests.servers.vk.client import Refusal
from tests.servers.vk.scene import Scene

MEDIA = [(Kind.PHOTO, "photos", "photo_id"), (Kind.VIDEO, "video", "video_id"), (Kind.MARKET, "market", "item_id")]


def comments(scene: Scene, **given: Any) -> Any:
    return scene.moderator.ask("wall.getComments", owner_id=scene.cooking.peer, post_id=scene.post.id, **given)


def ids(found: Any) -> list[int]:
    return [each["id"] for each in found["items"]]


def test_a_deleted_comment_is_gone_and_a_restored_one_back(scene: Scene) -> None:
    comment = scene.comment()
    given = {"owner_id": scene.cooking.peer, "comment_id": comment.id}
    assert scene.moderator.ask("wall.getComment", **given)["items"][0]["text"] == "hello"
    assert scene.moderator.ask("wall.deleteComment", **given) == 1
    assert ids(comments(scene)) == []
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("wall.deleteComment", **given)
    assert told.value.code == 211
    assert scene.moderator.ask("wall.restoreComment", **given) == 1
    assert ids(comments(scene)) == [comment.id]
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("wall.restoreComment", **given)
    assert told.value.code == 243
    assert len(scene.world.done("delete", comment)) == len(scene.world.done("restore", comment)) == 1


def test_what_was_deleted_long_ago_cannot_be_restored(scene: Scene) -> None:
    comment = scene.comment()
    scene.world.delete(comment, scene.anna.id)
    comment.expired = True
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("wall.restoreComment", owner_id=scene.cooking.peer, comment_id=comment.id)
    assert told.value.code == 211


def test_a_thread_hangs_below_its_comment_even_when_that_is_deleted(scene: Scene) -> None:
    top = scene.comment("top")
    replies = [scene.world.comment(scene.post, scene.guest, f"reply {number}", reply_to=top) for number in range(12)]
    nested = scene.world.comment(scene.post, scene.anna, "nested", reply_to=replies[0])
    scene.world.delete(top, scene.anna.id)
    found = comments(scene, thread_items_count=10, extended=1)
    assert (found["count"], found["current_level_count"]) == (13, 1)
    (shown,) = found["items"]
    assert {name: shown[name] for name in shown if name != "thread"} == {
        "id": top.id, "parents_stack": [], "date": top.date, "deleted": True,
    }  # fmt: skip
    assert shown["thread"]["count"] == 13
    assert ids(shown["thread"]) == [each.id for each in replies[:10]]
    assert [each["id"] for each in found["profiles"]] == [scene.guest.id]
    rest = comments(scene, comment_id=top.id, offset=10, count=100)
    assert ids(rest) == [replies[10].id, replies[11].id, nested.id]
    last = rest["items"][-1]
    assert last["parents_stack"] == [top.id]
    assert (last["reply_to_user"], last["reply_to_comment"]) == (scene.guest.id, replies[0].id)


def test_pages_go_either_way_and_from_a_comment(scene: Scene) -> None:
    written = [scene.comment(f"comment {number}").id for number in range(5)]
    assert ids(comments(scene, count=2)) == written[:2]
    assert ids(comments(scene, count=2, sort="desc", offset=1)) == [written[3], written[2]]
    assert ids(comments(scene, start_comment_id=written[3])) == written[3:]
    assert comments(scene, preview_length=4)["items"][0]["text"] == "comm"
    assert comments(scene, offset=5)["items"] == []


def test_posts_are_listed_the_newest_first(scene: Scene) -> None:
    scene.comment()
    second = scene.world.post(scene.cooking, "Bread")
    found = scene.moderator.ask("wall.get", owner_id=scene.cooking.peer)
    assert ids(found) == [second.id, scene.post.id]
    assert found["items"][1]["comments"]["count"] == 1
    names = f"{scene.cooking.peer}_{scene.post.id},{scene.cooking.peer}_999"
    assert ids(scene.service.ask("wall.getById", posts=names)) == [scene.post.id]


def test_a_guid_makes_one_comment_of_many_requests(scene: Scene) -> None:
    answered = scene.comment()
    given = {
        "owner_id": scene.cooking.peer, "post_id": scene.post.id, "message": "Please, no", "guid": "a1",
        "reply_to_comment": answered.id, "from_group": 1,
    }  # fmt: skip
    first = scene.group.ask("wall.createComment", **given)
    assert first["parents_stack"] == [answered.id]
    assert scene.group.ask("wall.createComment", **given) == first
    assert scene.group.ask("wall.createComment", **given | {"guid": "a2"}) != first
    replies = answered.replies
    assert [each.author for each in replies] == [scene.cooking.peer] * 2
    assert len(scene.world.done("comment", replies[0])) == 1


def test_the_same_done_again_is_counted(scene: Scene) -> None:
    comment = scene.comment()
    given = {
        "owner_id": scene.cooking.peer, "post_id": scene.post.id, "message": "No", "reply_to_comment": comment.id,
    }  # fmt: skip
    scene.group.ask("wall.createComment", **given)
    scene.moderator.ask("groups.ban", group_id=scene.cooking.id, owner_id=scene.guest.id)
    scene.moderator.ask("groups.ban", group_id=scene.cooking.id, owner_id=scene.guest.id)
    assert not scene.world.done_twice()
    scene.group.ask("wall.createComment", **given)
    assert scene.world.done_twice() == {"comment": 1}


def test_nobody_comments_on_what_is_closed(scene: Scene) -> None:
    place = {"owner_id": scene.cooking.peer, "post_id": scene.post.id}
    assert scene.group.ask("wall.closeComments", **place) == 1
    with pytest.raises(Refusal) as told:
        scene.group.ask("wall.createComment", **place, message="hello")
    assert told.value.code == 213
    assert comments(scene)["can_post"] is False
    assert scene.group.ask("wall.openComments", **place) == 1
    assert scene.group.ask("wall.createComment", **place, message="hello")


@pytest.mark.parametrize(("kind", "section", "name"), MEDIA)
def test_comments_below_media(scene: Scene, kind: Kind, section: str, name: str) -> None:
    place = scene.world.add_place(kind, scene.cooking)
    comment = scene.world.comment(place, scene.guest, "hello")
    owner = {"owner_id": scene.cooking.peer}
    found = scene.moderator.ask(f"{section}.getComments", **owner, **{name: place.id})
    assert [(each["id"], each["from_id"]) for each in found["items"]] == [(comment.id, scene.guest.id)]
    assert scene.moderator.ask(f"{section}.deleteComment", **owner, comment_id=comment.id) == 1
    assert scene.moderator.ask(f"{section}.getComments", **owner, **{name: place.id})["items"] == []
    assert scene.moderator.ask(f"{section}.restoreComment", **owner, comment_id=comment.id) == 1
    given = {**owner, name: place.id, "message": "no", "guid": "b"}
    written = scene.moderator.ask(f"{section}.createComment", **given)
    assert scene.moderator.ask(f"{section}.createComment", **given) == written
    assert not comment.deleted


def test_what_is_not_there_below_a_photo_is_0_and_below_a_video_an_error(scene: Scene) -> None:
    gone = {"owner_id": scene.cooking.peer, "comment_id": 99}
    assert scene.moderator.ask("photos.deleteComment", **gone) == 0
    assert scene.moderator.ask("market.deleteComment", **gone) == 0
    with pytest.raises(Refusal) as told:
        scene.moderator.ask("video.deleteComment", **gone)
    assert told.value.code == 104


def test_all_comments_below_photos(scene: Scene) -> None:
    photos = [scene.world.add_place(Kind.PHOTO, scene.cooking) for _ in range(2)]
    below = [scene.world.comment(photo, scene.guest, "hello") for photo in photos]
    found = scene.moderator.ask("photos.getAllComments", owner_id=scene.cooking.peer)
    assert [(each["id"], each["pid"]) for each in found["items"]] == _below(below)[::-1]


def test_a_community_deletes_in_its_own_topics(scene: Scene) -> None:
    topic = scene.world.add_place(Kind.BOARD, scene.cooking, "Questions")
    comment = scene.world.comment(topic, scene.guest, "hello")
    place = {"group_id": scene.cooking.id, "topic_id": topic.id}
    assert ids(scene.moderator.ask("board.getComments", **place)) == [comment.id]
    assert scene.group.ask("board.deleteComment", **place, comment_id=comment.id) == 1
    assert scene.moderator.ask("board.getTopics", group_id=scene.cooking.id)["items"][0]["comments"] == 0
    with pytest.raises(Refusal) as told:
        scene.group.ask("board.deleteComment", **place, comment_id=comment.id)
    assert told.value.code == 104
    assert scene.group.ask("board.restoreComment", **place, comment_id=comment.id) == 1
    other = scene.world.add_community("Baking", scene.owner)
    with pytest.raises(Refusal) as told:
        scene.client(scene.world.community_token(other)).ask("board.deleteComment", **place, comment_id=comment.id)
    assert told.value.code == 15


def _below(found: list[Comment]) -> list[tuple[int, int]]:
    places: list[Place] = [each.place for each in found]
    return [(each.id, place.id) for each, place in zip(found, places, strict=True)]
