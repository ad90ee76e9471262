"""Small pictures on the card: fetched when looked at, bounded, never in the way; what cannot be shown says so."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter

from moderator_app import language
from moderator_app.domain.errors import Refused, TryLater
from moderator_app.domain.message import Attachment, Message, MessageKey, Platform
from moderator_app.domain.queue import Card
from moderator_app.settings import Veil
from moderator_app.ui.queue import thumbnails
from moderator_app.ui.queue.picture_tile import PictureTile, veiled
from moderator_app.ui.queue.thumbnails import AT_ONCE, MOST_BYTES, Look, Place, Thumbnails, decoded
from tests.ui.conftest import Run
from tests.ui.desk import Desk, desk
from tests.ui.fakes import FakePictures, FakeReview, card
from tests.ui.given import Given
from tests.ui.until import until

RED = QColor("#c02020")


def picture(width: int = 320, height: int = 240, kind: str = "jpeg", color: QColor = RED) -> bytes:
    """A file with a picture in it."""
    image = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    image.fill(color)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, kind.encode()).write(image)
    return bytes(buffer.data().data())


def with_media(item: int, *kinds: str, live: bool = True) -> Card:
    shown = card(item, can_act=live)
    attachments = tuple(Attachment(kind, id=f"{item}-{number}") for number, kind in enumerate(kinds))
    return replace(shown, message=replace(shown.message, attachments=attachments))


def tiles(at: Desk) -> list[PictureTile]:
    return at.page.card.pictures.tiles


def place(message: int, number: int = 0) -> Place:
    return Place(MessageKey(Platform.TELEGRAM, "100", str(message)), number, "")


def test_the_pictures_of_the_card_and_of_the_next_five_are_fetched(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures = FakePictures()
        pictures.found = {(str(item), 0): picture() for item in range(1, 10)}
        async with desk(FakeReview([with_media(item, "photo") for item in range(1, 10)]), tmp_path, pictures) as at:
            await at.seen(1)
            await until(lambda: tiles(at)[0].picture.look is Look.SHOWN)
            await until(lambda: len(pictures.asked) == 6)
            assert {message for message, _number in pictures.asked} == set("123456")
            assert pictures.most_at_once <= AT_ONCE
            at.press(Qt.Key.Key_J)
            await at.seen(2)
            # Painted from memory.
            assert tiles(at)[0].picture.look is Look.SHOWN
            await until(lambda: len(pictures.asked) == 7)

    run(work())


def test_the_card_is_there_before_its_picture(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures = FakePictures()
        pictures.gate.clear()
        pictures.found[("1", 0)] = picture()
        async with desk(FakeReview([with_media(1, "photo"), card(2)]), tmp_path, pictures) as at:
            await at.seen(1)
            (tile,) = tiles(at)
            assert (tile.picture.look, tile.says) == (Look.LOADING, "photo\nloading…")
            at.press(Qt.Key.Key_D)
            await at.seen(2)
            assert tiles(at) == []
            assert not at.page.card.pictures.isVisible()
            pictures.gate.set()

    run(work())


def test_every_part_of_an_album_is_shown(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        first, pictures = with_media(2, "photo"), FakePictures()
        others = tuple(_part(first.message, number) for number in (1, 3))
        pictures.found = {(str(number), 0): picture() for number in (1, 2, 3)}
        async with desk(FakeReview([replace(first, album=others)]), tmp_path, pictures) as at:
            await at.seen(2)
            await until(lambda: [tile.picture.look for tile in tiles(at)] == [Look.SHOWN] * 3)
            assert pictures.asked == [("1", 0), ("2", 0), ("3", 0)]

    run(work())


def test_what_an_imported_message_carries_is_named_and_not_asked_for(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures = FakePictures()
        async with desk(FakeReview([with_media(1, "photo", "doc", live=False)]), tmp_path, pictures) as at:
            await at.seen(1)
            assert tiles(at) == []
            assert {"photo", "file"} <= set(at.page.card.attachments.texts())
            assert pictures.asked == []

    run(work())


def test_of_what_has_no_picture_kind_and_name_are_said(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures, shown = FakePictures(), with_media(1, "doc", "poll", "photo")
        named = tuple(replace(one, title=f"name {one.id}") for one in shown.message.attachments)
        shown = replace(shown, message=replace(shown.message, attachments=named))
        pictures.faults[("1", 2)] = [Refused("telegram.chat_closed", code="")]
        async with desk(FakeReview([shown]), tmp_path, pictures) as at:
            await at.seen(1)
            await until(lambda: [tile.picture.look for tile in tiles(at)] == [Look.NONE, Look.REFUSED])
            document, photo = tiles(at)
            assert document.says == "file\nname 1-0\nno preview"
            assert photo.says == "photo\nname 1-2\ncannot be shown"
            assert "cannot enter this chat any more" in photo.accessibleName()
            assert "poll" in at.page.card.attachments.texts()
            language.use("ru")
            assert document.says == "файл\nname 1-0\nнет эскиза"

    run(work())


def test_without_a_connection_it_says_so_and_comes_by_itself_later(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures = FakePictures()
        pictures.found[("1", 0)] = picture()
        lost = pictures.faults[("1", 0)] = [TryLater("telegram.unreachable", 0.1) for _try in range(100)]
        async with desk(FakeReview([with_media(1, "photo")]), tmp_path, pictures) as at:
            await at.seen(1)
            await until(lambda: tiles(at)[0].picture.look is Look.OFFLINE)
            assert tiles(at)[0].says == "photo\nno connection"
            assert "Telegram does not answer" in tiles(at)[0].toolTip()
            lost.clear()
            await until(lambda: tiles(at)[0].picture.look is Look.SHOWN)
            assert at.said == []

    run(work())


def test_a_picture_is_enlarged_by_a_click_and_keys_stay_with_the_list(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures = FakePictures()
        pictures.found = {("1", number): picture() for number in range(3)}
        async with desk(FakeReview([with_media(1, "photo", "video", "sticker"), card(2)]), tmp_path, pictures) as at:
            await at.seen(1)
            await until(lambda: [tile.picture.look for tile in tiles(at)] == [Look.SHOWN] * 3)
            before = tiles(at)[1].height()
            tiles(at)[1].click()
            assert tiles(at)[1].height() > 2 * before
            edges = [tile.geometry().right() for tile in tiles(at)]
            assert max(edges) < at.page.card.pictures.width()
            at.press(Qt.Key.Key_J)
            await at.seen(2)

    run(work())


@pytest.mark.qt_log_ignore("Invalid JPEG file structure")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
        picture(kind="bmp"),
        picture(5000, 2, "png"),
        picture()[:200],
    ],
)
def test_what_is_no_picture_to_trust_is_none(data: bytes) -> None:
    assert decoded(data) is None


def test_a_large_picture_is_kept_small() -> None:
    found = decoded(picture(2000, 1000))
    assert found is not None
    assert (found.width(), found.height()) == (640, 320)


def test_memory_has_a_bound(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        pictures, given = FakePictures(), Given()
        image = decoded(picture(640, 640))
        assert image is not None
        many = MOST_BYTES // image.sizeInBytes() + 10
        pictures.found = {(str(number), 0): picture(640, 640) for number in range(many)}
        shown = Thumbnails(pictures, given.tasks)  # type: ignore[arg-type]
        places = [place(number) for number in range(many)]
        for each in places:
            shown.want([each])
            await until(lambda each=each: shown.get(each).look is Look.SHOWN)  # type: ignore[misc]
        assert shown.bytes_kept <= MOST_BYTES
        assert shown.get(places[0]).look is Look.LOADING
        assert shown.get(places[-1]).look is Look.SHOWN
        await given.tasks.close()
        shown.deleteLater()

    run(work())


def test_what_is_not_looked_at_any_more_is_not_asked_for(run: Run) -> None:
    async def work() -> None:
        pictures, given = FakePictures(), Given()
        pictures.gate.clear()
        shown = thumbnails.Thumbnails(pictures, given.tasks)  # type: ignore[arg-type]
        shown.want([place(number) for number in range(50)])
        await until(lambda: len(pictures.asked) == AT_ONCE)
        shown.want([place(99)])
        pictures.gate.set()
        await until(lambda: ("99", 0) in pictures.asked and shown.get(place(99)).look is Look.NONE)
        assert pictures.asked == [("0", 0), ("1", 0), ("99", 0)]
        await given.tasks.close()
        shown.deleteLater()

    run(work())


def test_who_wants_to_be_spared_sees_blurred_or_grey_until_turning_to_it(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        pictures = FakePictures()
        pictures.found[("1", 0)] = picture()
        async with desk(FakeReview([with_media(1, "photo")]), tmp_path, pictures) as at:
            await at.seen(1)
            await until(lambda: tiles(at)[0].picture.look is Look.SHOWN)
            (tile,) = tiles(at)
            middle = tile.rect().center()
            assert tile.grab().toImage().pixelColor(middle).saturation() > 100
            at.page.card.pictures.use_veil(Veil.GREYSCALE)
            assert tile.grab().toImage().pixelColor(middle).saturation() < 10
            tile.setFocus()
            assert tile.grab().toImage().pixelColor(middle).saturation() > 100

    run(work())


def test_a_blurred_picture_tells_no_details() -> None:
    image = QImage(QSize(320, 240), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(0, 320, 2):
        for y in range(240):
            image.setPixelColor(x, y, QColor(Qt.GlobalColor.black))
    blurred = veiled(image, Veil.BLUR)
    assert blurred.size() == image.size()
    shades = {blurred.pixelColor(x, 120).lightness() for x in range(20, 280)}
    assert max(shades) - min(shades) < 40


def _part(of: Message, number: int) -> Message:
    key = of.key._replace(message=str(number))
    return replace(of, key=key, text="", attachments=(Attachment("photo", id=f"part-{number}"),))
