"""How far each chat, and its admin log, was read in full; what arrived live beyond a gap does not count."""

import json
from collections.abc import Mapping
from typing import Any, Self

# Of another layout a cursor tells nothing: the chats are read as at the first time, and known messages add nothing.
_LAYOUT = 1


class ReadState:
    """By bare chat ids, and by names for logs. All up to the id was delivered, if it was there to be read."""

    def __init__(self, read: Mapping[str, int] | None = None) -> None:
        self._read = dict(read or {})

    @classmethod
    def load(cls, cursor: str) -> Self:
        """What `dump` wrote; nothing for any other text."""
        try:
            found: Any = json.loads(cursor) if cursor else {}
        except ValueError:
            return cls()
        if not isinstance(found, dict) or found.get("layout") != _LAYOUT or not isinstance(found.get("read"), dict):
            return cls()
        return cls({chat: id for chat, id in found["read"].items() if type(id) is int and id >= 0})

    def dump(self) -> str:
        return json.dumps({"layout": _LAYOUT, "read": self._read}, separators=(",", ":"), sort_keys=True)

    def up_to(self, chat: str) -> int | None:
        """None for a chat that was never read."""
        return self._read.get(chat)

    def advance(self, read: Mapping[str, int]) -> bool:
        """Take over what was read since; returns whether that is news. No chat goes back."""
        newer = {chat: id for chat, id in read.items() if id > self._read.get(chat, -1)}
        self._read |= newer
        return bool(newer)
