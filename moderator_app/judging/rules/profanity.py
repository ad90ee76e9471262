"""Obscene words with their base forms: inflected, drawn out, masked, spaced and in other letters."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice

from ahocorasick_rs import AhoCorasick

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.profane import english, russian
from moderator_app.judging.profane.disguises import find_disguised
from moderator_app.judging.profane.lexicon import LONGEST, Obscenity, look_up, shortened
from moderator_app.judging.spans import MOST, as_written

_OBSCENE = 0.5


class Profanity:
    id = "profanity"

    def __init__(self, book: RuleBook) -> None:
        """Needs nothing of the book yet."""

    def look(self, message: Message, folded: Folded) -> Iterator[Finding]:
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        scores: dict[str, float] = {}
        for found, span in islice(chain(_plain_words(folded), find_disguised(folded)), MOST):
            spans[found.base_form].append(span)
            scores[found.base_form] = max(found.score, scores.get(found.base_form, 0.0))
        for base_form, score in scores.items():
            yield Finding(
                self.id,
                Label.PROFANITY,
                score,
                "finding.profanity.obscene" if score >= _OBSCENE else "finding.profanity.coarse",
                as_written(folded, spans[base_form]),
                (("word", base_form), ("count", len(spans[base_form]))),
                base_form,
            )


def _plain_words(folded: Folded) -> Iterator[tuple[Obscenity, Span]]:
    """Only words that hold a stem are looked up: most messages hold none."""
    stems = iter(_stems().find_matches_as_indexes(folded.text))
    stem = next(stems, None)
    if stem is None:
        return
    for word, start, end in folded.located_words():
        while stem is not None and stem[1] < start:
            stem = next(stems, None)
        if stem is None:
            return
        if stem[1] < end:
            found = look_up(word if len(word) <= LONGEST else shortened(word))
            if found is not None:
                yield found, (start, end)


@cache
def _stems() -> AhoCorasick:
    letters = "абвгдежзийклмнопрстуфхцчшщъыьэюя" + "abcdefghijklmnopqrstuvwxyz"
    return AhoCorasick([*russian.STEMS, *english.STEMS, *(3 * letter for letter in letters)])
