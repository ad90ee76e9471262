"""Looks ahead for the id of a chat that tells it after its messages."""

from collections.abc import Iterator
from itertools import count
from typing import Any, BinaryIO

from moderator_app.sources.export_layout import chats, is_list_of_chats
from moderator_app.sources.json_events import BROKEN, Event, json_events, members, skip, value

# The number of the chat that is the file's own object; those in lists count from 1 through the file.
WHOLE_FILE = 0


class LateIds:
    """Telegram Desktop writes the id first, but programs that write the file anew may not keep the order.

    The messages of a chat would not fit in the memory, so the file is read a second time, beside the first.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._ids = _ids(json_events(_Beside(file)))

    def of(self, number: int) -> Any:
        """The id of a chat, or None. To be asked in the order of the file."""
        try:
            return next((found for chat, found in self._ids if chat == number), None)
        except BROKEN:
            return None


class _Beside:
    """Reads a file from its beginning, and leaves its position to others."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._position = 0

    def read(self, size: int) -> bytes:
        others = self._file.tell()
        self._file.seek(self._position)
        try:
            return self._file.read(size)
        finally:
            self._position = self._file.tell()
            self._file.seek(others)


def _ids(events: Iterator[Event]) -> Iterator[tuple[int, Any]]:
    next(events)
    numbers = count(1)
    own: Any = None
    for key in members(events):
        first = next(events)
        if is_list_of_chats(key, first):
            for chat in chats(events):
                yield next(numbers), _id(events, chat)
        elif key == "id":
            own = value(events, first)
        else:
            skip(events, first)
    yield WHOLE_FILE, own


def _id(events: Iterator[Event], chat: Event) -> Any:
    found: Any = None
    if chat[0] != "start_map":
        skip(events, chat)
        return found
    for key in members(events):
        first = next(events)
        if key == "id":
            found = value(events, first)
        else:
            skip(events, first)
    return found
