"""Keeping the lists: what admins change is checked, stored as a new version of the rules, and judged by at once."""

import asyncio
from collections.abc import Iterable, Sequence

from moderator_app.domain.errors import Refused
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.list_entries import check_length, check_word, normalised_list
from moderator_app.domain.lists import ListKind, Lists, StopWord, WordKind
from moderator_app.domain.message import AuthorKey
from moderator_app.judging.folded import fold
from moderator_app.judging.rules.stop_words import StopWords
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import lists
from moderator_app.storage.database import Database

# Each costs memory and time for every message; words cost next to nothing.
MOST_PATTERNS = 2000


class ListKeeping:
    def __init__(self, database: Database, changes: Changes, clock: Clock = now) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock

    async def read(self) -> Lists:
        return await self._database.read(lists.read)

    async def set_authors(self, kind: ListKind, authors: Iterable[AuthorKey]) -> None:
        """Replace a list of authors."""
        await self.set_lines(kind, [str(key) for key in authors])

    async def set_lines(self, kind: ListKind, entries: Sequence[str]) -> None:
        """Replace a list of one line an entry. Raises Refused, naming the first entry that is wrong."""
        kept = await asyncio.to_thread(_kept_form, kind, entries)
        await self._database.write(lists.set_lines, kind, kept, self._clock())
        self._changes.wake()

    async def set_stop_words(self, words: Sequence[StopWord]) -> None:
        """Replace the stop words. Raises Refused, naming the entry, for an expression the engine cannot do."""
        await asyncio.to_thread(_check, words)
        await self._database.write(lists.set_stop_words, words, self._clock())
        self._changes.wake()


def _kept_form(kind: ListKind, entries: Sequence[str]) -> tuple[str, ...]:
    kept = normalised_list(kind, entries)
    if kind in (ListKind.MIXED_WORDS, ListKind.REPORT_WORDS):
        # As the checks read them in a message.
        return normalised_list(kind, [fold(entry).plain for entry in kept])
    return kept


def _check(words: Sequence[StopWord]) -> None:
    check_length(words)
    for number, word in enumerate(words, 1):
        check_word(word, number)
    patterns = tuple(word for word in words if word.kind is WordKind.PATTERN)
    if len(patterns) > MOST_PATTERNS:
        raise Refused("stop_word.too_many_patterns", count=len(patterns), most=MOST_PATTERNS)
    StopWords(RuleBook(lists=Lists(stop_words=patterns)))
