"""Resemblance to known toxic comments, by the learned score."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.learned.scorer import scores
from moderator_app.judging.learned.wording import finding

# A community may ask for more than the usual threshold gives, but not for everything.
_LEAST = 0.4


class Toxicity:
    id = "toxicity"

    def __init__(self, book: RuleBook) -> None:
        """Needs nothing of the book yet."""

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        _, score = scores(folded)
        if score < _LEAST:
            return ()
        return (finding(self.id, Label.TOXICITY, score, folded, "finding.toxicity.words", "finding.toxicity.whole"),)
