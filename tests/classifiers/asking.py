"""A classifier that asks the loopback server, and what it books."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from moderator_app.classifiers.ai import OpenAiClassifier, Options
from moderator_app.domain.ai import Price, Question, Use
from moderator_app.domain.ai_ports import BudgetSpent
from tests.servers.openai import OpenAiServer

KEY = "sk-test-0123456789abcdef"


class Purse:
    """Books everything until it is empty."""

    def __init__(self) -> None:
        self.booked: list[Use] = []
        self.used = Use()
        self.empty = False

    async def book(self, model: str, estimate: Use) -> None:
        if self.empty:
            raise BudgetSpent("ai.budget", limit="requests_per_day")
        self.booked.append(estimate)
        self.used += estimate

    async def correct(self, model: str, estimate: Use, used: Use) -> None:
        self.used += used - estimate


class Slept:
    """Sleeps by moving its own clock."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@asynccontextmanager
async def asking(
    server: OpenAiServer, purse: Purse | None = None, slept: Slept | None = None, deadline: float = 5.0, **options: Any
) -> AsyncIterator[OpenAiClassifier]:
    slept = slept or Slept()
    chosen = {
        "base_url": server.url,
        "model": "test-model",
        "moderation_model": "omni-moderation-latest",
        "prices": {"test-model": Price(1.0, 0.1, 10.0)},
    } | options
    classifier = OpenAiClassifier(
        KEY, Options(**chosen), purse or Purse(), monotonic=slept.monotonic, sleep=slept.sleep, deadline=deadline
    )
    try:
        yield classifier
    finally:
        await classifier.close()


def questions(*texts: str) -> list[Question]:
    return [Question(place, text) for place, text in enumerate(texts, 1)]
