"""Keeping the lists: what admins change is checked, stored as a new version of the rules, and judged by at once."""

import asyncio
from collections.abc import Collection, Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import ListKind, Lists, StopWord, WordKind
from moderator_app.domain.message import AuthorKey
from moderator_app.judging.rules.stop_words import StopWords
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import lists
from moderator_app.storage.database import Database


class ListKeeping:
    def __init__(self, database: Database, changes: Changes, clock: Clock = now) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock

    async def read(self) -> Lists:
        return await self._database.read(lists.read)

    async def set_authors(self, kind: ListKind, authors: Collection[AuthorKey]) -> None:
        """Replace the whitelist or the blacklist."""
        await self._database.write(lists.set_authors, kind, authors, self._clock())
        self._changes.wake()

    async def set_stop_words(self, words: Sequence[StopWord]) -> None:
        """Replace the stop words. Raises Refused, naming the entry, for an expression the engine cannot do."""
        patterns = tuple(word for word in words if word.kind is WordKind.PATTERN)
        await asyncio.to_thread(StopWords, RuleBook(lists=Lists(stop_words=patterns)))
        await self._database.write(lists.set_stop_words, words, self._clock())
        self._changes.wake()
