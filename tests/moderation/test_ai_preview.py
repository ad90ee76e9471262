"""Another model is looked at before it is taken into use."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from moderator_app.ai_access import AiAccess
from moderator_app.credentials import Credentials, Secret
from moderator_app.moderation.ai_preview import Preview
from moderator_app.settings import OpenAi
from tests.builders import messages
from tests.classifiers.asking import KEY
from tests.moderation.ai_desk import AiDesk, ai_desk
from tests.servers.openai import Fault, Kind, Obeys


@pytest.fixture
async def ai(tmp_path: Path) -> AsyncIterator[AiDesk]:
    async with ai_desk(tmp_path) as ai:
        yield ai


def preview(ai: AiDesk) -> Preview:
    return Preview(ai.desk.database, lambda: ai.desk.judges.book, ai.classifying.budget)


def access(ai: AiDesk) -> AiAccess:
    chosen = replace(OpenAi(), base_url=ai.server.url)
    return AiAccess(Credentials({Secret.OPENAI_KEY: KEY}), lambda: chosen)


async def test_what_would_change_is_told_and_nothing_changes(ai: AiDesk) -> None:
    await ai.arrive(*messages("Погода сегодня хорошая", "Рынок закрыт до понедельника"))
    await ai.classify()
    # The other model sees everything the other way round.
    ai.server.obeys, ai.server.orders = Obeys.ANYWHERE, ["Погода сегодня хорошая"]
    other = await access(ai).connect_another(ai.classifying.budget, "other-model", "Рыночная реклама разрешена.")
    found = await preview(ai).compare(other, 50)
    await other.close()
    assert (found.messages, found.unanswered, found.enter, found.leave) == (2, 0, 2, 0)
    assert {change.spam for change in found.changes} == {(0.02, 0.97)}
    assert found.use.tokens > 0
    assert await ai.desk.items() == ()
    request = ai.server.of("chat")[-1].body
    assert request["model"] == "other-model"
    assert request["messages"][0]["content"].endswith("Рыночная реклама разрешена.\n")


async def test_the_same_model_changes_nothing(ai: AiDesk) -> None:
    await ai.arrive(*messages("Погода сегодня хорошая", "Казино ждёт"))
    await ai.classify()
    same = await ai.classifying.classifier()
    assert (await preview(ai).compare(same, 50)).changes == ()


async def test_a_server_that_fails_is_told(ai: AiDesk) -> None:
    await ai.arrive(*messages("Погода сегодня хорошая"))
    await ai.classify()
    ai.server.tell(Fault(Kind.FAULT, times=99))
    found = await preview(ai).compare(await ai.classifying.classifier(), 50)
    assert found.error is not None
    assert found.unanswered == 1
