"""Turns VK's comments and chat messages into the console's messages; pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from moderator_app.domain.message import Attachment, Forward, HiddenLink, Message
from moderator_app.sources.vk.attachments import QUOTING, attachments
from moderator_app.sources.vk.fields import moment, number, record, records, text
from moderator_app.sources.vk.people import Known, author
from moderator_app.sources.vk.places import CHATS, Kind, Place

# The field that names what is commented on, under each kind.
_THINGS = {
    Kind.WALL: ("post_id",),
    Kind.PHOTO: ("photo_id", "pid"),
    Kind.VIDEO: ("video_id",),
    # The schema says photo_id, what arrives says item_id.
    Kind.MARKET: ("item_id", "market_id", "photo_id"),
    Kind.TOPIC: ("topic_id",),
}
# Deeper than anybody forwards by hand.
_DEEPEST = 10
_MOST_PARTS = 200


def comment_place(kind: Kind, comment: Mapping[str, Any]) -> Place | None:
    """Where a comment stands; None where VK does not say which one it is."""
    id, thing = number(comment.get("id")), _first(comment, _THINGS[kind])
    if not id or id < 0 or (not thing and kind is not Kind.WALL):
        return None
    return Place(kind, abs(thing or 0), id)


def chat_place(message: Mapping[str, Any]) -> Place | None:
    """Where a chat message stands; None for what is written to the community itself, and what cannot be named."""
    peer, id = number(message.get("peer_id")), number(message.get("conversation_message_id"))
    return Place(Kind.CHAT, peer - CHATS, id) if peer and id and peer > CHATS and id > 0 else None


def message_of(
    place: Place, shown: Mapping[str, Any], group: int, known: Known, edited: datetime | None = None
) -> Message:
    """A comment or a chat message, as VK shows it. `edited`: when, where it is known from elsewhere."""
    from_id = number(shown.get("from_id"))
    quoted = list(_quoted(shown, number(shown.get("peer_id"))))
    written, inside = text(shown.get("text")), [text(each.get("text")) for each in quoted]
    parts = list(attachments(attached(shown)))
    if record(shown.get("geo")):
        parts.append(Attachment("location"))
    return Message(
        key=place.key(group),
        text="\n".join(filter(None, (written, *(f"> {each}" for each in inside if each)))),
        date=moment(shown.get("date")),
        author=author(from_id, known) if from_id else None,
        edited=moment(shown.get("update_time")) or edited,
        reply_to=_reply_to(place, shown),
        thread=place.thread,
        sender_chat=str(-from_id) if from_id and from_id < 0 else "",
        forward=_forward(quoted, known),
        links=tuple(_buttons(shown)),
        attachments=tuple(parts[:_MOST_PARTS]),
    )


def attached(shown: Mapping[str, Any]) -> list[Any]:
    """VK's attachments of a message and of all that it quotes, in the order of `Message.attachments`."""
    quoted = _quoted(shown, number(shown.get("peer_id")))
    return [part for each in (shown, *quoted) for part in records(each.get("attachments"))]


def people_in(shown: Mapping[str, Any]) -> set[int]:
    """Of whom names are wanted."""
    ids = [number(each.get("from_id")) for each in (shown, *_quoted(shown, None))]
    return {id for id in ids if id}


def _quoted(shown: Mapping[str, Any], peer: int | None, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """What somebody else wrote that is shown along with it: forwards in forwards, posts, what was answered elsewhere.

    What is answered in the same chat is another message of it.
    """
    if depth >= _DEEPEST:
        return
    found = [*records(shown.get("fwd_messages")), *records(shown.get("copy_history"))]
    answered = record(shown.get("reply_message"))
    if answered and number(answered.get("peer_id")) not in (None, peer):
        found.append(answered)
    attached = ((text(each.get("type")), each) for each in records(shown.get("attachments")))
    found.extend(record(each.get(kind)) for kind, each in attached if kind in QUOTING)
    for each in found:
        yield each
        yield from _quoted(each, peer, depth + 1)


def _reply_to(place: Place, shown: Mapping[str, Any]) -> str:
    if place.kind is Kind.CHAT:
        answered = record(shown.get("reply_message"))
        id = number(answered.get("conversation_message_id"))
        elsewhere = number(answered.get("peer_id")) not in (None, place.peer)
        return "" if id is None or elsewhere else Place(place.kind, place.thing, id).message
    id = number(shown.get("reply_to_comment"))
    if not id:
        stack = shown.get("parents_stack")
        id = number(stack[-1]) if isinstance(stack, list) and stack else None
    return Place(place.kind, place.thing, id).message if id else ""


def _forward(quoted: list[Mapping[str, Any]], known: Known) -> Forward | None:
    if not quoted:
        return None
    origin = number(quoted[0].get("from_id")) or number(quoted[0].get("owner_id"))
    return Forward(str(origin), known[origin].name if origin in known else "") if origin else Forward()


def _buttons(shown: Mapping[str, Any]) -> Iterator[HiddenLink]:
    """The addresses behind a bot's keyboard."""
    rows = record(shown.get("keyboard")).get("buttons")
    for row in rows if isinstance(rows, list) else ():
        for button in records(row):
            if address := text(record(button.get("action")).get("link")):
                yield HiddenLink(address)


def _first(comment: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    found = (number(comment.get(name)) for name in names)
    return next((value for value in found if value), None)
