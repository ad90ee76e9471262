"""What a live source delivers is judged in this process, long texts and bulk in others; the findings are the same."""

from collections.abc import AsyncIterator
from multiprocessing import active_children

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.judging.engine import Engine
from moderator_app.moderation.judges import INLINE_CHARACTERS, INLINE_CHARACTERS_TOGETHER, INLINE_MESSAGES, Judges
from tests.builders import message


@pytest.fixture
async def judges() -> AsyncIterator[Judges]:
    made = Judges(RuleBook(), workers=1)
    yield made
    made.close()


def chat(count: int) -> list[Message]:
    """Every third of them against the rules."""
    lines = ("доброе утро", "кто идёт на рынок", "да пошёл ты нахуй")
    return [message(lines[number % 3], id=str(number)) for number in range(count)]


async def test_a_live_delivery_starts_no_process(judges: Judges) -> None:
    messages = chat(INLINE_MESSAGES)
    judgement = await judges.judge(messages)
    assert not active_children()
    assert judgement.judged == Engine(RuleBook()).judge_all(messages)
    assert sum(bool(each.findings) for each in judgement.judged) == INLINE_MESSAGES // 3


@pytest.mark.parametrize(
    "messages",
    [
        chat(INLINE_MESSAGES + 1),
        [message("а" * (INLINE_CHARACTERS + 1))],
        [
            message("а" * INLINE_CHARACTERS, id=str(n))
            for n in range(INLINE_CHARACTERS_TOGETHER // INLINE_CHARACTERS + 1)
        ],
    ],
    ids=["many", "one long", "long together"],
)
async def test_more_than_that_is_judged_in_another_process(judges: Judges, messages: list[Message]) -> None:
    judgement = await judges.judge(messages)
    assert active_children()
    assert judgement.judged == Engine(RuleBook()).judge_all(messages)
