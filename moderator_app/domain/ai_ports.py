"""The protocols through which an AI is met."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from moderator_app.domain.ai import Asked, Question, Toxicity, Use
from moderator_app.domain.errors import Refused, TryLater

# Told what was found before the rest is asked, by the ids of the questions.
Found = Callable[[Mapping[int, Toxicity]], Awaitable[None]]


async def nobody(_found: Mapping[int, Toxicity]) -> None:
    """Who wants to hear the whole answer only."""


class NotAsked(TryLater):
    """Nothing is sent at present, because the server fails or asks to wait."""


class BudgetSpent(Refused):
    """What would be asked next does not fit into the budget any more."""


class Ledger(Protocol):
    """Who pays: every request is booked before it is sent."""

    async def book(self, model: str, estimate: Use) -> None:
        """Raises BudgetSpent; nothing is booked then."""

    async def correct(self, model: str, estimate: Use, used: Use) -> None:
        """Put what a request took in the place of what was booked for it."""


class Classifier(Protocol):
    """An AI that is asked about texts."""

    @property
    def edition(self) -> str:
        """What answers depend on besides the text: the models and the version of the prompt."""

    async def ask(self, questions: Sequence[Question], found: Found = nobody) -> Asked:
        """Ask about questions that share their requests; `found` hears their toxicity where that comes by itself.

        Raises TryLater (no answer; the same may be answered later), NotAsked, BudgetSpent, SignInNeeded (no key, or a
        wrong one) and Refused (the server will not do it).
        """

    async def close(self) -> None: ...
