"""Reads Telegram Desktop's result.json, one chat or a whole account, as a stream."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ReadError
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.sources import fields
from moderator_app.sources.batch import Passed, Read
from moderator_app.sources.exported_message import read_joins, read_message
from moderator_app.sources.json_events import BROKEN, Event, elements, json_events, members, skip, value

CHATS = frozenset({"chats", "left_chats"})
MESSAGES = "messages"
_SIGNS = {(MESSAGES, "start_array")} | {(key, "start_map") for key in CHATS}


def read_telegram_export(file: BinaryIO, name: str) -> Iterator[Read]:
    """What the export in `file` holds, in its order; `name` stands for the file in errors.

    Raises Unreadable where the file breaks off or is no export, after everything before that place.
    """
    events = json_events(file)
    try:
        if next(events)[0] != "start_map":
            raise Unreadable("import.not_an_export", file=name)
        yield from _export(events, name)
        next(events, None)  # Whatever follows the export is an error of the parser.
    except BROKEN:
        # The parser's own words quote the text around the place.
        raise Unreadable("import.broken", file=name, position=file.tell()) from None


def _export(events: Iterator[Event], name: str) -> Iterator[Read]:
    is_export = False
    chat = _Chat(name)
    for key in members(events):
        first = next(events)
        is_export |= (key, first[0]) in _SIGNS
        if key in CHATS and first[0] == "start_map":
            yield from _chats(events, name)
        else:
            yield from chat.read(key, first, events)
    if not is_export:
        raise Unreadable("import.not_an_export", file=name)


def _chats(events: Iterator[Event], name: str) -> Iterator[Read]:
    for key in members(events):
        first = next(events)
        if key == "list" and first[0] == "start_array":
            for entry in elements(events):
                yield from _chat(events, entry, name)
        else:
            skip(events, first)


def _chat(events: Iterator[Event], first: Event, name: str) -> Iterator[Read]:
    if first[0] != "start_map":
        skip(events, first)
        return
    chat = _Chat(name)
    for key in members(events):
        yield from chat.read(key, next(events), events)


class _Chat:
    """One chat of the file, as far as its keys have been read."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._id: Any = None
        self._name = ""
        self._begun = False

    def read(self, key: str, first: Event, events: Iterator[Event]) -> Iterator[Read]:
        if key == MESSAGES and first[0] == "start_array":
            self._begun = True
            yield self._community
            yield from _messages(events, self._community.key)
        elif key == "id":
            self._id = value(events, first)
        elif key == "name":
            name = value(events, first)
            self._name = name if type(name) is str else ""
            if self._begun:
                yield self._community
        else:
            skip(events, first)

    @property
    def _community(self) -> Community:
        if type(self._id) is not int:
            raise Unreadable("import.no_chat_id", file=self._file)
        return Community(CommunityKey(Platform.TELEGRAM, str(self._id)), self._name)


def _messages(events: Iterator[Event], community: CommunityKey) -> Iterator[Read]:
    for number, first in enumerate(elements(events), 1):
        found = value(events, first)
        try:
            read = _entry(found, community)
        except Unreadable as error:
            yield ReadError.of(f"{community.community}/{_place(found, number)}", error)
        else:
            yield from read


def _entry(found: Any, community: CommunityKey) -> tuple[Read, ...]:
    if type(found) is not dict:
        raise Unreadable("import.not_an_object")
    match found.get("type"):
        case "message":
            return (read_message(found, community),)
        case "service":
            return read_joins(found, community) or (Passed.NOTHING,)
        case str():
            return (Passed.UNSUPPORTED,)
    raise fields.wrong("type")


def _place(found: Any, number: int) -> str:
    given: Any = found.get("id") if isinstance(found, dict) else None
    return str(given)[:_LONGEST_PLACE] if type(given) is int else f"#{number}"


_LONGEST_PLACE = 40
