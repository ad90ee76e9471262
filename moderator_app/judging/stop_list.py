"""Searching one message for many stop words at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Protocol

from ahocorasick_rs import AhoCorasick, MatchKind

from moderator_app.domain.lists import StopWord, WordKind
from moderator_app.judging.folded import Folded, Span, fold
from moderator_app.judging.masks import MaskedWords, are_counted, may_hide_letters
from moderator_app.judging.morphology import inflections
from moderator_app.judging.readings import WORD, Reading, squeezed
from moderator_app.judging.sounds import sound_of_latin, sound_of_russian, sounds_of_latin, sounds_of_russian
from moderator_app.judging.spans import MOST
from moderator_app.judging.unicode_pattern import Pattern, PatternSet
from moderator_app.judging.word_index import Respelled, WordIndex

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
        self._searches = [search(by_kind[kind]) for kind, search in _SEARCHES.items() if kind in by_kind]

    def meet(self, texts: Sequence[Folded]) -> None:
        """Prepare for `hits` of `texts`: what their words have in common is looked up once."""
        for search in self._searches:
            if isinstance(search, _Words):
                search.meet(texts)

    def hits(self, folded: Folded) -> list[Hit]:
        """The entries found in a text that was met, with their folded spans; one entry may hit more than once."""
        return [hit for search in self._searches for hit in islice(search.hits(folded), _MOST_HITS)]


def _effective_kind(entry: StopWord) -> WordKind:
    """A "word" of signs, or with signs at its ends (an emoji, C++, @name), has neither forms nor boundaries."""
    text = entry.text.strip()
    if entry.kind is WordKind.WORD and (not fold(text).words or not (text[0].isalnum() and text[-1].isalnum())):
        return WordKind.SUBSTRING
    return entry.kind


class _Words:
    """Words and phrases in all their forms, disguised and in Latin letters, too."""

    def __init__(self, entries: list[StopWord]) -> None:
        self._entries = entries
        # What was met already: words that neither are nor sound like any of the list, those that do.
        self._passed: set[str] = set()
        self._listed: set[str] = set()
        self._foreign: set[str] = set()
        self._behind = lru_cache(maxsize=_MOST_DISGUISES)(self._reveal)

    def meet(self, texts: Sequence[Folded]) -> None:
        """Look the words of `texts` up, each once for all of them: most words are met again."""
        if len(self._passed) + len(self._foreign) > _MOST_MET:
            for met in (self._passed, self._listed, self._foreign):
                met.clear()
        words: set[str] = set()
        for folded in texts:
            # Where they are found now, they are in the processor's cache.
            words.update(folded.words)
        new = words - self._passed
        latin = [word for word in new if word.isascii() and not word.isdecimal()]
        listed = self._plain.first_among(new)
        foreign = {word for word, sound in zip(latin, sounds_of_latin(latin), strict=True) if self._sounds.knows(sound)}
        self._listed |= listed
        self._foreign |= foreign
        passed = new - listed - foreign
        self._passed.update([word for word in passed if len(word) <= _LONGEST_PASSED and not word.isdecimal()])

    def hits(self, folded: Folded) -> Iterator[Hit]:
        words = folded.words
        if not self._listed.isdisjoint(words):
            yield from _located(folded, self._plain.hits([(word,) for word in words]))
        if folded.clear.differs:
            yield from self._drawn_out(folded.clear)
        if folded.disguises:
            yield from self._disguised(folded)
        if not self._foreign.isdisjoint(words) and _ENGLISH.isdisjoint(words):
            yield from self._transliterated(folded)

    def _drawn_out(self, clear: Reading) -> Iterator[Hit]:
        """Hits in which at least one word was cleared: the others are found as they are."""
        if not any(self._squeezed.knows(squeezed(word)) for word in clear.cleared_words()):
            return
        located = list(WORD.finditer(clear.text))
        for entry, first, last in self._squeezed.hits([squeezed(match[0]) for match in located]):
            start, end = located[first].start(), located[last].end()
            if clear.is_cleared(start, end):
                yield entry, clear.span(start, end)

    def _disguised(self, folded: Folded) -> Iterator[Hit]:
        for disguise in folded.disguises:
            for entry in self._behind(disguise.spellings, disguise.parts):
                yield entry, disguise.span

    def _reveal(self, spellings: tuple[str, ...], parts: tuple[str, ...]) -> tuple[StopWord, ...]:
        found: list[StopWord] = []
        for spelling in spellings if len(spellings[0]) > _LONGEST_ABBREVIATION else ():
            found += self._plain.single(spelling)
            if spelling.isascii():
                found += self._sounds.single(sound_of_latin(spelling))
        counted = are_counted(parts)
        if (counted or may_hide_letters(parts)) and (form := self._masked.find(parts, counted=counted)) is not None:
            found += self._plain.single(form)
        return tuple(found)

    def _transliterated(self, folded: Folded) -> Iterator[Hit]:
        words = folded.words
        sounds = [sound_of_latin(word) if word.isascii() else sound_of_russian(word) for word in words]
        hits = self._sounds.hits(sounds)
        return _located(folded, (hit for hit in hits if any(word.isascii() for word in words[hit[1] : hit[2] + 1])))

    @cached_property
    def _plain(self) -> WordIndex:
        return WordIndex((entry, [inflections(word) for word in fold(entry.text).words]) for entry in self._entries)

    @cached_property
    def _squeezed(self) -> Respelled:
        return Respelled(self._plain, _all_squeezed)

    @cached_property
    def _sounds(self) -> Respelled:
        # As if й stood for ж, too, for many write both as j: `skazhi`, `skaji`.
        with_j = [(form, form.replace("ж", "й")) for form in self._plain.forms if "ж" in form]
        return Respelled(self._plain, _audible, with_j)

    @cached_property
    def _masked(self) -> MaskedWords:
        return MaskedWords(word for word in self._plain.single_words() if len(word) >= _SHORTEST_MASKED)


# Shorter Russian words are too often English ones in Latin letters, or anything when masked.
_SHORTEST_SOUND, _SHORTEST_MASKED = 5, 4
# т.е., и.о.
_LONGEST_ABBREVIATION = 2
# Where these stand, a magazine is no магазине.
_ENGLISH = frozenset(
    ["the", "and", "of", "is", "are", "you", "your", "for", "with", "this", "that", "my", "was", "has"]
)
_MOST_MET, _LONGEST_PASSED = 1 << 17, 30
_MOST_DISGUISES = 1 << 15


def _located(folded: Folded, hits: Iterable[tuple[StopWord, int, int]]) -> Iterator[Hit]:
    """`hits` with the spans of their words instead of the words' places."""
    spans = [(start, end) for _, start, end in folded.located_words()]
    return ((entry, (spans[first][0], spans[last][1])) for entry, first, last in hits)


def _all_squeezed(forms: Sequence[str]) -> list[str]:
    return squeezed("\n".join(forms)).split("\n")


def _audible(forms: Sequence[str]) -> list[str]:
    """What Russian words sound like; nothing of words in other letters and short ones."""
    sounds = zip(forms, sounds_of_russian(forms), strict=True)
    return [sound if len(sound) >= _SHORTEST_SOUND and not form.isascii() else "" for form, sound in sounds]


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
        for reading in _readings(folded):
            for index, start, end in self._automaton.find_matches_as_indexes(reading.text):
                yield self._list[index], reading.span(start, end)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        # Of hits that overlap only the longest counts: with all of them a long text could take forever.
        return AhoCorasick(list(self._entries), matchkind=MatchKind.LeftmostLongest)


class _Exact:
    def __init__(self, entries: list[StopWord]) -> None:
        self._entries = {" ".join(fold(entry.text).text.split()): entry for entry in entries}

    def hits(self, folded: Folded) -> Iterator[Hit]:
        for text in {folded.text, folded.clear.text}:
            entry = self._entries.get(" ".join(text.split()))
            if entry is None:
                continue
            start = len(folded.text) - len(folded.text.lstrip())
            yield entry, (start, len(folded.text.rstrip()))
            return


class _Patterns:
    def __init__(self, entries: list[StopWord]) -> None:
        self._entries = entries
        self._patterns = [Pattern(entry.text) for entry in entries]
        self._set = PatternSet(self._patterns)

    def hits(self, folded: Folded) -> Iterator[Hit]:
        for reading in _readings(folded):
            for index in self._set.matching(reading.text):
                for span in islice(self._patterns[index].spans(reading.text), MOST):
                    yield self._entries[index], reading.span(*span)


def _readings(folded: Folded) -> Iterator[Reading]:
    """The text with look-alikes read, as it is, and without disguises, each if it differs."""
    yield Reading(folded.text)
    if folded.text != folded.plain:
        yield Reading(folded.plain)
    if folded.clear.differs:
        yield folded.clear


class _Search(Protocol):
    def __init__(self, entries: list[StopWord]) -> None:
        """For `entries`, of which there is at least one."""

    def hits(self, folded: Folded) -> Iterator[Hit]:
        """The entries found, with their folded spans."""


_SEARCHES: dict[WordKind, type[_Search]] = {
    WordKind.WORD: _Words,
    WordKind.SUBSTRING: _Substrings,
    WordKind.EXACT: _Exact,
    WordKind.PATTERN: _Patterns,
}
