"""Reads a list as people type it: one entry a line, a comment after `#`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from moderator_app.domain.errors import Refused
from moderator_app.domain.list_entries import normalised
from moderator_app.domain.lists import ListKind

COMMENT = "#"


@dataclass(frozen=True, slots=True)
class EntryLines:
    """The entries of a text in the form in which they are kept, and why lines (numbered from 0) hold none."""

    entries: frozenset[str]
    wrong: tuple[tuple[int, Refused], ...]


def read_lines(kind: ListKind, text: str) -> EntryLines:
    entries: set[str] = set()
    wrong: list[tuple[int, Refused]] = []
    for number, line in enumerate(text.split("\n")):
        written = line.partition(COMMENT)[0].strip()
        if not written:
            continue
        found = _entry(kind, written)
        if isinstance(found, Refused):
            wrong.append((number, found))
        else:
            entries.add(found)
    return EntryLines(frozenset(entries), tuple(wrong))


def write_lines(entries: Iterable[str]) -> str:
    return "\n".join(entries)


# The whole text is read again after every pause in typing.
@lru_cache(maxsize=200_000)
def _entry(kind: ListKind, written: str) -> str | Refused:
    try:
        return normalised(kind, written)
    except Refused as refused:
        # What is kept must not keep the frames in which it was raised.
        return refused.with_traceback(None)
