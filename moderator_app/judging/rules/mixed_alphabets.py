"""Letters of different alphabets in one word: `шкоlolo`, `Зaработок`."""

import re
from collections.abc import Iterator

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label, noisy_or
from moderator_app.judging.alphabets import CYRILLIC_LETTER, LATIN_LETTER
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.spans import as_written, begins_inside

# One such word is a slip of the keyboard as often as a disguise.
_SCORE = 0.35
_MOST_COUNTED = 3
_ROMAN = re.compile("[ivxlcdmхсм]+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


class MixedAlphabets:
    id = "mixed_alphabets"

    def __init__(self, book: RuleBook) -> None:
        self._allowed = book.lists.mixed_words

    def look(self, message: Message, folded: Folded) -> Iterator[Finding]:
        if not folded.mixed:
            return
        addresses = [address.span for address in folded.addresses]
        words = [span for span in folded.mixed if self._counts(folded, span) and not begins_inside(span, addresses)]
        if words:
            distinct = {folded.plain[start:end] for start, end in words}
            spans = as_written(folded, words)
            start, end = spans[0]
            yield Finding(
                self.id,
                Label.SPAM,
                noisy_or([_SCORE] * min(len(distinct), _MOST_COUNTED)),
                "finding.mixed_alphabets.words",
                spans,
                (("word", message.text[start:end][:40]), ("count", len(distinct))),
            )

    def _counts(self, folded: Folded, span: Span) -> bool:
        return folded.plain[span[0] : span[1]] not in self._allowed and _is_disguise(folded, span)


def _is_disguise(folded: Folded, span: Span) -> bool:
    """Digits part a word, so that `x2раза` passes; so do smiles of two letters (`хD`) and Roman numerals.

    Neither is the Latin ë disguise: some keyboards have no other.
    """
    written = folded.written[slice(*folded.span(*span))]
    word = folded.plain[span[0] : span[1]] if "ë" not in written.lower() else written.lower().replace("ë", "е")
    return _ROMAN.fullmatch(word) is None and any(_several(part) for part in _LETTERS.findall(word))


def _several(letters: str) -> bool:
    alphabets = (LATIN_LETTER.search(letters), CYRILLIC_LETTER.search(letters))
    return all(alphabets) or (any(alphabets) and any("α" <= letter <= "ω" for letter in letters))
