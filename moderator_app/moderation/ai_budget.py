"""The budget of AI: every request is booked before it is sent and corrected afterwards."""

from collections.abc import Callable
from datetime import date

from moderator_app.domain.ai import Limits, Use
from moderator_app.domain.ai_ports import BudgetSpent
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import ai_uses
from moderator_app.storage.database import Database


class Budget:
    """`limits` are those in force. `used` is what was asked through this object, as corrected."""

    def __init__(self, database: Database, limits: Callable[[], Limits], clock: Clock = now) -> None:
        self._database = database
        self._limits = limits
        self._clock = clock
        self.used = Use()

    @property
    def limits(self) -> Limits:
        return self._limits()

    async def book(self, model: str, estimate: Use) -> None:
        """Raises BudgetSpent."""
        day = self._today()
        exceeded = await self._database.write(ai_uses.book, day, model, estimate, self._limits())
        if exceeded:
            raise BudgetSpent("ai.budget", limit=f"ai.budget.{exceeded}")
        self.used += Use(requests=estimate.requests)

    async def correct(self, model: str, estimate: Use, used: Use) -> None:
        """Across midnight the difference counts for the new day: it is five seconds at most."""
        difference = used - estimate
        await self._database.insist(ai_uses.add, self._today(), model, difference)
        self.used += used - Use(requests=estimate.requests)

    async def today(self) -> Use:
        return await self._database.read(ai_uses.of_day, self._today())

    def _today(self) -> date:
        return self._clock().astimezone().date()
