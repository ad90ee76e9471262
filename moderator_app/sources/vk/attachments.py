"""Turns VK's attachments into the console's: ids that stay the same where the same thing is sent again."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from moderator_app.domain.message import Attachment
from moderator_app.sources.vk.fields import number, record, records, text

_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
UNKNOWN = "unsupported"
# What VK calls otherwise than the other platforms do.
_NAMES = {"audio_message": "voice_message", "geo": "location"}
# Wherever they hold another's words and attachments, these count as well.
QUOTING = frozenset({"wall", "wall_reply"})


def attachments(value: object) -> Iterator[Attachment]:
    """Of the list in a comment or message; what this version does not know is kept with its kind."""
    for each in records(value):
        kind = text(each.get("type"))
        yield _attachment(kind, record(each.get(kind)))


def _attachment(kind: str, thing: Mapping[str, Any]) -> Attachment:
    if _KIND.fullmatch(kind) is None:
        return Attachment(UNKNOWN)
    shown = _NAMES.get(kind, kind)
    match kind:
        case "photo" | "posted_photo":
            # Sent up again a photo has another id, and the same small likeness.
            return Attachment(shown, id=text(thing.get("thumb_hash")) or _owned(thing), title=text(thing.get("text")))
        case "doc" | "audio_message":
            return Attachment(shown, id=_document(thing) or _owned(thing), title=text(thing.get("title")))
        case "audio":
            return Attachment(shown, id=_audio(thing) or _owned(thing), title=_joined(thing, "artist", "title"))
        case "link" | "donut_link":
            address = _address(thing)
            return Attachment(shown, url=address, title=text(thing.get("title")))
        case "sticker":
            return Attachment(shown, id=text(thing.get("sticker_id")) or text(thing.get("id")))
        case "group" | "event":
            return Attachment(shown, id=text(thing.get("id")), title=text(thing.get("name")) or text(thing.get("text")))
        case "article":
            return Attachment(shown, id=_owned(thing), url=text(thing.get("url")), title=text(thing.get("title")))
    title = text(thing.get("title")) or text(thing.get("question")) or text(thing.get("name"))
    return Attachment(shown, id=_owned(thing), url=_web(thing.get("url")), title=title)


def picture_of(attached: Mapping[str, Any], least: int) -> str:
    """The address of a small picture of an attachment, of at least that many pixels; "" where VK gives none."""
    kind = text(attached.get("type"))
    thing = record(attached.get(kind))
    inner = record(thing.get("photo")) or thing
    shown = [*records(inner.get("sizes")), *records(thing.get("image")), *records(thing.get("images"))]
    sized = [(number(each.get("width")) or 0, text(each.get("url"))) for each in shown]
    found = sorted((width, url) for width, url in sized if url.startswith(("https://", "http://")))
    wide = [url for width, url in found if width >= least]
    return wide[0] if wide else (found[-1][1] if found else "")


def _owned(thing: Mapping[str, Any]) -> str:
    """The id that VK's addresses have: -1_457239017."""
    owner = number(thing.get("owner_id"))
    if owner is None:
        owner = number(thing.get("to_id"))
    id = number(thing.get("id"))
    if id is None:
        return ""
    return str(id) if owner is None else f"{owner}_{id}"


def _document(thing: Mapping[str, Any]) -> str:
    title, size = text(thing.get("title")), number(thing.get("size"))
    return f"{title}|{size}|{text(thing.get('ext'))}" if title and size else ""


def _audio(thing: Mapping[str, Any]) -> str:
    name = _joined(thing, "artist", "title")
    return f"{name.lower()}|{text(thing.get('duration'))}" if name else ""


def _joined(thing: Mapping[str, Any], *names: str) -> str:
    return " - ".join(filter(None, (text(thing.get(name)) for name in names)))


def _address(thing: Mapping[str, Any]) -> str:
    """Where a card leads to: its own address, or that of its button."""
    button = record(record(record(thing.get("button")).get("action")))
    return text(thing.get("url")) or text(button.get("url"))


def _web(value: object) -> str:
    """Addresses of files carry keys that change and are none to judge by."""
    found = text(value)
    host = urlsplit(found).hostname if found.startswith(("http://", "https://")) else None
    return found if host and not host.endswith(("userapi.com", "vkuser.net", "vkuseraudio.net")) else ""
