"""Names that people give themselves and their chats, made fit to stand in a line among other words."""

import html
import re
import unicodedata

MOST = 120
# In a list to choose from, which is as wide as its widest line.
MOST_CHOSEN = 40

# Marks that turn the direction of whatever follows them, the window's own words included.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Blanks that Unicode counts among letters and symbols.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# No longer word is written by people; addresses are.
LONGEST_WORD = 30
_PART = re.compile("(\\S{8})(?=\\S)(?![\u0300-\u036f\u200d\ufe0f])")
_BREAK = "\u200b"


def named(*names: str | None) -> str:
    """The first of `names` of which anything can be seen, as one line of at most 120 characters."""
    lines = (_one_line(name) for name in names if name)
    return next((shortened(line, MOST) for line in lines if _is_seen(line)), "")


def shortened(text: str, most: int) -> str:
    """`text` with at most `most` characters, an ellipsis for the rest."""
    return text if len(text) <= most else text[: most - 1] + "…"


def breakable(text: str, longest: int = LONGEST_WORD) -> str:
    """`text` with places where a label may break words of more than `longest` characters."""
    return re.sub(f"\\S{{{longest + 1},}}", lambda word: _PART.sub("\\1" + _BREAK, word[0]), text)


def unbroken(text: str) -> str:
    """What `breakable` was given; a place that was in the text before is lost."""
    return text.replace(_BREAK, "")


def as_tip(text: str) -> str:
    """`text` for a tooltip, which would take an angle bracket in it for markup."""
    return f"<span>{html.escape(breakable(text))}</span>" if text else ""


def _one_line(name: str) -> str:
    return " ".join(_TURNING.sub("", name[: 4 * MOST]).split())


def _is_seen(text: str) -> bool:
    return any(unicodedata.category(each)[0] not in "CMZ" and each not in _BLANK for each in text)
