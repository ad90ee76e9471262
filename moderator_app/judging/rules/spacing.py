"""Abnormal spacing: letters set apart, words cut into pieces, more gaps than text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label, Parameter, noisy_or
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.morphology import is_word
from moderator_app.judging.numbers import least_number
from moderator_app.judging.short_words import SHORT_WORDS
from moderator_app.judging.spans import MOST, as_written, begins_inside

# Now and then somebody writes a w o r d so for its weight; hardly anybody two of them.
_SCORE = 0.35
_SCRAPS_SCORE = 0.45
_GAPS_SCORE = 0.35
_MOST_COUNTED = 3
_MOST_FOUND = 200
_MOST_SHOWN = 40

# By the lengths of words: five letters in a row, words so short that longer ones may be made of them.
_LETTERS = b"\x01" * 5
_SHORT = re.compile(rb"[\x01-\x04]{3,}")
_LONGER_THAN_SCRAPS = bytes(range(4, 256))
_LETTER = r"[^\W\d_](?![^\W_])"
# "А-А-А-А-А" is a cry.
_LEAST_DIFFERENT = 3
_APART = re.compile(rf"(?<![^\W_]){_LETTER}(?P<gap>(?:[^\w\n]|_){{1,3}}){_LETTER}(?:(?P=gap){_LETTER}){{3,60}}")
_LONGEST_SCRAP = 3
_NO_SCRAPS = frozenset(word for word in SHORT_WORDS if len(word) <= _LONGEST_SCRAP)
_LEAST_PIECES, _MOST_PIECES = 3, 10
# Two pieces that are no short words (0) so close, with such that are (1) between them, that half of a word may be odd.
_ODD_ONES = re.compile(rb"\x00\x01{0,2}\x00")
# A platform's longest message has fewer; a megabyte of pieces must come to an end.
_MOST_WORDS = 3000
_LEAST_JOINED = 6
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
# Short words one below the other, or with commas between them, are no pieces of one.
_LISTING = re.compile("[,;\n]")
# Of the characters; ordinary prose has a sixth.
_GAPS = 0.35
_WIDE = re.compile("  +")
_TOKEN = re.compile(r"\S+")


class Spacing:
    id = "spacing"

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._least_words = least_number(book, self.id, "words")
        self._least_share = least_number(book, self.id, "share")

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        words = folded.words
        if len(words) < _LEAST_PIECES:
            return ()
        lengths = _lengths(words)
        if _LETTERS in lengths and (found := self._apart(folded)):
            return found
        if not folded.text.isascii() and (found := self._split(folded, lengths)):
            return found
        if len(words) < self._least_words:
            return ()
        scraps = len(lengths.translate(None, _LONGER_THAN_SCRAPS))
        if scraps >= self._least_share * len(words):
            scraps -= sum(map(_NO_SCRAPS.__contains__, words))
        if scraps >= self._least_share * len(words) or "  " in message.text:
            return self._uneven(message, folded)
        return ()

    def _apart(self, folded: Folded) -> tuple[Finding, ...]:
        spans = [match.span() for match in islice(_APART.finditer(folded.plain), _MOST_FOUND)]
        words = [("".join(filter(str.isalnum, folded.text[start:end])), (start, end)) for start, end in spans]
        words = [(word, span) for word, span in words if len(set(word)) >= _LEAST_DIFFERENT]
        if words and folded.addresses:
            addresses = [address.span for address in folded.addresses]
            words = [(word, span) for word, span in words if not begins_inside(span, addresses)]
        return self._of_words(folded, "finding.spacing.apart", words) if words else ()

    def _split(self, folded: Folded, lengths: bytes) -> tuple[Finding, ...]:
        words = _split_words(folded, lengths)
        return self._of_words(folded, "finding.spacing.split", words[:_MOST_FOUND]) if words else ()

    def _of_words(self, folded: Folded, text_id: str, words: list[tuple[str, Span]]) -> tuple[Finding, ...]:
        distinct = list(dict.fromkeys(word for word, _ in words))
        score = noisy_or([_SCORE] * min(len(distinct), _MOST_COUNTED))
        parameters: tuple[tuple[str, Parameter], ...] = (("word", distinct[0][:_MOST_SHOWN]), ("count", len(distinct)))
        spans = as_written(folded, (span for _, span in words))
        return (Finding(self.id, Label.SPAM, score, text_id, spans, parameters),)

    def _uneven(self, message: Message, folded: Folded) -> tuple[Finding, ...]:
        text, words = message.text, _outside_addresses(folded)
        count = len(words)
        number = self._book.policy(message.key.community_key).number
        least = number(self.id, "words")
        if count < least:
            return ()
        scraps = [(start, end) for word, start, end in words if _is_scrap(word)]
        if len(scraps) >= number(self.id, "share") * count and count - len(_LISTING.findall(text)) >= least:
            spans = as_written(folded, scraps)
            return self._of_text("finding.spacing.scraps", _SCRAPS_SCORE, len(scraps) / count, spans)
        gaps = text.count(" ")
        if gaps < 2 * count or gaps < _GAPS * len(text):
            return ()
        wide = tuple([match.span() for match in islice(_WIDE.finditer(text), MOST)])
        return self._of_text("finding.spacing.gaps", _GAPS_SCORE, gaps / len(text), wide) if wide else ()

    def _of_text(self, text_id: str, score: float, share: float, spans: tuple[Span, ...]) -> tuple[Finding, ...]:
        return (Finding(self.id, Label.SPAM, score, text_id, spans, (("percent", round(100 * share)),)),)


def _lengths(words: list[str]) -> bytes:
    try:
        return bytes(map(len, words))
    except ValueError:
        return bytes(min(len(word), 255) for word in words)


def _outside_addresses(folded: Folded) -> list[tuple[str, int, int]]:
    """The words with their folded spans; parts of web and e-mail addresses and of mentions are none."""
    words = list(folded.located_words())
    starts = [address.span[0] for address in folded.addresses]
    if not starts and "@" not in folded.plain:
        return words
    tokens = [(match.span(), match[0]) for match in _TOKEN.finditer(folded.plain)]
    addressed = [span for span, token in tokens if "@" in token or _holds_any(span, starts)]
    return [each for each in words if not begins_inside(each[1:], addressed)]


def _holds_any(span: Span, places: Sequence[int]) -> bool:
    return bisect_left(places, span[0]) < bisect_left(places, span[1])


def _is_scrap(word: str) -> bool:
    return len(word) <= _LONGEST_SCRAP and word not in SHORT_WORDS and word.isalpha()


def _split_words(folded: Folded, lengths: bytes) -> list[tuple[str, Span]]:
    """Words of the dictionary that pieces with nothing but spaces between them make: `за ра бо ток`."""
    words, located = folded.words, None
    found: list[tuple[str, Span]] = []
    for run in _SHORT.finditer(lengths, 0, _MOST_WORDS):
        first, last = run.span()
        pieces = words[first:last]
        # Numbers and Latin letters are odd, too, but no part of a Russian word.
        if _ODD_ONES.search(bytes([piece < "а" or piece in SHORT_WORDS for piece in pieces])) is None:
            continue
        for word, start, end in _joined(pieces):
            located = located or list(folded.located_words())
            span = located[first + start][1], located[first + end - 1][2]
            if not folded.text[slice(*span)].replace(" ", "").strip(_CYRILLIC):
                found.append((word, span))
    return found


def _joined(pieces: list[str]) -> Iterator[tuple[str, int, int]]:
    """Words, apart from each other, that neighbouring pieces make, at least half of which are odd by themselves."""
    odd = [piece not in SHORT_WORDS for piece in pieces]
    start, last = 0, len(pieces)
    while start + _LEAST_PIECES <= last:
        word, strange, found = pieces[start] + pieces[start + 1], odd[start] + odd[start + 1], 0
        for end in range(start + _LEAST_PIECES, min(last, start + _MOST_PIECES) + 1):
            word += pieces[end - 1]
            strange += odd[end - 1]
            cyrillic = word >= "а" <= pieces[end - 1]
            if cyrillic and 2 * strange >= end - start and len(word) >= _LEAST_JOINED and is_word(word):
                found = end
                break
        if found:
            yield word, start, found
        start = found or start + 1
