"""Turns the media of an exported Telegram message into attachments."""

from typing import Any

from moderator_app.domain.message import Attachment
from moderator_app.sources.fields import Fields

# Telegram Desktop's words for kinds of files where ours differ; a file without a word is a document.
_FILE_KINDS = {"video_file": "video", "audio_file": "audio", "": "doc"}

# Media without a file, by the key that tells them.
_OTHER_KINDS = {
    "contact_information": "contact",
    "location_information": "location",
    "place_name": "location",
    "poll": "poll",
    "game_title": "game",
    "invoice_information": "invoice",
    "giveaway_information": "giveaway",
    "giveaway_results": "giveaway",
    "paid_media": "paid_media",
    "todo_list": "todo_list",
}
_MEDIA = frozenset({"photo", "file", "media_type", *_OTHER_KINDS})


def attachments(found: Fields) -> tuple[Attachment, ...]:
    """What `found` carries besides its text. Sizes, durations and thumbnails are left out."""
    if _MEDIA.isdisjoint(found):
        return ()
    kept = []
    if "photo" in found:
        kept.append(Attachment("photo", id=_path(found["photo"])))
    if "file" in found or "media_type" in found:
        kind = _string(found.get("media_type"))
        kept.append(Attachment(_FILE_KINDS.get(kind, kind), id=_path(found.get("file")), title=_file_title(found)))
    kinds = dict.fromkeys(kind for key, kind in _OTHER_KINDS.items() if key in found)
    kept.extend(
        Attachment(kind, url=_string(found.get("game_link")), title=_other_title(kind, found)) for kind in kinds
    )
    return tuple(kept)


def _path(value: Any) -> str:
    """The file's path inside the export, or nothing where a sentence in brackets says why the file is not there."""
    path = _string(value)
    return "" if path.startswith("(") else path


def _file_title(found: Fields) -> str:
    names = (found.get("performer"), found.get("title"))
    track = " - ".join(name for name in map(_string, names) if name)
    return track or _string(found.get("file_name")) or _string(found.get("sticker_emoji"))


def _other_title(kind: str, found: Fields) -> str:
    match kind:
        case "contact":
            return " ".join(filter(None, (_member(found, "contact_information", key) for key in _CONTACT_NAMES)))
        case "location":
            return _string(found.get("place_name"))
        case "poll":
            return _member(found, "poll", "question")
        case "game":
            return _string(found.get("game_title"))
    return ""


_CONTACT_NAMES = ("first_name", "last_name")


def _member(found: Fields, key: str, name: str) -> str:
    inner = found.get(key)
    return _string(inner.get(name)) if type(inner) is dict else ""


def _string(value: Any) -> str:
    # What an attachment is called matters little: a message is not given up for it.
    return value if type(value) is str else ""
