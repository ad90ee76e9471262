"""The way to the AI server: its key, in the system keyring, and a classifier by the settings in force."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from moderator_app.classifiers.ai import OpenAiClassifier, Options
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.ai import Answer, Limits, Question, Use, price_table
from moderator_app.domain.ai_findings import located
from moderator_app.domain.ai_ports import Ledger
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded
from moderator_app.moderation.ai_budget import Budget
from moderator_app.settings import OpenAi, Settings

# Printable, and nothing that a header cannot hold.
_LONGEST_KEY = 500


@dataclass(frozen=True, slots=True)
class Trial:
    """What one text was answered; None where the answer was of no use."""

    answer: Answer | None
    use: Use = field(default_factory=Use)


def limits(settings: Settings) -> Limits:
    budget = settings.ai.budget
    return Limits(
        budget.requests_per_day,
        budget.requests_per_month,
        budget.tokens_per_day,
        budget.tokens_per_month,
        budget.money_per_day,
        budget.money_per_month,
    )


class AiAccess:
    """`chosen` gives the settings of this run."""

    def __init__(self, kept: Credentials, chosen: Callable[[], OpenAi]) -> None:
        self._kept = kept
        self._chosen = chosen

    async def connect(self, ledger: Ledger) -> OpenAiClassifier:
        """A classifier by the settings in force. Raises SignInNeeded where there is no key and the server needs one."""
        return self._made(await self._key(), ledger)

    async def connect_another(self, ledger: Ledger, model: str, guidance: str) -> OpenAiClassifier:
        """One that asks another model, or with other guidance, and is not in use yet. Raises SignInNeeded."""
        return self._made(await self._key(), ledger, replace(self._chosen(), model=model, guidance=guidance))

    async def has_key(self) -> bool:
        return bool(await self._key())

    def is_given(self) -> bool:
        """Whether the key came from the environment and lasts for this run only."""
        return self._kept.is_given(Secret.OPENAI_KEY)

    async def give_key(self, key: str) -> bool:
        """Keep a key in the keyring. Returns whether the server takes it; False where it cannot be asked.

        Raises SignInNeeded where the server says that it is wrong, and Refused where it cannot be one or be kept.
        """
        key = key.strip()
        if not key or len(key) > _LONGEST_KEY or not (key.isascii() and key.isprintable()) or " " in key:
            raise Refused("ai.no_such_key")
        taken = await self._is_taken(key)
        await asyncio.to_thread(self._kept.store, Secret.OPENAI_KEY, key)
        return taken

    async def models(self) -> tuple[str, ...]:
        """What the server offers. Raises ModeratorError."""
        classifier = self._made(await self._key(), _Nobody())
        try:
            return await classifier.models()
        finally:
            await classifier.close()

    async def test(self, text: str, budget: Budget) -> Trial:
        """Ask about one text. Raises as a classifier does."""
        before = budget.used
        classifier = await self.connect(budget)
        try:
            question = Question(1, text)
            answer = (await classifier.ask([question])).answers.get(1)
        finally:
            await classifier.close()
        return Trial(None if answer is None else located(answer, text), budget.used - before)

    async def _is_taken(self, key: str) -> bool:
        classifier = self._made(key, _Nobody())
        try:
            await classifier.models()
        except SignInNeeded:
            raise
        except ModeratorError:
            return False
        finally:
            await classifier.close()
        return True

    async def _key(self) -> str:
        return await asyncio.to_thread(self._kept.get, Secret.OPENAI_KEY) or ""

    def _made(self, key: str, ledger: Ledger, chosen: OpenAi | None = None) -> OpenAiClassifier:
        chosen = chosen or self._chosen()
        options = Options(
            chosen.base_url,
            chosen.model,
            chosen.moderation_model,
            chosen.reasoning_effort,
            chosen.guidance,
            price_table(chosen.prices),
        )
        if options.needs_key and not key:
            raise SignInNeeded("ai.no_key")
        return OpenAiClassifier(key, options, ledger)


class _Nobody:
    """Pays for what costs nothing."""

    async def book(self, model: str, estimate: Use) -> None:
        raise Refused("ai.budget", limit="")

    async def correct(self, model: str, estimate: Use, used: Use) -> None:
        raise Refused("ai.budget", limit="")
