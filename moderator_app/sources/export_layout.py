"""Knows where the chats stand in Telegram Desktop's result.json."""

from collections.abc import Iterator

from moderator_app.sources.json_events import Event, elements, members, skip

# The file is one chat, or an account with lists of chats.
CHATS = frozenset({"chats", "left_chats"})
MESSAGES = "messages"

_SIGNS = {(MESSAGES, "start_array")} | {(key, "start_map") for key in CHATS}


def is_sign(key: str, first: Event) -> bool:
    """Whether the value that begins with `first` under a key of the file's object makes it an export."""
    return (key, first[0]) in _SIGNS


def is_list_of_chats(key: str, first: Event) -> bool:
    return key in CHATS and first[0] == "start_map"


def chats(events: Iterator[Event]) -> Iterator[Event]:
    """The first event of each chat in a list of chats just begun; the caller takes the rest of it."""
    for key in members(events):
        first = next(events)
        if key == "list" and first[0] == "start_array":
            yield from elements(events)
        else:
            skip(events, first)
