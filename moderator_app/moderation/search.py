"""Searches everything that was ever stored: words in all their forms, and what is known of messages."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from moderator_app.domain.search import COMMON_VALUES, Found, Hit, SearchQuery, Values, Words, parse
from moderator_app.judging.word_forms import forms_of
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import search
from moderator_app.storage.database import Database


class Search:
    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock

    async def find(self, text: str, values: Values = COMMON_VALUES) -> Found:
        """The newest messages that fit what was written.

        `values` are the words for closed choices, in the languages in which they may be written. Raises Refused, naming
        what cannot be understood.
        """
        query = parse(text, values, self._clock())
        # The first look into the dictionary reads it.
        words, without = await asyncio.to_thread(_expressions, query)
        found = await self._database.read(search.find, query, words, without)
        forms, prefixes = _marked(query)
        return replace(found, forms=forms, prefixes=prefixes)

    async def hits(self, found: Found, messages: Sequence[int]) -> tuple[Hit, ...]:
        """Some of the messages found."""
        return await self._database.read(search.hits, messages, found.forms, found.prefixes)


def _expressions(query: SearchQuery) -> tuple[str, str]:
    """What the index of words is asked for: what must stand in a message, and what must not."""
    wanted = [_expression(each) for each in query.words if not each.without]
    unwanted = [_expression(each) for each in query.words if each.without]
    return " AND ".join(wanted), " OR ".join(unwanted)


def _expression(words: Words) -> str:
    if len(words.words) > 1 or words.exact or words.prefix:
        # Letters and figures alone: nothing in it has a meaning for the index.
        return f'"{" ".join(words.words)}"' + ("*" if words.prefix else "")
    return "(" + " OR ".join(f'"{form}"' for form in sorted(forms_of(words.words[0]))) + ")"


def _marked(query: SearchQuery) -> tuple[frozenset[str], tuple[str, ...]]:
    forms: set[str] = set()
    prefixes: list[str] = []
    for each in query.words:
        if each.without:
            continue
        if each.prefix:
            prefixes.append(each.words[-1])
        forms |= set(each.words) if len(each.words) > 1 or each.exact else forms_of(each.words[0])
    return frozenset(forms), tuple(prefixes)
