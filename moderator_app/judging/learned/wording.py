"""What the learned score has to say of a text, with its evidence."""

from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.learned import SPAM, TOXICITY, scorer
from moderator_app.judging.spans import as_written

# Resemblance is never sure, whatever the margin.
_MOST_CERTAIN = 0.97
_COLUMNS = {Label.SPAM: SPAM, Label.TOXICITY: TOXICITY}
_MOST_SHOWN = 40


def finding(rule: str, label: Label, score: float, folded: Folded, of_words: str, of_all: str) -> Finding:
    """One finding of `rule`: with the text id `of_words` when there are words that spoke for it, else `of_all`."""
    words = scorer.words(folded, _COLUMNS[label])
    shown = ", ".join([" ".join(folded.as_written(*word).split())[:_MOST_SHOWN] for word in words])
    return Finding(
        rule,
        label,
        min(score, _MOST_CERTAIN),
        of_words if shown else of_all,
        as_written(folded, words),
        (("words", shown),) if shown else (),
    )
