"""Scores folded texts, a batch ahead where there is one, and tells which words spoke for a score."""

from __future__ import annotations

from collections.abc import Sequence
from threading import local
from typing import TYPE_CHECKING

from moderator_app.judging.folded import Folded, Span

if TYPE_CHECKING:
    from moderator_app.judging.learned.model import Learned, Reading

Pair = Sequence[float]

_MOST_WORDS = 5
# A word is named when it spoke at least so much of what all words for the score did together.
_LEAST_SHARE = 0.08


class Scorer:
    """The two scores of each text, computed once for both rules that ask. Weights are loaded on first use."""

    def __init__(self, learned: Learned | None = None) -> None:
        self._learned = learned
        self._known: dict[int, tuple[Folded, int]] = {}
        self._reading: Reading | None = None
        self._scores: Sequence[Pair] = ()

    @property
    def learned(self) -> Learned:
        if self._learned is None:
            # Weights and numpy take too long for a window's start.
            from moderator_app.judging.learned.model import shipped

            self._learned = shipped()
        return self._learned

    def ahead(self, texts: Sequence[Folded]) -> None:
        """Score `texts` together, which costs a twentieth of scoring them one by one; forgets those of before."""
        self._reading = self.learned.read([folded.text for folded in texts])
        self._scores = self._reading.scores
        self._known = {id(folded): (folded, number) for number, folded in enumerate(texts)}

    def scores(self, folded: Folded) -> Pair:
        """The probabilities of spam and toxicity."""
        number = self._number(folded)
        return self._scores[number]

    def words(self, folded: Folded, column: int) -> tuple[Span, ...]:
        """The folded spans of the words that spoke most for `column`, strongest first; neighbours are one span."""
        number = self._number(folded)
        assert self._reading is not None
        if folded.text.isspace() or not folded.text:
            return ()
        page, place = self._reading.window(number, column)
        start = page.windows[place].start
        phrases = page.words(place, column, _MOST_WORDS, _LEAST_SHARE)
        return tuple((start + phrase[0][0], start + phrase[-1][1]) for phrase in phrases)

    def _number(self, folded: Folded) -> int:
        known = self._known.get(id(folded))
        if known is None or known[0] is not folded:
            self.ahead([folded])
            return 0
        return known[1]


def scorer() -> Scorer:
    """The scorer that all rules share in this thread."""
    found: Scorer | None = getattr(_of_thread, "scorer", None)
    if found is None:
        found = _of_thread.scorer = Scorer()
    return found


_of_thread = local()
