"""Searching one message for many stop words at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from ahocorasick_rs import AhoCorasick, MatchKind

from moderator_app.domain.lists import StopWord, WordKind
from moderator_app.judging.folded import Folded, Span, fold
from moderator_app.judging.morphology import inflections
from moderator_app.judging.spans import MOST
from moderator_app.judging.unicode_pattern import Pattern, PatternSet

Hit = tuple[StopWord, Span]

# Of each kind and message: a megabyte of one stop word is no better known by a hundred thousand hits.
_MOST_HITS = 1000


class StopList:
    """The stop words in force in one community. Raises Refused for a pattern that RE2 refuses."""

    def __init__(self, entries: Iterable[StopWord]) -> None:
        by_kind: dict[WordKind, list[StopWord]] = defaultdict(list)
        for entry in entries:
            if entry.text.strip():
                by_kind[_effective_kind(entry)].append(entry)
        self._searches = (
            _Words(by_kind[WordKind.WORD]),
            _Substrings(by_kind[WordKind.SUBSTRING]),
            _Exact(by_kind[WordKind.EXACT]),
            _Patterns(by_kind[WordKind.PATTERN]),
        )

    def hits(self, folded: Folded) -> Iterator[Hit]:
        """The entries found, with their folded spans; one entry may hit more than once."""
        for search in self._searches:
            yield from islice(search.hits(folded), _MOST_HITS)


def _effective_kind(entry: StopWord) -> WordKind:
    """A "word" of signs, or with signs at its ends (an emoji, C++, @name), has neither forms nor boundaries."""
    text = entry.text.strip()
    if entry.kind is WordKind.WORD and (not fold(text).words or not (text[0].isalnum() and text[-1].isalnum())):
        return WordKind.SUBSTRING
    return entry.kind


class _Words:
    """Words and phrases in all their forms, found by the first word: the cost does not grow with the list."""

    def __init__(self, entries: list[StopWord]) -> None:
        self._entries = entries

    def hits(self, folded: Folded) -> Iterator[Hit]:
        if not self._entries or self._by_first.keys().isdisjoint(folded.words):
            return
        words = folded.words
        spans = [(start, end) for _, start, end in folded.located_words()]
        for index, word in enumerate(words):
            for entry, rest in self._by_first.get(word, ()):
                last = index + len(rest)
                if last < len(words) and all(map(frozenset.__contains__, rest, words[index + 1 : last + 1])):
                    yield entry, (spans[index][0], spans[last][1])

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[StopWord, tuple[frozenset[str], ...]]]]:
        """Each form of a first word with its entries and the forms of the words that follow."""
        found: defaultdict[str, list[tuple[StopWord, tuple[frozenset[str], ...]]]] = defaultdict(list)
        for entry in self._entries:
            forms = tuple(inflections(word) for word in fold(entry.text).words)
            for form in forms[0]:
                found[form].append((entry, forms[1:]))
        return dict(found)


class _Substrings:
    def __init__(self, entries: list[StopWord]) -> None:
        self._entries: dict[str, StopWord] = {}
        for entry in entries:
            folded = fold(entry.text)
            for text in (folded.text.strip(), folded.plain.strip()):
                if text:
                    self._entries.setdefault(text, entry)
        self._list = list(self._entries.values())

    def hits(self, folded: Folded) -> Iterator[Hit]:
        if not self._list:
            return
        for text in _readings(folded):
            for index, start, end in self._automaton.find_matches_as_indexes(text):
                yield self._list[index], (start, end)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        # Of hits that overlap only the longest counts: with all of them a long text could take forever.
        return AhoCorasick(list(self._entries), matchkind=MatchKind.LeftmostLongest)


class _Exact:
    def __init__(self, entries: list[StopWord]) -> None:
        self._entries = {" ".join(fold(entry.text).text.split()): entry for entry in entries}

    def hits(self, folded: Folded) -> Iterator[Hit]:
        if not self._entries:
            return
        entry = self._entries.get(" ".join(folded.text.split()))
        if entry is not None:
            start = len(folded.text) - len(folded.text.lstrip())
            yield entry, (start, len(folded.text.rstrip()))


class _Patterns:
    def __init__(self, entries: list[StopWord]) -> None:
        self._entries = entries
        self._patterns = [Pattern(entry.text) for entry in entries]
        self._set = PatternSet(self._patterns)

    def hits(self, folded: Folded) -> Iterator[Hit]:
        if not self._entries:
            return
        for text in _readings(folded):
            for index in self._set.matching(text):
                for span in islice(self._patterns[index].spans(text), MOST):
                    yield self._entries[index], span


def _readings(folded: Folded) -> tuple[str, ...]:
    return (folded.text,) if folded.text == folded.plain else (folded.text, folded.plain)
