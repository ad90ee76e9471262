"""The use cases over one database, with a clock that is set, as the composition root puts them together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from moderator_app.domain.decision import ActionState
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey, Message, Platform
from moderator_app.domain.ports import Delivery, Source
from moderator_app.domain.statistics import Period
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.history import History
from moderator_app.moderation.importing import Importing
from moderator_app.moderation.intake import Intake
from moderator_app.moderation.judges import Judges
from moderator_app.moderation.outbox import Outbox
from moderator_app.moderation.queue_reading import QueueReading
from moderator_app.moderation.review import Review
from moderator_app.storage import statistics
from moderator_app.storage.database import Database
from tests.builders import NOON, message
from tests.fakes import SetClock

YARD = CommunityKey(Platform.TELEGRAM, "100")
WARNINGS = {"ru": "Соблюдайте правила.", "en": "Keep to the rules."}


class Desk:
    def __init__(self, folder: Path) -> None:
        self.clock = SetClock()
        self.database = Database.open(folder / "console.sqlite3")
        self.changes = Changes()
        self.judges = Judges(RuleBook(), workers=1)
        self.intake = Intake(self.database, self.judges, self.changes, self.clock)
        self.importing = Importing(self.intake, self.judges)
        self.queue = QueueReading(self.database)
        self.review = Review(self.database, self.changes, lambda: 5.0, "anna", self.clock, lambda: WARNINGS)
        self.outbox = Outbox(self.database, self.changes, self.clock)
        self.history = History(self.database, self.clock)

    async def items(self) -> tuple[int, ...]:
        return tuple(row.item for row in (await self.queue.page()).rows)

    async def flagged(self, *messages: Message) -> tuple[int, ...]:
        """The items of messages that a source delivers."""
        return (await self.intake.accept(Delivery(messages), "fake")).items

    async def states(self) -> list[ActionState]:
        """The states of all actions, oldest decision first."""
        lines = await self.history.page()
        return [action.state for line in reversed(lines) for action in line.decision.actions]

    async def counted_as_flagged(self) -> int:
        """How many messages the counters say are flagged."""
        return (await self.database.read(statistics.overview, Period.ALL, NOON.date(), None)).flagged

    async def carry_out(self, source: Source) -> None:
        """Carry out all that is due."""
        while await self.outbox.carry_out_next(source):
            pass


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Desk]:
    desk = Desk(folder)
    try:
        yield desk
    finally:
        desk.judges.close()
        await asyncio.to_thread(desk.database.close)


async def until(condition: Callable[[], Awaitable[object]], seconds: float = 10.0) -> None:
    """Wait for what other parts bring about."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.01)


def insult(id: str = "1", **overrides: Any) -> Message:
    return message("да пошёл ты нахуй", id=id, **overrides)
