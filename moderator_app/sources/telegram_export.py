"""Reads Telegram Desktop's result.json, one chat or a whole account, as a stream."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, BinaryIO

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.ids import bare
from moderator_app.domain.importing import ReadError
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.sources import fields
from moderator_app.sources.batch import Passed, Read
from moderator_app.sources.export_layout import MESSAGES, chats, is_list_of_chats, is_sign
from moderator_app.sources.exported_message import read_joins, read_message
from moderator_app.sources.json_events import BROKEN, Event, elements, json_events, members, skip, value
from moderator_app.sources.late_ids import WHOLE_FILE, LateIds


def read_telegram_export(file: BinaryIO, name: str) -> Iterator[Read]:
    """What the export in `file` holds, in its order; `name` stands for the file in errors.

    Raises Unreadable where the file breaks off or is no export, after everything before that place.
    """
    events = json_events(file)
    try:
        if next(events)[0] != "start_map":
            raise Unreadable("import.not_an_export", file=name)
        yield from _export(events, LateIds(file), name)
        next(events, None)  # Whatever follows the export is an error of the parser.
    except BROKEN:
        # The parser's own words quote the text around the place.
        raise Unreadable("import.broken", file=name, position=file.tell()) from None


def _export(events: Iterator[Event], late: LateIds, name: str) -> Iterator[Read]:
    is_export = False
    numbers = count(1)
    own = _Chat(lambda: late.of(WHOLE_FILE))
    for key in members(events):
        first = next(events)
        is_export |= is_sign(key, first)
        if is_list_of_chats(key, first):
            for begun in chats(events):
                yield from _chat(events, begun, next(numbers), late)
        else:
            yield from own.read(key, first, events)
        if own.left_out:
            raise Unreadable("import.no_chat_id", file=name)
    if not is_export:
        raise Unreadable("import.not_an_export", file=name)


def _chat(events: Iterator[Event], first: Event, number: int, late: LateIds) -> Iterator[Read]:
    """A chat of an account: what is wrong with it is no reason to leave out the others."""
    if first[0] != "start_map":
        skip(events, first)
        yield ReadError(f"chat #{number}", "import.not_an_object")
        return
    chat = _Chat(lambda: late.of(number))
    for key in members(events):
        yield from chat.read(key, next(events), events)
    if chat.left_out:
        yield ReadError(_on_one_line(chat.name) or f"chat #{number}", "import.chat_left_out")


class _Chat:
    """One chat of the file, as far as its keys have been read. `late_id` finds an id that is yet to come."""

    def __init__(self, late_id: Callable[[], Any]) -> None:
        self._late_id = late_id
        self._id: Any = _NOT_READ
        self._key: CommunityKey | None = None
        self.name = ""
        self.left_out = False

    def read(self, key: str, first: Event, events: Iterator[Event]) -> Iterator[Read]:
        if key == MESSAGES and first[0] == "start_array":
            yield from self._read_messages(first, events)
        elif key == "id":
            self._id = value(events, first)
        elif key == "name":
            name = value(events, first)
            self.name = name if type(name) is str else ""
            if self._key is not None:
                yield Community(self._key, self.name)
        else:
            skip(events, first)

    def _read_messages(self, first: Event, events: Iterator[Event]) -> Iterator[Read]:
        if self._id is _NOT_READ:
            self._id = self._late_id()
        if self._key is None:
            self._key = _community_key(self._id)
        if self._key is None:
            skip(events, first)
            self.left_out = True
        else:
            yield Community(self._key, self.name)
            yield from _messages(events, self._key)


_NOT_READ = object()


def _community_key(id: Any) -> CommunityKey | None:
    if type(id) is not int or not fields.is_in_64_bits(id):
        return None
    return CommunityKey(Platform.TELEGRAM, bare(str(id), Platform.TELEGRAM))


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


def _on_one_line(name: str) -> str:
    """A chat's name as it may be printed: people write all sorts of characters into it."""
    seen = "".join(char if char.isprintable() else " " for char in name)
    return " ".join(seen.split())[:_LONGEST_NAME]


_LONGEST_PLACE = 40

# Telegram ends names here.
_LONGEST_NAME = 128
