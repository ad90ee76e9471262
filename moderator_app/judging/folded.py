"""Normalised text that remembers where each of its characters came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moderator_app.judging.addresses import Address, find_addresses
from moderator_app.judging.alphabets import (
    CYRILLIC,
    CYRILLIC_LETTER,
    GREEK,
    LATIN,
    LATIN_LETTER,
    Script,
    read_as,
    script_of,
)
from moderator_app.judging.characters import ORDINARY_WORD, Offsets, fold_characters
from moderator_app.judging.disguises import Disguise, find_disguises
from moderator_app.judging.readings import WORD, Reading, read_clearly
from moderator_app.judging.spans import Span as Span
from moderator_app.judging.spans import begins_inside

if TYPE_CHECKING:
    from moderator_app.judging.learned.scorer import Scored


class Folded:
    """A text in two folded readings of equal length, both mapped back to the text as written.

    `plain` has case, compatibility forms, marks and invisible characters folded; in `text` letters of foreign
    alphabets and digits inside words are read as the letters they stand for, too. The prefix of a VK reply is blank in
    both. `mixed` are the spans, in either, of words with letters of several alphabets, `numbered` of those with digits
    that `text` does not read as letters.
    """

    __slots__ = (
        "_addresses",
        "_clear",
        "_disguises",
        "_offsets",
        "_words",
        "mixed",
        "numbered",
        "plain",
        "scored",
        "text",
        "written",
    )

    def __init__(
        self,
        written: str,
        plain: str,
        text: str,
        offsets: Offsets | None = None,
        mixed: tuple[Span, ...] = (),
        numbered: tuple[Span, ...] = (),
    ) -> None:
        self.written = written
        self.plain = plain
        self.text = text
        self.mixed = mixed
        self.numbered = numbered
        self._offsets = offsets
        self._words: list[str] | None = None
        self._addresses: tuple[Address, ...] | None = None
        self._disguises: tuple[Disguise, ...] | None = None
        self._clear: Reading | None = None
        # Kept by the learned scores, for the rules that ask for them.
        self.scored: Scored | None = None

    @property
    def words(self) -> list[str]:
        """The words of `text` in their order: runs of letters and digits."""
        if self._words is None:
            self._words = self._word.findall(self.text)
        return self._words

    def located_words(self) -> Iterator[tuple[str, int, int]]:
        """The words of `text` with their folded spans."""
        return ((match[0], match.start(), match.end()) for match in self._word.finditer(self.text))

    @property
    def _word(self) -> re.Pattern[str]:
        return ORDINARY_WORD if self._offsets is None else WORD

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The web addresses in `plain`, with their folded spans."""
        if self._addresses is None:
            self._addresses = find_addresses(self.plain, self._is_capital)
        return self._addresses

    @property
    def disguises(self) -> tuple[Disguise, ...]:
        """What may be words in disguise, none of them inside an address."""
        if self._disguises is None:
            found = find_disguises(self.plain, self.text, self.numbered)
            if found and self.addresses:
                addresses = [address.span for address in self.addresses]
                found = [disguise for disguise in found if not begins_inside(disguise.span, addresses)]
            self._disguises = tuple(found)
        return self._disguises

    @property
    def clear(self) -> Reading:
        """`text` with sure disguises taken off and drawn-out letters written once."""
        if self._clear is None:
            self._clear = read_clearly(self.text, self.disguises)
        return self._clear

    def span(self, start: int, end: int) -> Span:
        """The half-open span of the text as written that the folded characters [start, end) came from."""
        offsets = self._offsets
        if offsets is None:
            return start, end
        last = offsets[end - 1] + 1
        # Marks upon the last character belong to it; what nobody sees behind it does not.
        after = offsets[end] if end < len(offsets) else len(self.written)
        while after > last and unicodedata.category(self.written[after - 1]) in ("Cc", "Cf"):
            after -= 1
        return offsets[start], max(last, after)

    def _is_capital(self, index: int) -> bool:
        return self.as_written(index, index + 1).isupper()

    def as_written(self, start: int, end: int) -> str:
        """The folded characters [start, end) with the case they were written in."""
        if self._offsets is None:
            return self.written[start:end]
        pairs = ((self.written[self._offsets[index]], self.plain[index]) for index in range(start, end))
        return "".join(char if char.lower() == plain else plain for char, plain in pairs)


def fold(text: str) -> Folded:
    """Fold `text`. Takes any string, lone surrogates too."""
    plain, offsets = fold_characters(text)
    if "[" in plain:
        plain = _blank_reply_prefix(plain)
    folded = Folded(text, plain, plain, offsets)
    seam = _DIGIT_SEAM if plain.isascii() else _SEAM
    first = seam.search(plain)
    if first is not None:
        _read_look_alikes(folded, seam, first)
    return folded


_LETTER = r"[^\W\d_]"
_REPLY_PREFIX = re.compile(r"\s*\[(?:id|club|public|event)\d{1,20}(?::bp-?\d{1,20}_\d{1,20})?\|[^\[\]\n]{1,200}\],\s?")
# Where words may need another reading: a letter meets a digit, or a Latin or Greek letter a Cyrillic one.
_DIGIT_SEAM = re.compile(rf"[0-9@](?:(?={_LETTER})|(?<={_LETTER}.))")
_SEAM = re.compile(
    rf"[0-9@{LATIN}{GREEK}](?:(?=[{CYRILLIC}])|(?<=[{CYRILLIC}].)|(?<=[0-9@])(?:(?={_LETTER})|(?<={_LETTER}.)))"
)
_TOKEN = re.compile(rf"[^\W_]+(?:@(?<=[{CYRILLIC}]@)(?=[{CYRILLIC}])[^\W_]+)*")
_GREEK_TWIN = re.compile("[αβεηικνορτυχ]")
# Digits stand for letters inside a word; 3 and 6 in front of one, 0 behind it, in Cyrillic only.
_LEET = {
    Script.CYRILLIC: re.compile(rf"(?:[36](?={_LETTER}{{2}}))?{_LETTER}+(?:[01346@]{{1,2}}{_LETTER}+)*0?"),
    Script.LATIN: re.compile(rf"{_LETTER}+(?:[013457]{{1,2}}{_LETTER}+)+"),
}


def _blank_reply_prefix(plain: str) -> str:
    match = _REPLY_PREFIX.match(plain)
    return " " * match.end() + plain[match.end() :] if match else plain


def _read_look_alikes(folded: Folded, seam: re.Pattern[str], first: re.Match[str]) -> None:
    plain = folded.plain
    parts: list[str] = []
    mixed: list[Span] = []
    numbered: list[Span] = []
    end = 0
    found: re.Match[str] | None = first
    while found is not None:
        start, stop = _token_around(plain, end, found.start())
        word = plain[start:stop]
        several = _has_several_alphabets(word)
        reading = _read(word, folded.as_written(start, stop), several)
        parts += plain[end:start], reading
        end = stop
        if several:
            mixed.append((start, stop))
        if not reading.isalpha():
            numbered.append((start, stop))
        found = seam.search(plain, end)
    folded.text = "".join([*parts, plain[end:]])
    folded.mixed = tuple(mixed)
    folded.numbered = tuple(numbered)


def _token_around(plain: str, end: int, seam: int) -> Span:
    """The word at `seam`; what lies before `end` is done with, which keeps the search linear."""
    match = _TOKEN.search(plain, max(end, plain.rfind(" ", end, seam) + 1))
    while match is not None and match.end() <= seam:
        match = _TOKEN.search(plain, match.end())
    return match.span() if match is not None else (seam, seam + 1)


def _has_several_alphabets(word: str) -> bool:
    if word.isascii():
        return False
    found = (LATIN_LETTER.search(word), CYRILLIC_LETTER.search(word), _GREEK_TWIN.search(word))
    return sum(match is not None for match in found) > 1


def _read(word: str, written: str, several: bool) -> str:
    script = script_of(written)
    if script is None:
        return word
    digits = not word.isalpha() and _LEET[script].fullmatch(word) is not None
    return read_as(written, script, digits) if several or digits else word
