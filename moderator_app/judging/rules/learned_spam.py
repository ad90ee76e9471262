"""Resemblance to known spam, by the learned score."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.learned.scorer import scores
from moderator_app.judging.learned.wording import finding

# Below it a score says nothing even beside other findings.
LEAST = 0.2


class LearnedSpam:
    id = "learned_spam"

    def __init__(self, book: RuleBook) -> None:
        """Needs nothing of the book yet."""

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        score, _ = scores(folded)
        if score < LEAST:
            return ()
        return (
            finding(self.id, Label.SPAM, score, folded, "finding.learned_spam.words", "finding.learned_spam.whole"),
        )
