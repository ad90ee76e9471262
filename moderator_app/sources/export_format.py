"""Tells from a file's beginning what kind of export it is."""

import io
import json
from enum import Enum, auto
from pathlib import Path

from moderator_app.sources.export_layout import CHATS, MESSAGES
from moderator_app.sources.json_events import BROKEN, json_events, skip

HEAD = 64 * 1024


class ExportFormat(Enum):
    TELEGRAM = auto()
    LINES = auto()


def sniff(path: Path, head: bytes) -> ExportFormat | None:
    """Decide by the first `HEAD` bytes, then by the file's name; None for what is no export."""
    keys, ended = _top_level(head)
    if "text" not in keys and (MESSAGES in keys or CHATS & keys):
        return ExportFormat.TELEGRAM
    if path.suffix.lower() in _LINE_SUFFIXES or "text" in keys or _has_message_line(head):
        return ExportFormat.LINES
    # The whole account's export may tell about profile and contacts for long before its chats begin.
    return ExportFormat.TELEGRAM if keys and not ended else None


_LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})


def _top_level(head: bytes) -> tuple[set[str], bool]:
    """The keys of the object that the file begins with, and whether it ends within `head`."""
    keys: set[str] = set()
    events = json_events(io.BytesIO(head))
    try:
        if next(events)[0] != "start_map":
            return keys, True
        for kind, key in events:
            if kind == "end_map":
                return keys, True
            keys.add(key)
            skip(events, next(events))
    except BROKEN:
        pass
    return keys, False


def _has_message_line(head: bytes) -> bool:
    return any(_is_message(line) for line in head.split(b"\n")[:_LINES_TRIED])


_LINES_TRIED = 100


def _is_message(line: bytes) -> bool:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and ("text" in found or "id" in found)
