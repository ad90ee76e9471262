"""The classifier against a real server: what it asks, what it takes for an answer, and how it bears faults."""

import asyncio
import json
import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from moderator_app.classifiers import prompt
from moderator_app.classifiers.reading import Unusable, completion
from moderator_app.domain.ai import Question, SpamKind, Toxicity
from moderator_app.domain.ai_ports import BudgetSpent
from moderator_app.domain.errors import Refused, SignInNeeded, TryLater
from tests.classifiers.asking import KEY, Purse, Slept, asking, questions
from tests.servers.openai import Fault, Kind, OpenAiServer, tokens


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with OpenAiServer() as server:
        yield server


async def test_five_messages_share_one_request_to_each_endpoint(server: OpenAiServer) -> None:
    async with asking(server) as classifier:
        asked = await classifier.ask(questions("казино", "привет", "иди нахуй", "я тебя убью", "ок"))
    assert {id: answer.spam > 0.5 for id, answer in asked.answers.items()} == {
        1: True,
        2: False,
        3: False,
        4: False,
        5: False,
    }
    assert asked.answers[1].kind is SpamKind.SCAM
    assert [word.base_form for word in asked.answers[3].words] == ["хуй"]
    assert dict(asked.answers[4].toxicity)["harassment"] == 0.91
    assert server.counted == {"chat/completions": 1, "moderations": 1}


async def test_what_is_asked_and_paid_is_told(server: OpenAiServer) -> None:
    purse = Purse()
    async with asking(server, purse) as classifier:
        answer = (await classifier.ask(questions("привет"))).answers[1]
    assert (answer.model, answer.prompt, answer.cached) == ("test-model", prompt.VERSION, False)
    assert purse.used.requests == 2
    assert purse.used.tokens == server.tokens_told
    assert (
        answer.cost
        == pytest.approx(purse.used.cost)
        == pytest.approx((purse.used.prompt * 1.0 + purse.used.written * 10.0) / 1e6)
    )


@pytest.mark.parametrize("text", ["😀" * 1000, "漢" * 1000, 'у"\n\\' * 250])
async def test_no_text_takes_more_than_is_booked(text: str, server: OpenAiServer) -> None:
    purse = Purse()
    async with asking(server, purse) as classifier:
        await classifier.ask(questions(text))
    chat = server.of("chat")[0].body
    booked = max(purse.booked, key=lambda use: use.tokens)
    assert booked.prompt > len(text.encode())
    assert booked.written == chat["max_completion_tokens"]


async def test_nothing_is_sent_that_is_not_booked(server: OpenAiServer) -> None:
    purse = Purse()
    purse.empty = True
    async with asking(server, purse) as classifier:
        with pytest.raises(BudgetSpent):
            await classifier.ask(questions("привет"))
    assert not server.heard


async def test_the_fixed_part_comes_first_and_the_texts_are_data(server: OpenAiServer) -> None:
    async with asking(server) as classifier:
        await classifier.ask(questions("один " * 50, "два " * 50))
        await classifier.ask(questions("three " * 50))
    first, second = (tokens.prompt_of(each.body) for each in server.of("chat"))
    assert tokens.shared(second, first) >= 0.7
    assert "один" not in server.of("chat")[0].body["messages"][0]["content"]


async def test_a_server_without_moderation_has_the_chat_model_tell_toxicity(server: OpenAiServer) -> None:
    server.moderation = False
    async with asking(server) as classifier:
        first = await classifier.ask(questions("я тебя убью"))
        await classifier.ask(questions("привет"))
    assert dict(first.answers[1].toxicity)["harassment"] == 0.9
    assert server.counted == {"chat/completions": 2, "moderations": 1}


@pytest.mark.parametrize("kind", [Kind.RESULT_MISSING, Kind.RESULT_EXTRA, Kind.RESULT_RANGE])
async def test_what_moderation_answers_wrongly_is_asked_of_the_chat_model(kind: Kind, server: OpenAiServer) -> None:
    server.tell(Fault(kind, path="moderations"))
    async with asking(server) as classifier:
        asked = await classifier.ask(questions("я тебя убью", "привет"))
    assert dict(asked.answers[1].toxicity)["harassment"] == 0.9
    assert server.counted == {"chat/completions": 1, "moderations": 1}


@pytest.mark.parametrize(
    ("kind", "answered"),
    [
        (Kind.INVALID_JSON, set()),
        (Kind.REFUSAL, set()),
        (Kind.LENGTH, set()),
        (Kind.HTML, set()),
        (Kind.HUGE, set()),
        (Kind.WRONG_IDS, set()),
        (Kind.DOUBLED_IDS, {2}),
        (Kind.OUT_OF_RANGE, {2}),
        (Kind.WRONG_LABEL, {2}),
        (Kind.MISSING_FIELD, {2}),
        (Kind.EXTRA, {1, 2}),
    ],
)
async def test_a_malformed_answer_is_none_and_is_not_asked_again(
    kind: Kind, answered: set[int], server: OpenAiServer
) -> None:
    server.tell(Fault(kind, path="chat"))
    async with asking(server) as classifier:
        asked = await classifier.ask(questions("привет", "казино"))
    assert set(asked.answers) == answered
    assert server.counted["chat/completions"] == 1


@pytest.mark.parametrize("fault", [Fault(Kind.FAULT), Fault(Kind.CUT), Fault(Kind.TOO_MANY)])
async def test_an_unanswered_request_is_tried_again_twice(fault: Fault, server: OpenAiServer) -> None:
    server.tell(replace(fault, path="chat", times=2))
    purse = Purse()
    async with asking(server, purse) as classifier:
        assert (await classifier.ask(questions("привет"))).answers
    assert server.counted == {"chat/completions": 3, "moderations": 1}
    assert (purse.used.requests, purse.used.tokens) == (4, server.tokens_told)


async def test_after_three_tries_it_is_given_up(server: OpenAiServer) -> None:
    server.tell(Fault(Kind.FAULT, path="chat", times=9))
    async with asking(server) as classifier:
        with pytest.raises(TryLater):
            await classifier.ask(questions("привет"))
    assert server.counted == {"chat/completions": 3, "moderations": 1}


async def test_what_moderation_said_is_told_at_once_and_not_asked_for_again(server: OpenAiServer) -> None:
    server.tell(Fault(Kind.BAD_REQUEST, path="chat"))
    told: dict[int, Toxicity] = {}

    async def hear(found: Mapping[int, Toxicity]) -> None:
        told.update(found)

    (first,) = questions("я тебя убью")
    async with asking(server) as classifier:
        with pytest.raises(Refused):
            await classifier.ask([first], hear)
        known = replace(first, toxicity=told[first.id])
        other = replace(first, id=first.id + 1, text="привет")
        asked = await classifier.ask([known, other], hear)
    assert [each.body["input"] for each in server.of("moderations")] == [["я тебя убью"], ["привет"]]
    assert asked.answers[first.id].toxicity == told[first.id]
    assert dict(told[first.id])["harassment"] == 0.91
    assert dict(told[other.id])["harassment"] == 0.001


def test_a_refusal_beside_a_content_is_no_answer() -> None:
    message = {"role": "assistant", "content": '{"answers": []}', "refusal": "I cannot help with that."}
    with pytest.raises(Unusable):
        completion(json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode())


async def test_a_wait_that_the_server_asks_for_holds_every_request(server: OpenAiServer) -> None:
    slept = Slept()
    server.tell(Fault(Kind.TOO_MANY, path="moderations", retry_after="7"))
    async with asking(server, slept=slept) as classifier:
        await classifier.ask(questions("привет"))
        assert sum(slept.waits) >= 7
        server.tell(Fault(Kind.TOO_MANY, path="moderations", retry_after="120"))
        with pytest.raises(TryLater) as later:
            await classifier.ask(questions("ещё"))
        assert later.value.text_id == "ai.paused"
        sent = len(server.heard)
        with pytest.raises(TryLater):
            await classifier.ask(questions("и другое"))
    assert len(server.heard) == sent
    assert later.value.seconds > 100


async def test_a_server_that_fails_on_is_left_alone_then_probed(server: OpenAiServer) -> None:
    slept = Slept()
    server.tell(Fault(Kind.FAULT, times=100))
    async with asking(server, slept=slept) as classifier:
        for _ in range(4):
            with pytest.raises(TryLater):
                await classifier.ask(questions("привет"))
        assert len(server.heard) == 5
        slept.now += 31
        with pytest.raises(TryLater):
            await classifier.ask(questions("привет"))
        assert len(server.heard) == 6
        server.forgive()
        slept.now += 61
        assert (await classifier.ask(questions("привет"))).answers


@pytest.mark.parametrize("fault", [Fault(Kind.HANG), Fault(Kind.DRIP, seconds=1.0), Fault(Kind.LATE, seconds=30.0)])
async def test_a_request_has_so_long_in_all(fault: Fault, server: OpenAiServer) -> None:
    server.tell(replace(fault, path="chat", times=3))
    began = time.monotonic()
    async with asking(server, deadline=0.3) as classifier:
        with pytest.raises(TryLater):
            await classifier.ask(questions("привет"))
    assert time.monotonic() - began < 5
    assert server.counted["chat/completions"] == 3


@pytest.mark.parametrize(
    ("kind", "error"), [(Kind.KEY, SignInNeeded), (Kind.BAD_REQUEST, Refused), (Kind.UNKNOWN, Refused)]
)
async def test_what_no_further_try_mends_is_told(kind: Kind, error: type[Exception], server: OpenAiServer) -> None:
    server.tell(Fault(kind, path="chat", times=9))
    async with asking(server) as classifier:
        with pytest.raises(error):
            await classifier.ask(questions("привет"))
    assert server.counted["chat/completions"] == 1


async def test_a_dead_address_is_told_soon() -> None:
    with OpenAiServer() as server:
        pass
    async with asking(server) as classifier:
        with pytest.raises(TryLater):
            await classifier.ask(questions("привет"))


async def test_at_most_four_requests_are_under_way(server: OpenAiServer) -> None:
    server.seconds = 0.05
    async with asking(server) as classifier:
        await asyncio.gather(*(classifier.ask(questions(f"текст {n}")) for n in range(20)))
    assert server.most_at_once == 4


async def test_a_cancelled_question_frees_its_place(server: OpenAiServer) -> None:
    server.tell(Fault(Kind.HANG, times=4))
    async with asking(server) as classifier:
        waiting = [asyncio.ensure_future(classifier.ask(questions(f"текст {n}"))) for n in range(4)]
        async with asyncio.timeout(5):
            while server.most_at_once < 4:
                await asyncio.sleep(0.01)
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert (await classifier.ask(questions("привет"))).answers


async def test_neither_text_nor_key_is_logged_or_told(server: OpenAiServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.tell(Fault(Kind.FAULT, path="chat", times=2), Fault(Kind.BAD_REQUEST, path="chat"))
    async with asking(server) as classifier:
        with pytest.raises(Refused) as refused:
            await classifier.ask(questions("совершенно секретно"))
    everything = caplog.text + repr(refused.value) + str(refused.value.__dict__)
    assert "секретно" not in everything
    assert KEY not in everything
    assert refused.value.__cause__ is None


async def test_a_picture_goes_along_as_data(server: OpenAiServer) -> None:
    question = Question(1, "смотри", alone=True, picture=b"\xff\xd8\xff\xe0 picture")
    async with asking(server) as classifier:
        assert (await classifier.ask([question])).answers[1].pictured
    (image,) = tokens.images_of(server.of("chat")[0].body)
    assert image.startswith("data:image/jpeg;base64,")
    assert server.of("moderations")[0].body["input"][1] == {"type": "image_url", "image_url": {"url": image}}


async def test_the_servers_models_are_listed(server: OpenAiServer) -> None:
    async with asking(server) as classifier:
        assert "test-model" in await classifier.models()
    assert server.of("models")[0].key == KEY
