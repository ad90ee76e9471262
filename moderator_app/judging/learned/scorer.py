"""Scores folded texts, a batch ahead where there is one, and tells which words spoke for a score."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.learned.model import Learned, shipped

Pair = tuple[float, float]

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MOST_WORDS = 5
# A word is named when it spoke at least so much of what all words for the score did together.
_LEAST_SHARE = 0.08


class Scorer:
    """The two scores of each text, computed once for both rules that ask. Weights are loaded on first use."""

    def __init__(self, learned: Learned | None = None) -> None:
        self._learned = learned
        self._known: dict[int, tuple[Folded, Pair]] = {}

    @property
    def learned(self) -> Learned:
        if self._learned is None:
            self._learned = shipped()
        return self._learned

    def ahead(self, texts: Sequence[Folded]) -> None:
        """Score `texts` together, which costs a twentieth of scoring them one by one; forgets those of before."""
        scores = self.learned.scores([folded.text for folded in texts]).tolist()
        self._known = {id(folded): (folded, (row[0], row[1])) for folded, row in zip(texts, scores, strict=True)}

    def scores(self, folded: Folded) -> Pair:
        """The probabilities of spam and toxicity."""
        known = self._known.get(id(folded))
        if known is None or known[0] is not folded:
            self.ahead([folded])
            known = self._known[id(folded)]
        return known[1]

    def words(self, folded: Folded, column: int) -> tuple[Span, ...]:
        """The folded spans of the words that spoke most for `column`, strongest first; neighbours are one span."""
        start, spoken = self.learned.spoken(folded.text, column)
        total = np.concatenate([[0.0], np.cumsum(spoken)])
        window = folded.text[start : start + len(spoken)]
        tokens = [match.span() for match in _TOKEN.finditer(window)]
        said = {(begin, end): float(total[end] - total[begin]) for begin, end in tokens}
        least = _LEAST_SHARE * sum(value for value in said.values() if value > 0)
        strongest = sorted(said, key=lambda span: -said[span])[:_MOST_WORDS]
        chosen = {span for span in strongest if said[span] > 0 and said[span] >= least}
        phrases = sorted(_phrases(tokens, chosen, window), key=lambda span: -(total[span[1]] - total[span[0]]))
        return tuple((start + begin, start + end) for begin, end in phrases)


@cache
def scorer() -> Scorer:
    """The scorer that all rules of this process share."""
    return Scorer()


def _phrases(tokens: Sequence[Span], chosen: set[Span], text: str) -> Iterator[Span]:
    """The chosen tokens; those with nothing but space between them joined."""
    phrase: Span | None = None
    for token in tokens:
        if token not in chosen:
            if phrase is not None:
                yield phrase
            phrase = None
        elif phrase is None:
            phrase = token
        else:
            phrase = phrase[0], token[1]
    if phrase is not None:
        yield phrase
