"""Reads a list as people type it: one entry a line, a comment after `#`."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from moderator_app.domain.errors import Refused
from moderator_app.domain.list_entries import kept_form, normalised
from moderator_app.domain.lists import ListKind

COMMENT = "#"


@dataclass(frozen=True, slots=True)
class EntryLines:
    """The entries of a text in the form in which they are kept, and the lines (numbered from 0) that hold none."""

    entries: frozenset[str]
    wrong: tuple[int, ...]


def read_lines(kind: ListKind, text: str) -> EntryLines:
    entries: set[str] = set()
    wrong: list[int] = []
    for number, line in enumerate(text.split("\n")):
        written = _written(line)
        if not written:
            continue
        found = _entry(kind, written)
        if found is None:
            wrong.append(number)
        else:
            entries.add(found)
    return EntryLines(frozenset(entries), tuple(wrong))


def write_lines(entries: Iterable[str]) -> str:
    return "\n".join(entries)


def why_wrong(kind: ListKind, line: str) -> Refused:
    """What is wrong with a line that holds no entry."""
    try:
        normalised(kind, _written(line))
    except Refused as refused:
        return refused
    raise ValueError(line)


def _written(line: str) -> str:
    return line.partition(COMMENT)[0].strip()


# The whole text is read again after every pause in typing.
_entry = lru_cache(maxsize=200_000)(kept_form)
