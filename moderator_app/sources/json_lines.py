"""Reads messages written as JSON lines."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ReadError
from moderator_app.domain.message import Community, Message
from moderator_app.sources.batch import Passed, Read
from moderator_app.sources.escapes import mend
from moderator_app.sources.line_fields import community_of, message_of

# In bytes. Platforms end a text at some thousand characters; a line without an end must not fill the memory.
LONGEST_LINE = 4 * 1024 * 1024


class BadLine(Unreadable):
    """A line that is no message. `id` is the message's, as written, where the line has one."""

    def __init__(
        self, text_id: str, line: int = 0, id: int | str | None = None, **parameters: str | int | float
    ) -> None:
        super().__init__(text_id, line=line, **parameters)
        self.line = line
        self.id = id


@dataclass(frozen=True, slots=True)
class Line:
    """A line read. `id` is the message's as written, a number or a string: a program that asked wants it back so."""

    id: int | str
    message: Message
    community: Community


def lines(file: BinaryIO) -> Iterator[bytes]:
    """The file's lines, split at line feeds only: texts may hold U+2028. Of one too long only the beginning."""
    while line := file.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE + 1)
        yield line


def read_line(line: bytes | str, number: int, default: Community) -> Line:
    """Read one line. `default` is the community, and its platform, of a line that names none. Raises BadLine."""
    found: dict[str, Any] = {}
    try:
        found = _object(line)
        message = message_of(found, default.key)
        return Line(found["id"], message, community_of(found, default))
    except Unreadable as error:
        raise BadLine(error.text_id, number, _id(found), **error.parameters) from None


def read_json_lines(file: BinaryIO, default: Community) -> Iterator[Read]:
    """The messages of a file, each after its community; what cannot be read is yielded as an error of its line."""
    for number, line in enumerate(lines(file), 1):
        if not line.strip(_BLANK):
            yield Passed.NOTHING
            continue
        try:
            read = read_line(line, number, default)
        except BadLine as error:
            yield ReadError.of(number, error)
        else:
            yield read.community
            yield read.message


_BLANK = b" \t\r\n" + codecs.BOM_UTF8


def _object(line: bytes | str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise Unreadable("line.too_long", bytes=LONGEST_LINE)
    try:
        encoded = line if isinstance(line, bytes) else line.encode()
        # Numbers beyond 64 bits become floats, which no field takes either.
        found = orjson.loads(encoded) if _is_shallow(encoded) else _leniently(encoded)
    except UnicodeEncodeError:
        raise Unreadable("line.not_utf8") from None
    except orjson.JSONDecodeError:
        found = _leniently(encoded)
    if type(found) is not dict:
        raise Unreadable("import.not_an_object")
    return found


def _is_shallow(line: bytes) -> bool:
    """Whether it is nested less deeply than any decoder refuses: they differ in where, and the lenient one decides."""
    return len(line) < 2 * _DEEPEST or line.count(b"[") + line.count(b"{") < _DEEPEST


_DEEPEST = 500


def _leniently(line: bytes) -> Any:
    """What a strict decoder refuses, as far as it can be understood."""
    try:
        text = line.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Unreadable("line.not_utf8") from None
    if not text or text.isspace():
        raise Unreadable("line.blank")
    try:
        return _DECODER.decode(mend(text))
    # Python refuses numbers of thousands of digits and nesting of thousands of levels.
    except (ValueError, RecursionError):
        raise Unreadable("line.not_json") from None


def _refuse(constant: str) -> float:
    raise ValueError(constant)


# Not strict: a raw tab or NUL inside a text is no reason to lose the message.
_DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse)


def _id(found: dict[str, Any]) -> int | str | None:
    given = found.get("id")
    return given if type(given) is str or (type(given) is int and abs(given) < 2**63) else None
