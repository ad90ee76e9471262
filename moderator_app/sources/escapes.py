"""Mends, while it is read, JSON that strict parsers refuse."""

import codecs
import re
from typing import Protocol

# Every escape is matched, also the sound ones: in `\\x41` the first backslash escapes the second.
_ESCAPE = re.compile(
    r"\\(?:x(?P<control>[0-9A-Fa-f]{2})"
    r"|(?P<pair>u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|(?P<half>u[Dd][89A-Fa-f][0-9A-Fa-f]{2})"
    r"|.)",
    re.DOTALL,
)

# Files without such an escape are the rule, and this is many times faster than `in`.
_SUSPECT = re.compile(r"\\(?:x|u[Dd])")

# An escape that the end of a chunk may have cut; a high surrogate waits for its low one.
_CUT = re.compile(
    r"(?<!\\)(?:\\\\)*"
    r"(\\(?:x[0-9A-Fa-f]?|u[0-9A-Fa-f]{0,3}|u[Dd][89ABab][0-9A-Fa-f]{2}(?:\\(?:u[0-9A-Fa-f]{0,3})?)?)?)\Z"
)

# The end of a string, or something like it.
_BOUNDARY = re.compile(rb'(?<!\\)"')
_MOST_AT_ONCE = 64

_LONGEST_CUT = len(r"\ud83d\ude0")


def mend(json_text: str) -> str:
    r"""Turn `\xNN` into `\u00NN`, and `\u` escapes of half a surrogate pair into U+FFFD."""
    return _ESCAPE.sub(_mended, json_text) if _SUSPECT.search(json_text) else json_text


class Readable(Protocol):
    """A binary file, as far as it is needed here."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none only at the end of the file."""


class MendedReader:
    """A binary file whose escapes are mended and whose invalid UTF-8 reads as U+FFFD; a byte order mark is dropped."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._cut = ""
        self._at_once = 1
        self._escaped = False

    def read(self, size: int) -> bytes:
        """Read about `size` bytes, or many times as much inside a long string; none only at the end of the file."""
        while chunk := self._file.read(size * self._at_once):
            # The parser goes through all of an unfinished string again with every chunk: with chunks of one size it
            # would stand for half a second at a message of a megabyte.
            # A quote at its beginning may be escaped by the end of the one before.
            ends = _BOUNDARY.search(chunk, int(self._escaped))
            self._at_once = 1 if ends else min(2 * self._at_once, _MOST_AT_ONCE)
            self._escaped = chunk.endswith(b"\\")
            if mended := self._mend(self._decoder.decode(chunk)):
                return mended
        rest = mend(self._cut + self._decoder.decode(b"", final=True))
        self._cut = ""
        return rest.encode()

    def _mend(self, text: str) -> bytes:
        text = self._cut + text
        self._cut = ""
        if "\\" in text[-_LONGEST_CUT:] and (cut := _CUT.search(text)):
            self._cut = cut[1]
            text = text[: cut.start(1)]
        return mend(text).encode()


def _mended(escape: re.Match[str]) -> str:
    match escape.lastgroup:
        case "control":
            return rf"\u00{escape['control']}"
        case "half":
            return r"\ufffd"
    return escape[0]
