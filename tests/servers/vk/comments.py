"""wall.*, photos.*, video.*, market.* and board.*: comments read, written, deleted and restored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.servers.vk import shapes
from tests.servers.vk.calls import Call, answers
from tests.servers.vk.entities import Comment, Community, Kind, Place, User
from tests.servers.vk.errors import VkError

Shown = dict[str, Any]
PLACE_PARAMETERS = {
    Kind.WALL: "post_id",
    Kind.PHOTO: "photo_id",
    Kind.VIDEO: "video_id",
    Kind.MARKET: "item_id",
    Kind.BOARD: "topic_id",
}
UNDER_MEDIA = {Kind.PHOTO: "photos", Kind.VIDEO: "video", Kind.MARKET: "market"}


def place_of(call: Call, kind: Kind, owner: Community) -> Place:
    found = owner.places.get((kind, call.number(PLACE_PARAMETERS[kind])))
    if not found:
        raise VkError(212 if kind is Kind.WALL else 100, f"{kind} is not found")
    return found


def comment_of(call: Call, kind: Kind, owner: Community) -> Comment | None:
    return owner.comments.get((kind, call.number("comment_id")))


def page(call: Call, comments: list[Comment], default: int = 20) -> list[Comment]:
    """As sort, start_comment_id, offset and count ask for."""
    if call.text("sort") == "desc":
        comments = comments[::-1]
    if call.has("start_comment_id"):
        start = call.number("start_comment_id")
        comments = comments[next((i for i, each in enumerate(comments) if each.id == start), 0) :]
    start = max(0, call.number("offset", 0))
    return comments[start : start + call.count(default, 100)]


def extended(call: Call, peers: Iterable[int]) -> Shown:
    """The profiles and groups that `extended` adds."""
    if not call.flag("extended"):
        return {}
    authors = [author for author in map(call.world.author, dict.fromkeys(peers)) if author]
    fields = call.words("fields")
    return {
        "profiles": [shapes.user(each, fields) for each in authors if isinstance(each, User)],
        "groups": [shapes.community(each, fields) for each in authors if isinstance(each, Community)],
    }


def write_comment(call: Call, place: Place) -> Comment:
    """Once for each guid."""
    known = call.server.guids.get((call.token.peer, call.text("guid"))) if call.has("guid") else None
    if known:
        return known
    if place.closed:
        raise VkError(213)
    if not call.has("message") and not call.has("attachments"):
        raise VkError(100, "message is undefined")
    number = call.number("reply_to_comment", 0)
    answered = place.comments.get(number)
    if number and (not answered or answered.deleted):
        raise VkError(100, "reply_to_comment is invalid")
    author = _author(call, place)
    comment = call.world.comment(place, author, call.text("message"), reply_to=answered)
    if call.has("guid"):
        call.server.guids[call.token.peer, call.text("guid")] = comment
    return comment


def _author(call: Call, place: Place) -> int:
    """A community writes as itself; a manager does so with `from_group`."""
    if call.flag("from_group") or (call.has("from_group") and call.number("from_group") == place.owner.id):
        call.require_manager(place.owner)
        return place.owner.peer
    if place.owner.bans.get(call.token.peer):
        raise VkError(213)
    return call.token.peer


def delete(call: Call, kind: Kind, owner: Community, denied: int = 15) -> bool:
    """Authors may delete their own, managers all. False where there is none (any more)."""
    comment = comment_of(call, kind, owner)
    if not comment:
        return False
    if comment.author != call.token.peer:
        call.require_manager(owner, denied)
    if comment.deleted:
        return False
    call.world.delete(comment, call.token.peer)
    return True


def restore(call: Call, kind: Kind, owner: Community, denied: int = 15) -> bool:
    comment = comment_of(call, kind, owner)
    if not comment or comment.expired:
        return False
    if comment.author != call.token.peer:
        call.require_manager(owner, denied)
    if not comment.deleted:
        raise VkError(243)
    call.world.restore(comment, call.token.peer)
    return True


def listed(call: Call, place: Place) -> Shown:
    """All below photos, videos, items and topics, which have no threads; deleted ones are not given."""
    shown = page(call, place.there)
    likes = call.flag("need_likes")
    items = [shapes.comment(each, likes=likes) for each in shown]
    return {"count": len(place.there), "items": items, **extended(call, (each.author for each in shown))}


def _media(kind: Kind, section: str) -> None:
    @answers(f"{section}.getComments", "U", scope=section)
    def get_comments(call: Call) -> Any:
        return listed(call, place_of(call, kind, call.owner()))

    @answers(f"{section}.createComment", "U", scope=section)
    def create_comment(call: Call) -> Any:
        return write_comment(call, place_of(call, kind, call.owner())).id

    @answers(f"{section}.deleteComment", "U", scope=section)
    def delete_comment(call: Call) -> Any:
        gone = delete(call, kind, call.owner())
        if not gone and kind is Kind.VIDEO:
            raise VkError(104)
        return int(gone)

    @answers(f"{section}.restoreComment", "U", scope=section)
    def restore_comment(call: Call) -> Any:
        return int(restore(call, kind, call.owner()))


for _kind, _section in UNDER_MEDIA.items():
    _media(_kind, _section)


@answers("photos.getAllComments", "U", scope="photos")
def get_all_comments(call: Call) -> Any:
    """Of all photos, the newest first."""
    places = [place for (kind, _), place in call.owner().places.items() if kind is Kind.PHOTO]
    found = sorted((each for place in places for each in place.there), key=lambda each: -each.id)
    items = [shapes.comment(each) | {"pid": each.place.id} for each in page(call, found)]
    return {"count": len(found), "items": items}


@answers("board.getTopics", "US", scope="groups")
def get_topics(call: Call) -> Any:
    found = [place for (kind, _), place in call.community().places.items() if kind is Kind.BOARD]
    found.sort(key=lambda each: -shapes.topic(each)["updated"])
    start = call.number("offset", 0)
    items = [shapes.topic(each) for each in found[start : start + call.count(40, 100)]]
    return {"count": len(found), "items": items, "default_order": 1, "can_add_topics": 0}


@answers("board.getComments", "US", scope="groups")
def get_board_comments(call: Call) -> Any:
    return listed(call, place_of(call, Kind.BOARD, call.community()))


@answers("board.createComment", "U", scope="groups")
def create_board_comment(call: Call) -> Any:
    return write_comment(call, place_of(call, Kind.BOARD, call.community())).id


@answers("board.deleteComment", "UG", scope="groups", group_scope="manage")
def delete_board_comment(call: Call) -> Any:
    if not delete(call, Kind.BOARD, place_of(call, Kind.BOARD, call.community()).owner):
        raise VkError(104)
    return 1


@answers("board.restoreComment", "UG", scope="groups", group_scope="manage")
def restore_board_comment(call: Call) -> Any:
    if not restore(call, Kind.BOARD, place_of(call, Kind.BOARD, call.community()).owner):
        raise VkError(104)
    return 1
