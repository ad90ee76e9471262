"""What a warning is sent by: a reply in the community's name, with what makes VK send it once."""

import json
from typing import Any

from moderator_app.domain.decision import Order
from moderator_app.domain.errors import Refused
from moderator_app.sources.vk.places import Kind, Place

# random_id is a number of 32 bits.
_RANDOM = 0x7FFFFFFF

_UNDER = {
    Kind.WALL: ("wall.createComment", "post_id"),
    Kind.PHOTO: ("photos.createComment", "photo_id"),
    Kind.VIDEO: ("video.createComment", "video_id"),
    Kind.MARKET: ("market.createComment", "item_id"),
}


def warning(order: Order, place: Place, group: int) -> tuple[str, dict[str, Any]]:
    """The method and its parameters. Raises Refused where the post is not known."""
    if place.kind is Kind.CHAT:
        return "messages.send", _in_chat(order, place)
    if not place.thing:
        raise Refused("vk.post_unknown")
    signed = {"from_group": group, "guid": order.idempotency_key}
    if place.kind is Kind.TOPIC:
        answered = f"[id{order.author}:bp-{group}_{place.id}|id{order.author}], "
        said = (answered if not order.author.startswith("-") else "") + order.text
        return "board.createComment", {"group_id": group, "topic_id": place.thing, "message": said, **signed}
    method, name = _UNDER[place.kind]
    answered_to = {"reply_to_comment": place.id, "message": order.text}
    return method, {"owner_id": -group, name: place.thing, **answered_to, **signed}


def _in_chat(order: Order, place: Place) -> dict[str, Any]:
    reply = {"peer_id": place.peer, "conversation_message_ids": [place.id], "is_reply": 1}
    number = order.idempotency_key & _RANDOM or 1
    return {"peer_id": place.peer, "message": order.text, "random_id": number, "forward": json.dumps(reply)}
