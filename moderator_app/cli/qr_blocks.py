"""Draws a QR code on a terminal."""

from moderator_app.qr_code import modules

# Two modules, one above the other, in each sign: what is printed is the light, because most terminals are dark.
_SIGNS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
# Black and white whatever the colours of the terminal are.
_COLOURS, _PLAIN = "\x1b[40;97m", "\x1b[0m"


def drawn(text: str, *, coloured: bool) -> str:
    """Lines of block signs. Without colours the code can be read on a dark terminal only."""
    rows = modules(text)
    if len(rows) % 2:
        rows = (*rows, tuple(False for _ in rows[0]))
    lines = [
        "".join(map(_SIGNS.__getitem__, zip(*pair, strict=True))) for pair in zip(rows[::2], rows[1::2], strict=True)
    ]
    return "\n".join(f"{_COLOURS}{line}{_PLAIN}" if coloured else line for line in lines)
