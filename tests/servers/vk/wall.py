"""wall.*: posts, and the comments under them with their threads."""

from __future__ import annotations

from typing import Any

from tests.servers.vk import shapes
from tests.servers.vk.calls import Call, answers
from tests.servers.vk.comments import comment_of, delete, extended, page, place_of, restore, write_comment
from tests.servers.vk.entities import Comment, Community, Kind, Place
from tests.servers.vk.errors import VkError


def _posts(owner: Community) -> list[Place]:
    """The newest first."""
    found = [place for (kind, _), place in owner.places.items() if kind is Kind.WALL]
    return sorted(found, key=lambda each: -each.id)


@answers("wall.get", "US", scope="wall")
def get(call: Call) -> Any:
    owner = call.community("domain") if call.has("domain") else call.owner()
    posts, start = _posts(owner), call.number("offset", 0)
    shown = posts[start : start + call.count(20, 100)]
    peers = (peer for each in shown for peer in (each.author, owner.peer))
    return {"count": len(posts), "items": [shapes.post(each) for each in shown], **extended(call, peers)}


@answers("wall.getById", "US", scope="wall")
def get_by_id(call: Call) -> Any:
    found = []
    for name in call.words("posts"):
        owner, _, number = name.rpartition("_")
        if not (owner.lstrip("-").isdigit() and number.isdigit()):
            raise VkError(100, "posts is invalid")
        community = call.world.communities.get(-int(owner))
        place = community.places.get((Kind.WALL, int(number))) if community else None
        found += [place] if place else []
    return {"items": [shapes.post(each) for each in found], **extended(call, (each.author for each in found))}


@answers("wall.getComments", "US", scope="wall")
def get_comments(call: Call) -> Any:
    """`count` counts replies too but nothing deleted, `current_level_count` what this level lists: deleted as well."""
    place = place_of(call, Kind.WALL, call.owner())
    parent = place.comments.get(call.number("comment_id")) if call.has("comment_id") else None
    if call.has("comment_id") and not parent:
        raise VkError(100, "comment_id is invalid")
    level = _level(place, parent)
    shown = page(call, level, 10)
    count = sum(not each.deleted for each in (level if parent else place.comments.values()))
    items = [_with_thread(call, each) for each in shown]
    peers = [each["from_id"] for item in items for each in (item, *item["thread"]["items"]) if "from_id" in each]
    return {
        "count": count, "items": items, "current_level_count": len(level), **_permissions(place),
        **extended(call, peers), **({"post_author_id": place.author} if call.flag("extended") else {}),
    }  # fmt: skip


def _level(place: Place, parent: Comment | None) -> list[Comment]:
    """Those below a comment or at the top; a deleted one is listed while it has replies."""
    found = (each for each in place.comments.values() if each.parent is parent)
    return [each for each in found if not each.deleted or any(not reply.deleted for reply in each.replies)]


def _with_thread(call: Call, comment: Comment) -> dict[str, Any]:
    replies = _level(comment.place, comment)
    shown = replies[: max(0, min(call.number("thread_items_count", 0), 10))]
    items = [_cut(call, each) for each in shown]
    return _cut(call, comment) | {"thread": {"count": len(replies), "items": items, **_permissions(comment.place)}}


def _cut(call: Call, comment: Comment) -> dict[str, Any]:
    """0 or nothing as preview_length gives the whole text."""
    shape, length = shapes.wall_comment(comment, likes=call.flag("need_likes")), call.number("preview_length", 0)
    return shape | {"text": shape["text"][:length]} if length and "text" in shape else shape


def _permissions(place: Place) -> dict[str, bool]:
    return {"can_post": not place.closed, "show_reply_button": not place.closed, "groups_can_post": not place.closed}


@answers("wall.getComment", "U", scope="wall")
def get_comment(call: Call) -> Any:
    comment = comment_of(call, Kind.WALL, call.owner())
    if not comment or comment.deleted:
        raise VkError(211)
    shape = shapes.wall_comment(comment)
    if not comment.parent:
        shape["thread"] = {"count": len(_level(comment.place, comment)), "items": [], **_permissions(comment.place)}
    return {"items": [shape], **extended(call, [comment.author])}


@answers("wall.createComment", "UG", scope="wall", group_scope="wall")
def create_comment(call: Call) -> Any:
    comment = write_comment(call, place_of(call, Kind.WALL, call.owner()))
    return {"comment_id": comment.id, "parents_stack": shapes.stack(comment)}


@answers("wall.deleteComment", "U", scope="wall")
def delete_comment(call: Call) -> Any:
    if not delete(call, Kind.WALL, call.owner(), 211):
        raise VkError(211)
    return 1


@answers("wall.restoreComment", "U", scope="wall")
def restore_comment(call: Call) -> Any:
    if not restore(call, Kind.WALL, call.owner(), 211):
        raise VkError(211)
    return 1


@answers("wall.closeComments", "UG", scope="wall", group_scope="wall")
def close_comments(call: Call) -> Any:
    return _close(call, closed=True)


@answers("wall.openComments", "UG", scope="wall", group_scope="wall")
def open_comments(call: Call) -> Any:
    return _close(call, closed=False)


def _close(call: Call, *, closed: bool) -> int:
    place = place_of(call, Kind.WALL, call.owner())
    call.require_manager(place.owner)
    call.world.close(place, call.token.peer, closed=closed)
    return 1
