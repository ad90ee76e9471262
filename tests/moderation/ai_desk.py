"""A desk with AI: the real classifier asks the loopback server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from moderator_app.ai_access import AiAccess
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.ai import AiPolicy, Check, Limits, Which
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.policy import Policy
from moderator_app.domain.ports import Delivery
from moderator_app.domain.verdict import Finding
from moderator_app.moderation.ai_budget import Budget
from moderator_app.moderation.classifying import Classified, Classifying, Connect
from moderator_app.moderation.intake import Intake
from moderator_app.settings import OpenAi
from moderator_app.storage import ai_checks, verdicts
from tests.classifiers.asking import KEY
from tests.moderation.desk import Desk, opened
from tests.servers.openai import OpenAiServer

PLENTY = Limits(10_000, 100_000, 10**9, 10**9, 1e6, 1e6)


@dataclass
class AiDesk:
    desk: Desk
    server: OpenAiServer
    classifying: Classifying
    connect: Connect
    limits: Limits = PLENTY

    def another(self) -> Classifying:
        """What a second process, or the next one, would have."""
        desk = self.desk
        budget = Budget(desk.database, lambda: self.limits, desk.clock)
        return Classifying(desk.database, desk.changes, lambda: desk.judges.book, budget, self.connect, desk.clock)

    async def arrive(self, *messages: Message) -> None:
        await self.desk.intake.accept(Delivery(messages), "fake")

    async def classify(self, which: Which = Which.ALL, limit: int | None = None) -> Classified:
        return await self.classifying.classify(which, limit)

    async def check(self, row: int) -> Check | None:
        """What is known of a message, by its row."""
        return (await self.desk.database.read(ai_checks.answers_of, [row])).get(row)

    async def findings(self, row: int) -> tuple[Finding, ...]:
        return (await self.desk.database.read(verdicts.findings_of, [row])).get(row, ())

    def wish(self, **ai: Any) -> None:
        """All communities want this of AI from now on."""
        self.desk.judges.use(RuleBook(Policy(ai=replace(AiPolicy(enabled=True, which=Which.ALL), **ai))))
        self.classifying.look_again()


@asynccontextmanager
async def ai_desk(folder: Path, **options: Any) -> AsyncIterator[AiDesk]:
    with OpenAiServer() as server:
        async with opened(folder) as desk:
            usual = {"base_url": server.url, "model": "test-model", "prices": "test-model=1/0.1/10"}
            chosen = OpenAi(**usual | options)
            access = AiAccess(Credentials({Secret.OPENAI_KEY: KEY}), lambda: chosen)
            budget = Budget(desk.database, lambda: made.limits, desk.clock)
            classifying = Classifying(
                desk.database, desk.changes, lambda: desk.judges.book, budget, access.connect, desk.clock
            )
            desk.intake = Intake(desk.database, desk.judges, desk.changes, desk.clock, classifying.offer)
            made = AiDesk(desk, server, classifying, access.connect)
            try:
                yield made
            finally:
                await classifying.close()
