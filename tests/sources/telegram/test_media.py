"""Every kind of media becomes an attachment in the words of the domain."""

from typing import Any

import pytest
from telethon.tl import types

from moderator_app.domain.message import Attachment
from moderator_app.sources.telegram.media import UNSUPPORTED, attachments
from tests.sources.telegram.objects import NOON, file, page, photo, words

NAME = types.DocumentAttributeFilename("a.bin")
VIDEO = types.DocumentAttributeVideo(3.0, 10, 10)
STICKER = types.DocumentAttributeSticker("👍", types.InputStickerSetEmpty())
PLACE = types.GeoPoint(1.0, 2.0, 3)

KINDS: list[tuple[Any, tuple[Attachment, ...]]] = [
    (None, ()),
    (types.MessageMediaEmpty(), ()),
    (types.MessageMediaWebPage(page("https://a.example")), ()),
    (types.MessageMediaWebPage(types.WebPageEmpty(1)), ()),
    (types.MessageMediaPhoto(photo=photo()), (Attachment("photo", "300"),)),
    (types.MessageMediaPhoto(ttl_seconds=5), (Attachment("photo"),)),
    (types.MessageMediaPhoto(photo=types.PhotoEmpty(300)), (Attachment("photo", "300"),)),
    (file(NAME), (Attachment("doc", "400", title="a.bin"),)),
    (file(), (Attachment("doc", "400"),)),
    (file(VIDEO, NAME, video=True), (Attachment("video", "400", title="a.bin"),)),
    (file(VIDEO), (Attachment("video", "400"),)),
    (file(types.DocumentAttributeVideo(3.0, 10, 10, round_message=True)), (Attachment("video_message", "400"),)),
    (types.MessageMediaDocument(round=True, ttl_seconds=5), (Attachment("video_message"),)),
    (types.MessageMediaDocument(voice=True, ttl_seconds=5), (Attachment("voice_message"),)),
    (types.MessageMediaDocument(ttl_seconds=5), (Attachment("doc"),)),
    (file(VIDEO, types.DocumentAttributeAnimated(), NAME), (Attachment("animation", "400", title="a.bin"),)),
    (file(types.DocumentAttributeAudio(3, voice=True)), (Attachment("voice_message", "400"),)),
    (
        file(types.DocumentAttributeAudio(3, title="Гимн", performer="Хор"), NAME),
        (Attachment("audio", "400", title="Хор - Гимн"),),
    ),
    (file(types.DocumentAttributeAudio(3), NAME), (Attachment("audio", "400", title="a.bin"),)),
    (file(STICKER, NAME), (Attachment("sticker", "400", title="👍"),)),
    (file(VIDEO, STICKER), (Attachment("sticker", "400", title="👍"),)),
    (types.MessageMediaDocument(document=types.DocumentEmpty(400)), (Attachment("doc", "400"),)),
    (types.MessageMediaContact("+7", "Ян", "", "", 5), (Attachment("contact", title="Ян"),)),
    (types.MessageMediaGeo(PLACE), (Attachment("location"),)),
    (types.MessageMediaGeoLive(PLACE, 60), (Attachment("location"),)),
    (types.MessageMediaVenue(PLACE, "Кафе", "", "", "", ""), (Attachment("location", title="Кафе"),)),
    (
        types.MessageMediaPoll(types.Poll(9, words("Кто за?"), [], 0), types.PollResults()),
        (Attachment("poll", "9", title="Кто за?"),),
    ),
    (
        types.MessageMediaGame(types.Game(8, 1, "race", "Гонки", "", photo())),
        (Attachment("game", "8", title="Гонки"),),
    ),
    (types.MessageMediaInvoice("Счёт", "", "RUB", 100, ""), (Attachment("invoice"),)),
    (types.MessageMediaGiveaway([77], 3, NOON), (Attachment("giveaway"),)),
    (types.MessageMediaGiveawayResults(77, 1, 1, 0, [5], NOON), (Attachment("giveaway"),)),
    (types.MessageMediaPaidMedia(5, [types.MessageExtendedMediaPreview()]), (Attachment("paid_media"),)),
    (types.MessageMediaToDo(types.TodoList(words("Дела"), [])), (Attachment("todo_list", title="Дела"),)),
    (types.MessageMediaDice(3, "🎲"), (Attachment("dice", title="🎲"),)),
    (types.MessageMediaStory(types.PeerUser(5), 4), (Attachment("story", "5_4"),)),
    (types.MessageMediaVideoStream(types.InputGroupCallInviteMessage(1)), (Attachment("video_stream"),)),
    (types.MessageMediaUnsupported(), (UNSUPPORTED,)),
    (types.InputMediaEmpty(), (UNSUPPORTED,)),
]


@pytest.mark.parametrize(("media", "expected"), KINDS)
def test_media_become_attachments(media: Any, expected: tuple[Attachment, ...]) -> None:
    assert attachments(media) == expected


def test_every_kind_of_this_layer_is_known() -> None:
    """A new layer brings new kinds: here is where they are noticed."""
    kinds = {kind for name, kind in vars(types).items() if name.startswith("MessageMedia")}
    assert {type(media) for media, _ in KINDS if media is not None} >= kinds
