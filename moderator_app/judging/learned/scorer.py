"""Scores folded texts, many at a time where there are many, and tells which words spoke for a score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from moderator_app.judging.folded import Folded, Span

if TYPE_CHECKING:
    from moderator_app.judging.learned.model import Reading

Pair = Sequence[float]

_MOST_WORDS = 5


class Scored(NamedTuple):
    """The probabilities of spam and toxicity of a text, and where in `reading` stands why."""

    scores: Pair
    reading: Reading
    number: int


def score_all(texts: Sequence[Folded]) -> None:
    """Score `texts` together, which costs a twentieth of scoring them one by one."""
    # Weights and numpy take too long for a window's start.
    from moderator_app.judging.learned.model import shipped

    reading = shipped().read([folded.text for folded in texts])
    for number, (folded, scores) in enumerate(zip(texts, reading.scores, strict=True)):
        folded.scored = Scored(scores, reading, number)


def scores(folded: Folded) -> Pair:
    """The probabilities of spam and toxicity, found once for all that ask."""
    return _scored(folded).scores


def words(folded: Folded, column: int) -> tuple[Span, ...]:
    """The folded spans of the words that spoke most for `column`, strongest first; neighbours are one span."""
    _, reading, number = _scored(folded)
    if folded.text.isspace() or not folded.text:
        return ()
    page, place = reading.window(number, column)
    start = page.windows[place].start
    phrases = page.words(place, column, _MOST_WORDS)
    return tuple([(start + phrase[0][0], start + phrase[-1][1]) for phrase in phrases])


def _scored(folded: Folded) -> Scored:
    if folded.scored is None:
        score_all([folded])
    scored = folded.scored
    assert scored is not None
    return scored
