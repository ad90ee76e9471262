"""Shows what another model, or another prompt, would change about the newest messages, before it is taken into use."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from moderator_app.domain.ai import Check, Use
from moderator_app.domain.ai_ports import Classifier
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.policy import combine
from moderator_app.domain.verdict import Finding
from moderator_app.moderation.ai_budget import Budget
from moderator_app.moderation.ai_questions import Asking, asking, batches
from moderator_app.storage import ai_candidates, ai_checks, verdicts
from moderator_app.storage.ai_candidates import Candidate
from moderator_app.storage.database import Database

AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A message that would be judged otherwise; `flagged` says what it is and would be."""

    text: str
    spam: tuple[float, float]
    flagged: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of asking about `messages` again, of which `unanswered` got no answer. `error`: what ended it early."""

    messages: int
    unanswered: int
    changes: tuple[Change, ...]
    use: Use = field(default_factory=Use)
    error: ModeratorError | None = None

    @property
    def enter(self) -> int:
        """How many would enter the queue."""
        return sum(change.flagged == (False, True) for change in self.changes)

    @property
    def leave(self) -> int:
        return sum(change.flagged == (True, False) for change in self.changes)


# Two answers that differ less say the same.
_NOTABLE = 0.2


class Preview:
    """Stores nothing but what it cost."""

    def __init__(self, database: Database, book: Callable[[], RuleBook], budget: Budget) -> None:
        self._database, self._book, self._budget = database, book, budget

    async def compare(self, classifier: Classifier, count: int) -> Comparison:
        """Ask about the `count` newest messages that have an answer, and tell what would be judged otherwise."""
        before = self._budget.used
        candidates = await self._database.read(ai_candidates.answered, count)
        asked = [self._asking(each, classifier.edition) for each in candidates]
        checks, error = await _ask(classifier, asked)
        ids = [each.id for each in candidates]
        former = await self._database.read(ai_checks.answers_of, ids)
        standing = await self._database.read(verdicts.findings_of, ids)
        changes = self._changes(candidates, checks, former, standing)
        use = self._budget.used - before
        return Comparison(len(candidates), len(candidates) - len(checks), changes, use, error)

    def _asking(self, candidate: Candidate, edition: str) -> Asking:
        ai = self._book().policy(candidate.message.key.community_key).ai
        return asking(candidate.id, candidate.message.text, edition, masking=ai.mask)

    def _changes(
        self,
        candidates: Sequence[Candidate],
        checks: Mapping[int, Check],
        former: Mapping[int, Check],
        standing: Mapping[int, Sequence[Finding]],
    ) -> tuple[Change, ...]:
        changes = []
        for each in candidates:
            then, now = former[each.id].answer, checks[each.id].answer if each.id in checks else None
            if then is None or now is None:
                continue
            policy = self._book().policy(each.message.key.community_key)
            found = ai_checks.merged(standing.get(each.id, ()), checks[each.id], policy)
            flagged = each.flagged, combine(found, policy).flagged
            if flagged[0] != flagged[1] or abs(then.spam - now.spam) >= _NOTABLE:
                changes.append(Change(each.message.text, (then.spam, now.spam), flagged))
        return tuple(changes)


async def _ask(classifier: Classifier, asked: Sequence[Asking]) -> tuple[dict[int, Check], ModeratorError | None]:
    waiting = list(batches(asked))
    checks: dict[int, Check] = {}
    errors: list[ModeratorError] = []

    async def work() -> None:
        while waiting and not errors:
            batch = waiting.pop()
            try:
                answers = (await classifier.ask([each.question for each in batch])).answers
            except ModeratorError as error:
                errors.append(error)
                return
            checks.update({each.id: each.check(answers[each.id]) for each in batch if each.id in answers})

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(waiting))):
            group.create_task(work())
    return checks, errors[0] if errors else None
