"""Reads a list of authors as people type it: one `telegram:123` a line, a comment after `#`."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderator_app.domain.message import AuthorKey

COMMENT = "#"


@dataclass(frozen=True, slots=True)
class AuthorLines:
    """The authors of a text, and the numbers (from 0) of the lines that name none."""

    authors: frozenset[AuthorKey]
    wrong: tuple[int, ...]


def read_lines(text: str) -> AuthorLines:
    authors: set[AuthorKey] = set()
    wrong: list[int] = []
    for number, line in enumerate(text.split("\n")):
        entry = line.partition(COMMENT)[0].strip()
        if not entry:
            continue
        try:
            authors.add(AuthorKey.parse(entry))
        except ValueError:
            wrong.append(number)
    return AuthorLines(frozenset(authors), tuple(wrong))


def write_lines(authors: Iterable[AuthorKey]) -> str:
    """One author a line, by platform and then by number."""
    ordered = sorted(authors, key=lambda key: (key.platform, len(key.author), key.author))
    return "\n".join(str(key) for key in ordered)
