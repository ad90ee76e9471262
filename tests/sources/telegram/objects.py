"""Builders of Telethon's objects, with defaults for all that a test does not care about."""

from datetime import UTC, datetime
from typing import Any

from telethon.tl import patched, types

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
GROUP = 1234567
ANYA = 501


def user(id: int = ANYA, first_name: str | None = "Анна", **fields: Any) -> Any:
    return types.User(id, **{"access_hash": 70 + id, "first_name": first_name} | fields)


def group(id: int = GROUP, title: str = "Двор", **fields: Any) -> Any:
    defaults = {"megagroup": True, "access_hash": 90 + id}
    return types.Channel(id, title, types.ChatPhotoEmpty(), NOON, **defaults | fields)


def basic_group(id: int, title: str = "Подъезд") -> Any:
    return types.Chat(id, title, types.ChatPhotoEmpty(), 3, NOON, 1)


def message(text: str = "Всем привет", id: int = 7, **fields: Any) -> Any:
    """A message of Anna's in the group."""
    defaults = {"from_id": types.PeerUser(ANYA), "date": NOON, "peer_id": types.PeerChannel(GROUP), "message": text}
    return patched.Message(id, **defaults | fields)


def service(action: Any, id: int = 7, **fields: Any) -> Any:
    defaults = {"from_id": types.PeerUser(ANYA), "date": NOON, "peer_id": types.PeerChannel(GROUP)}
    return patched.MessageService(id, action=action, **defaults | fields)


def photo(id: int = 300) -> Any:
    return types.Photo(id, 1, b"", NOON, [], 2)


def document(*attributes: Any, id: int = 400, mime: str = "application/pdf") -> Any:
    return types.Document(id, 1, b"", NOON, mime, 1000, 2, list(attributes))


def file(*attributes: Any, id: int = 400, **flags: Any) -> Any:
    return types.MessageMediaDocument(document=document(*attributes, id=id), **flags)


def words(text: str) -> Any:
    return types.TextWithEntities(text, [])


def page(url: str) -> Any:
    return types.WebPage(1, url, url.partition("//")[2], 0)


def answer(to: int, **fields: Any) -> Any:
    return types.MessageReplyHeader(reply_to_msg_id=to, **fields)
