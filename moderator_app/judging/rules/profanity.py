"""Obscene words with their base forms: inflected, drawn out, masked, spaced and in other letters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice

from ahocorasick_rs import AhoCorasick, Implementation

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.profane import english, russian, transliterated
from moderator_app.judging.profane.disguises import find_disguised
from moderator_app.judging.profane.lexicon import LONGEST, Obscenity, look_up, shortened
from moderator_app.judging.readings import word_around
from moderator_app.judging.spans import MOST, as_written, begins_inside

_OBSCENE = 0.5
_Found = tuple[Obscenity, Span]
# Which of the stems, and where it begins and ends.
_Stem = tuple[int, int, int]


class Profanity:
    """Coarse and mild words stay below the threshold, unless a community counts them like the others."""

    id = "profanity"

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._counts_mild = any(policy.number(self.id, "mild") for policy in (book.default, *book.communities.values()))

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        disguised = find_disguised(folded)
        stems = _stems().find_matches_as_indexes(folded.text)
        if not disguised and not stems:
            return ()
        by_base_form: dict[str, list[_Found]] = {}
        for found in islice(_words(folded.text, disguised, stems), MOST):
            by_base_form.setdefault(found[0].base_form, []).append(found)
        least = _OBSCENE if self._counts_mild and self._is_strict(message) else 0.0
        return [self._finding(folded, base_form, found, least) for base_form, found in by_base_form.items()]

    def _is_strict(self, message: Message) -> bool:
        return bool(self._book.policy(message.key.community_key).number(self.id, "mild"))

    def _finding(self, folded: Folded, base_form: str, found: Sequence[_Found], least: float) -> Finding:
        score = max([obscenity.score for obscenity, _ in found])
        return Finding(
            self.id,
            Label.PROFANITY,
            max(score, least),
            "finding.profanity.obscene" if score >= _OBSCENE else "finding.profanity.coarse",
            as_written(folded, [span for _, span in found]),
            (("word", base_form), ("count", len(found))),
            base_form,
        )


def _words(text: str, disguised: Sequence[_Found], stems: Iterable[_Stem]) -> Iterator[_Found]:
    """Disguised words first: part of one may be obscene by itself."""
    plain = _plain_words(text, stems)
    if not disguised:
        return plain
    taken = [span for _, span in disguised]
    return chain(disguised, (found for found in plain if not begins_inside(found[1], taken)))


def _plain_words(text: str, stems: Iterable[_Stem]) -> Iterator[_Found]:
    """Only words that hold a stem are looked up: most hold none."""
    end = 0
    for _, place, _ in stems:
        if place < end:
            continue
        start, end = word_around(text, end, place)
        word = text[start:end]
        if word in english.PHRASE_HEADS and (phrase := _PHRASE.match(text, start)) is not None:
            end = phrase.end()
            yield _A_PHRASE, phrase.span()
            continue
        found = look_up(word if len(word) <= LONGEST else shortened(word))
        if found is not None and not (word in russian.DECENT_AT_TIMES and _is_decent_here(text, start, end)):
            yield found, (start, end)


def _is_decent_here(text: str, start: int, end: int) -> bool:
    return _DECENT.fullmatch(text, text.rfind(" ", 0, max(start - 1, 0)) + 1, end) is not None


_A_PHRASE = Obscenity(english.PHRASE_BASE, english.STRONG)
_PHRASE = re.compile(rf"(?:{english.PHRASES})\b")
_DECENT = re.compile(russian.DECENT_NEIGHBOURS)


@cache
def _stems() -> AhoCorasick:
    stems = [*english.STEMS, *transliterated.STEMS, *russian.STEMS]
    letters = "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz"
    drawn_out = {variant for stem in stems for variant in _doubled(stem)}
    return AhoCorasick(
        [*stems, *sorted(drawn_out), *(3 * letter for letter in letters)], implementation=Implementation.DFA
    )


def _doubled(stem: str) -> Iterator[str]:
    """`stem` with one letter or all of them twice."""
    yield "".join(2 * letter for letter in stem)
    for index, letter in enumerate(stem):
        yield stem[:index] + letter + stem[index:]
