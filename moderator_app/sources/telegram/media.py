"""Turns the media of a Telegram message into attachments, in the words that exports are read with."""

from typing import Any

from telethon.tl import types

from moderator_app.domain.message import Attachment
from moderator_app.sources.telegram.entities import author_id
from moderator_app.sources.telegram.text import clean

UNSUPPORTED = Attachment("unsupported")

# Media of which nothing but the kind matters.
_PLAIN_KINDS = {
    types.MessageMediaGeo: "location",
    types.MessageMediaGeoLive: "location",
    types.MessageMediaInvoice: "invoice",
    types.MessageMediaGiveaway: "giveaway",
    types.MessageMediaGiveawayResults: "giveaway",
    types.MessageMediaPaidMedia: "paid_media",
    types.MessageMediaVideoStream: "video_stream",
}


def attachments(media: Any) -> tuple[Attachment, ...]:
    """What a message carries besides its text. A preview of a page is none; what this layer does not know is one."""
    if media is None or isinstance(media, types.MessageMediaEmpty | types.MessageMediaWebPage):
        return ()
    if (kind := _PLAIN_KINDS.get(type(media))) is not None:
        return (Attachment(kind),)
    return _described(media)


def _described(media: Any) -> tuple[Attachment, ...]:
    match media:
        case types.MessageMediaPhoto():
            return (Attachment("photo", id=_id(media.photo)),)
        case types.MessageMediaDocument():
            return (_document(media),)
        case types.MessageMediaContact():
            return (Attachment("contact", title=_joined(" ", media.first_name, media.last_name)),)
        case types.MessageMediaVenue():
            return (Attachment("location", title=clean(media.title)),)
        case types.MessageMediaPoll():
            poll = Attachment("poll", id=_id(media.poll), title=clean(media.poll.question.text))
            return (poll, *attachments(media.attached_media))
        case types.MessageMediaGame():
            return (Attachment("game", id=_id(media.game), title=clean(media.game.title)),)
        case types.MessageMediaToDo():
            return (Attachment("todo_list", title=clean(media.todo.title.text)),)
        case types.MessageMediaDice():
            return (Attachment("dice", title=clean(media.emoticon)),)
        case types.MessageMediaStory():
            return (Attachment("story", id=f"{author_id(media.peer)}_{media.id}"),)
    return (UNSUPPORTED,)


def _document(media: Any) -> Attachment:
    # Media that destroy themselves leave what they were, and no document.
    attributes = getattr(media.document, "attributes", None) or ()
    by_kind = {type(attribute): attribute for attribute in attributes}
    sticker = by_kind.get(types.DocumentAttributeSticker)
    audio = by_kind.get(types.DocumentAttributeAudio)
    video = by_kind.get(types.DocumentAttributeVideo)
    named = by_kind.get(types.DocumentAttributeFilename)
    title = clean(named.file_name) if named is not None else ""
    if sticker is not None:
        kind, title = "sticker", clean(sticker.alt)
    elif media.voice or (audio is not None and audio.voice):
        kind = "voice_message"
    elif media.round or (video is not None and video.round_message):
        kind = "video_message"
    elif types.DocumentAttributeAnimated in by_kind:
        kind = "animation"
    elif media.video or video is not None:
        kind = "video"
    elif audio is not None:
        kind, title = "audio", _joined(" - ", audio.performer, audio.title) or title
    else:
        kind = "doc"
    return Attachment(kind, id=_id(media.document), title=title)


def _id(thing: Any) -> str:
    """Telegram's id, the same wherever a photo or file is sent on; empty for what is gone."""
    found = getattr(thing, "id", None)
    return "" if found is None else str(found)


def _joined(between: str, *parts: str | None) -> str:
    return clean(between.join(part for part in parts if part))
