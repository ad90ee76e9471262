"""Makes pictures small enough to be sent, and sends none that is not what a provider should get."""

import base64
import io

SIDE = 768
# A small file can hold a picture that fills the memory.
MOST_PIXELS = 40_000_000
MOST_BYTES = 20_000_000
QUALITY = 80

_KINDS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}


class NoPicture(Exception):
    """The content is no JPEG, PNG or WebP, or more than can be taken in."""


def kind(content: bytes) -> str:
    """What the content is, whatever its name says; empty for everything that is not sent."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((name for start, name in _KINDS.items() if content.startswith(start)), "")


def downscaled(content: bytes) -> bytes:
    """The picture as a JPEG with no side over SIDE, without what cameras write beside it. Raises NoPicture."""
    from PIL import Image

    if not kind(content) or len(content) > MOST_BYTES:
        raise NoPicture
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPicture
            opened.draft("RGB", (SIDE, SIDE))
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    picture.thumbnail((SIDE, SIDE))
    small = io.BytesIO()
    picture.save(small, "JPEG", quality=QUALITY)
    return small.getvalue()


def data_address(content: bytes) -> str:
    return f"data:image/{kind(content)};base64,{base64.b64encode(content).decode()}"
