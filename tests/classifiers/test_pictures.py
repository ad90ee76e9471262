"""Pictures are known by their content, made small, and refused where they are something else."""

import io
from typing import Any

import pytest
from PIL import Image

from moderator_app.classifiers.pictures import SIDE, NoPicture, downscaled, kind


def picture(format: str, size: tuple[int, int] = (2000, 1000), mode: str = "RGB", **more: Any) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, 200).save(made, format, **more)
    return made.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_sent_small_as_a_jpeg(format: str) -> None:
    small = downscaled(picture(format))
    with Image.open(io.BytesIO(small)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (SIDE, SIDE // 2))


def test_what_a_camera_writes_beside_it_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Anna"
    assert b"Anna" in (given := picture("JPEG", exif=exif))
    assert b"Anna" not in downscaled(given)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        picture("GIF"),
        picture("BMP", (10, 10)),
        b"\xff\xd8\xff broken",
        picture("PNG")[:200],
        picture("PNG", (8000, 6000), "1"),
    ],
    ids=["nothing", "svg", "pdf", "gif", "bmp", "broken", "cut", "huge"],
)
def test_everything_else_is_no_picture(content: bytes) -> None:
    with pytest.raises(NoPicture):
        downscaled(content)


def test_the_kind_is_told_by_the_content() -> None:
    assert [kind(picture(each, (1, 1))) for each in ("JPEG", "PNG", "WEBP", "GIF")] == ["jpeg", "png", "webp", ""]
