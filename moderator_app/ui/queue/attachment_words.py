"""What hangs on a message, in words and icons."""

from collections.abc import Mapping

from moderator_app.domain.message import Attachment
from moderator_app.language import N_, _
from moderator_app.ui.names import named

# The platforms' words for kinds, and the icon of each.
_KINDS: Mapping[str, tuple[str, str]] = {
    "photo": (N_("photo"), "image-line"),
    "posted_photo": (N_("photo"), "image-line"),
    "graffiti": (N_("drawing"), "image-line"),
    "video": (N_("video"), "movie-line"),
    "clip": (N_("clip"), "movie-line"),
    "video_message": (N_("video message"), "movie-line"),
    "video_stream": (N_("live stream"), "movie-line"),
    "animation": (N_("GIF"), "movie-line"),
    "sticker": (N_("sticker"), "emotion-line"),
    "audio": (N_("audio"), "headphone-line"),
    "voice_message": (N_("voice message"), "mic-line"),
    "audio_message": (N_("voice message"), "mic-line"),
    "doc": (N_("file"), "file-line"),
    "link": (N_("link"), "links-line"),
    "poll": (N_("poll"), "bar-chart-horizontal-line"),
    "contact": (N_("contact"), "user-line"),
    "location": (N_("place"), "map-pin-line"),
    "geo": (N_("place"), "map-pin-line"),
    "game": (N_("game"), "gamepad-line"),
    "gift": (N_("gift"), "gift-line"),
    "giveaway": (N_("giveaway"), "gift-line"),
    "dice": (N_("dice"), "gamepad-line"),
    "story": (N_("story"), "image-line"),
    "todo_list": (N_("to-do list"), "list-check"),
    "invoice": (N_("invoice"), "file-line"),
    "paid_media": (N_("paid media"), "image-line"),
    "wall": (N_("post"), "file-line"),
    "wall_reply": (N_("comment"), "file-line"),
    "market": (N_("product"), "file-line"),
    "unsupported": (N_("something this version does not know"), "file-line"),
}

# What a source may have a small picture of.
PICTURED = frozenset(
    {
        "photo", "posted_photo", "graffiti", "video", "clip", "video_message", "animation", "sticker", "doc", "story",
    }
)  # fmt: skip
# Whose kind need not be said under the picture.
_PLAIN = frozenset({"photo", "posted_photo", "sticker", "graffiti"})

_TITLE, _END = 60, 16


def kind_name(kind: str) -> str:
    known = _KINDS.get(kind)
    return _(known[0]) if known else named(kind)


def kind_icon(kind: str) -> str:
    known = _KINDS.get(kind)
    return known[1] if known else "file-line"


def title(attachment: Attachment) -> str:
    """Its name as one line, empty where it has none; of a long one the beginning, and the end that tells its kind."""
    name = named(attachment.title)
    return name if len(name) <= _TITLE else f"{name[: _TITLE - _END]}…{name[1 - _END :]}"


def described(attachment: Attachment) -> str:
    """Kind and name: `file · price.pdf`."""
    name = title(attachment)
    return f"{kind_name(attachment.kind)} · {name}" if name else kind_name(attachment.kind)


def badge(attachment: Attachment) -> str:
    """What stands on a picture that does not say by itself what it is a picture of."""
    return "" if attachment.kind in _PLAIN else described(attachment)
