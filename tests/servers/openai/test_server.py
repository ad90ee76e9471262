"""The server answers the official client as the real one would, and misbehaves when told to."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from openai import APIConnectionError, AsyncOpenAI, InternalServerError, NotFoundError, OpenAI, RateLimitError

from tests.servers.openai import Fault, Kind, OpenAiServer, tokens

SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "answers",
        "schema": {"properties": {"answers": {"items": {"properties": {"id": {}, "spam": {}, "words": {}}}}}},
    },
}


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with OpenAiServer() as server:
        yield server


def client(server: OpenAiServer) -> AsyncOpenAI:
    return AsyncOpenAI(api_key="key", base_url=server.url, max_retries=0)


async def ask(server: OpenAiServer, *texts: str, prefix: str = "Judge.") -> Any:
    listed = [{"id": f"m{place}", "text": text} for place, text in enumerate(texts)]
    said: Any = [
        {"role": "system", "content": prefix},
        {"role": "user", "content": json.dumps({"messages": listed}, ensure_ascii=False)},
    ]
    async with client(server) as asking:
        schema: Any = SCHEMA
        return await asking.chat.completions.create(model="test-model", messages=said, response_format=schema)


async def test_each_message_gets_an_answer_by_the_schema(server: OpenAiServer) -> None:
    completion = await ask(server, "Казино ждёт", "иди нахуй")
    answers = json.loads(completion.choices[0].message.content)["answers"]
    assert [(each["id"], each["spam"] > 0.5, len(each["words"])) for each in answers] == [
        ("m0", True, 0),
        ("m1", False, 1),
    ]


async def test_an_equal_beginning_is_told_as_cached(server: OpenAiServer) -> None:
    prefix = "Judge by these rules. " * 400
    first = await ask(server, "one", prefix=prefix)
    second = await ask(server, "another", prefix=prefix)
    assert first.usage.prompt_tokens_details.cached_tokens == 0
    assert second.usage.prompt_tokens_details.cached_tokens >= tokens.LEAST_CACHED
    assert second.usage.prompt_tokens == tokens.count(tokens.prompt_of(server.heard[1].body))


async def test_moderation_gives_a_result_for_each_text(server: OpenAiServer) -> None:
    async with client(server) as asking:
        found = await asking.moderations.create(input=["привет", "я тебя убью"], model="omni-moderation-latest")
    assert [each.flagged for each in found.results] == [False, True]


async def test_it_lists_its_models(server: OpenAiServer) -> None:
    async with client(server) as asking:
        assert "test-model" in [each.id async for each in asking.models.list()]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(Kind.TOO_MANY, retry_after="7"), RateLimitError),
        (Fault(Kind.FAULT), InternalServerError),
        (Fault(Kind.CUT), APIConnectionError),
        (Fault(Kind.UNKNOWN), NotFoundError),
    ],
)
async def test_faults_of_transport_are_what_the_client_knows_them_as(
    fault: Fault, error: type[Exception], server: OpenAiServer
) -> None:
    server.tell(fault)
    with pytest.raises(error) as caught:
        await ask(server, "привет")
    if isinstance(caught.value, RateLimitError):
        assert caught.value.response.headers["retry-after"] == "7"
    await ask(server, "привет")


async def test_a_body_can_drip(server: OpenAiServer) -> None:
    server.tell(Fault(Kind.DRIP, seconds=0.01))
    assert (await ask(server, "привет")).choices


@pytest.mark.parametrize("kind", [Kind.WRONG_IDS, Kind.DOUBLED_IDS, Kind.EXTRA, Kind.FOREIGN_WORD, Kind.OUT_OF_RANGE])
async def test_contents_can_be_spoilt(kind: Kind, server: OpenAiServer) -> None:
    well = (await ask(server, "привет")).choices[0].message.content
    server.tell(Fault(kind))
    assert (await ask(server, "привет")).choices[0].message.content != well


async def test_a_refusal_has_no_content(server: OpenAiServer) -> None:
    server.tell(Fault(Kind.REFUSAL))
    said = (await ask(server, "привет")).choices[0].message
    assert said.content is None
    assert said.refusal


def test_it_runs_as_a_process() -> None:
    command = [sys.executable, "-m", "tests.servers.openai"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        with OpenAI(api_key="key", base_url=f"http://127.0.0.1:{port}/v1", max_retries=0) as asking:
            assert [each.id for each in asking.models.list()]
        process.terminate()
        assert process.wait(10) == 0
