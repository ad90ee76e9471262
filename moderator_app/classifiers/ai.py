"""Asks OpenAI, or a server that speaks its API: the only file that knows the official client."""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from moderator_app.classifiers import faults, prompt, reading
from moderator_app.classifiers.faults import Fault, Kind
from moderator_app.classifiers.pictures import data_address
from moderator_app.classifiers.reading import Form, Unusable
from moderator_app.classifiers.restraint import Breaker, Held, Pause, Sleep, back_off
from moderator_app.domain.ai import Answer, Asked, Price, Question, Subject, Toxicity, Use
from moderator_app.domain.ai_ports import Found, Ledger, NotAsked, nobody
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 5.0
AT_ONCE = 4
RETRIES = 2
# What a server asks to wait is waited out on the spot if it is no longer.
PATIENCE_SECONDS = 10.0
# A server without a moderation endpoint is asked for it again after a while.
FORGOTTEN_SECONDS = 3600.0
OWN_HOST = "api.openai.com"
# What is booked is never less than what it takes. The fixed part is ordinary language; of a text no token is shorter
# than a byte. An id and the signs around a text are some more.
CHARACTERS_PER_TOKEN = 2.5
TOKENS_AROUND, TOKENS_OF_PICTURE = 40, 400
# An answer that grows beyond this is cut off, and is none.
MOST_WRITTEN_EACH = 600
# What the client would load in the middle of its first request, in the window's thread.
_LOADED_LATE = (
    "openai.resources.chat",
    "openai.resources.moderations",
    "openai.resources.models",
    "anyio._backends._asyncio",
)

Call = Callable[["AsyncOpenAI"], AbstractAsyncContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Options:
    """Where and what is asked. Without a `moderation_model` the chat model tells toxicity, too."""

    base_url: str
    model: str
    moderation_model: str = ""
    reasoning_effort: str = ""
    guidance: str = ""
    prices: Mapping[str, Price] = field(default_factory=dict)

    @property
    def needs_key(self) -> bool:
        """A server of one's own may do without."""
        return urlsplit(self.base_url).hostname == OWN_HOST


class _Failed(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


class OpenAiClassifier:
    """Asks a chat model for the form of each message, and a moderation model for toxicity."""

    def __init__(
        self,
        key: str,
        options: Options,
        ledger: Ledger,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        deadline: float = DEADLINE_SECONDS,
    ) -> None:
        self._deadline = deadline
        self._key, self._options, self._ledger = key, options, ledger
        self._monotonic, self._sleep = monotonic, sleep
        self._breaker, self._pause = Breaker(monotonic), Pause(monotonic, sleep)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._client: asyncio.Task[AsyncOpenAI] | None = None
        self._no_moderation_until = 0.0

    @property
    def edition(self) -> str:
        return f"{self._options.model} {self._options.moderation_model or '-'} {prompt.version(self._options.guidance)}"

    async def ask(self, questions: Sequence[Question], found: Found = nobody) -> Asked:
        about_people = questions[0].subject is Subject.PROFILE
        toxicity = {each.id: each.toxicity for each in questions if about_people or each.toxicity}
        unknown = [each for each in questions if each.id not in toxicity]
        with _translated():
            told = await self._toxicity(unknown) if unknown else None
        if told is not None:
            fresh = {each.id: one for each, one in zip(unknown, told, strict=True)}
            # It is not asked again whatever becomes of the rest.
            await found(fresh)
            toxicity |= fresh
        with _translated():
            return Asked(await self._answers(questions, toxicity))

    async def models(self) -> tuple[str, ...]:
        """What the server offers. Raises as `ask`, BudgetSpent excepted: it costs nothing."""
        with _translated():
            body = await self._once("", None, lambda client: client.models.with_streaming_response.list())
        return reading.model_names(body)

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await (await client).close()

    async def _toxicity(self, questions: Sequence[Question]) -> Sequence[Toxicity] | None:
        """By question; None where the chat model is to tell."""
        texts = [question.text for question in questions]
        if not self._options.moderation_model or self._no_moderation_until > self._monotonic():
            return None
        given: Any = texts
        if questions[0].picture is not None and "omni" in self._options.moderation_model:
            image = {"type": "image_url", "image_url": {"url": data_address(questions[0].picture)}}
            given = [*([{"type": "text", "text": texts[0]}] if texts[0] else []), image]
        model = self._options.moderation_model
        try:
            body = await self._send(
                model,
                Use(requests=1),
                lambda client: client.moderations.with_streaming_response.create(input=given, model=model),
            )
            return reading.moderations(body, len(questions))
        except Unusable:
            return None
        except _Failed as failed:
            if failed.fault.kind not in (Kind.MISSING, Kind.REFUSED):
                raise
            self._no_moderation_until = self._monotonic() + FORGOTTEN_SECONDS
            return None

    async def _answers(self, questions: Sequence[Question], toxicity: Mapping[int, Toxicity]) -> dict[int, Answer]:
        """By question; the chat model tells the toxicity of all where that of some is not known."""
        ids = [secrets.token_hex(4) for _ in questions]
        model, profile = self._options.model, questions[0].subject is Subject.PROFILE
        lacking = any(each.id not in toxicity for each in questions)
        request = self._request(ids, questions, toxicity=lacking, profile=profile)
        estimate = self._estimate(request, questions)
        try:
            body = await self._send(
                model, estimate, lambda client: client.chat.completions.with_streaming_response.create(**request)
            )
            content, use = reading.completion(body)
            forms = reading.forms(content, ids, toxicity=lacking, profile=profile)
        except Unusable:
            log.warning("an answer of %s cannot be used", model)
            return {}
        share = self._priced(model, use).cost / len(questions)
        return {
            question.id: self._answer(forms[id], question, toxicity.get(question.id), share)
            for id, question in zip(ids, questions, strict=True)
            if id in forms
        }

    def _answer(self, form: Form, question: Question, toxicity: Toxicity | None, cost: float) -> Answer:
        return Answer(
            spam=form.spam,
            kind=form.kind,
            reason=form.reason,
            words=form.words,
            toxicity=form.toxicity if toxicity is None else toxicity,
            suspicious=form.profile,
            model=self._options.model,
            prompt=prompt.version(self._options.guidance),
            cost=cost,
            pictured=question.picture is not None,
        )

    def _request(
        self, ids: Sequence[str], questions: Sequence[Question], *, toxicity: bool, profile: bool
    ) -> dict[str, Any]:
        picture = questions[0].picture
        texts = [(id, question.text) for id, question in zip(ids, questions, strict=True)]
        address = "" if picture is None else data_address(picture)
        request: dict[str, Any] = {
            "model": self._options.model,
            "messages": prompt.messages(texts, address, guidance=self._options.guidance, profile=profile),
            "response_format": prompt.schema(toxicity=toxicity, profile=profile),
            "max_completion_tokens": MOST_WRITTEN_EACH * len(questions),
        }
        if self._options.reasoning_effort:
            request["reasoning_effort"] = self._options.reasoning_effort
        if self._options.needs_key:
            # Other servers may not know it.
            request["prompt_cache_key"] = f"moderator-app-{prompt.VERSION}"
        return request

    def _estimate(self, request: Mapping[str, Any], questions: Sequence[Question]) -> Use:
        fixed = len(str(request["response_format"])) + len(request["messages"][0]["content"])
        texts = sum(len(json.dumps(each.text, ensure_ascii=False).encode()) + TOKENS_AROUND for each in questions)
        pictures = TOKENS_OF_PICTURE * sum(question.picture is not None for question in questions)
        prompt_tokens = round(fixed / CHARACTERS_PER_TOKEN) + texts + pictures
        use = Use(1, prompt_tokens, 0, request["max_completion_tokens"])
        return self._priced(self._options.model, use)

    def _priced(self, model: str, use: Use) -> Use:
        return replace(use, cost=self._options.prices.get(model, Price()).of(use))

    async def _send(self, model: str, estimate: Use, call: Call) -> bytes:
        """The body of the answer, if need be after some tries. Raises _Failed, Held and Unusable."""
        tries = 0
        while True:
            try:
                return await self._once(model, estimate, call)
            except _Failed as failed:
                log.warning("asking %s failed: %s %s", model, failed.fault.kind, failed.fault.status or "")
                if failed.fault.kind is Kind.UNUSABLE:
                    raise Unusable from None
                tries += 1
                wait = max(failed.fault.wait, back_off(tries))
                if failed.fault.kind is Kind.BUSY:
                    self._pause.ask_for(wait)
                if tries > RETRIES or not failed.fault.may_pass:
                    raise
                if failed.fault.kind is Kind.SILENT:
                    await self._sleep(min(wait, PATIENCE_SECONDS))

    async def _once(self, model: str, estimate: Use | None, call: Call) -> bytes:
        """One request, booked before and corrected after; without an `estimate` it costs nothing."""
        await self._pause.wait(PATIENCE_SECONDS)
        async with self._slots:
            # Others may have been told to wait while this one waited for its turn.
            await self._pause.wait(PATIENCE_SECONDS)
            client = await self._connected()
            self._breaker.enter()
            known = False
            try:
                if estimate is not None:
                    await self._ledger.book(model, estimate)
                body, fault = await _received(call(client), self._deadline)
                known = True
            finally:
                if not known:
                    self._breaker.left()
            self._learn(fault)
            if estimate is not None:
                used = Use(requests=1) if fault else self._priced(model, reading.told_use(body))
                await self._ledger.correct(model, estimate, used)
            if fault is not None:
                raise _Failed(fault)
            return body

    def _learn(self, fault: Fault | None) -> None:
        if fault is None:
            self._breaker.succeeded()
        elif fault.kind is Kind.SILENT:
            self._breaker.failed()
        else:
            self._breaker.left()

    async def _connected(self) -> "AsyncOpenAI":
        if self._client is None:
            # Loading the client takes half a second, which no window should wait for.
            making = asyncio.to_thread(_client, self._key, self._options.base_url)
            self._client = asyncio.get_running_loop().create_task(making)
        return await asyncio.shield(self._client)


def _client(key: str, base_url: str) -> "AsyncOpenAI":
    openai = import_module("openai")
    for name in _LOADED_LATE:
        import_module(name)
    for name in ("openai", "httpx2", "httpcore2"):
        # At lower levels they log what is sent.
        logging.getLogger(name).setLevel(logging.WARNING)
    client: AsyncOpenAI = openai.AsyncOpenAI(
        api_key=key or "none", base_url=base_url, max_retries=0, timeout=DEADLINE_SECONDS
    )
    return client


async def _received(answering: AbstractAsyncContextManager[Any], deadline: float) -> tuple[bytes, Fault | None]:
    """The body of an answer, or what went wrong. Nothing of an error is kept: it holds texts and the key."""
    import httpx2
    import openai

    body = bytearray()
    try:
        async with asyncio.timeout(deadline), answering as answer:
            async for part in answer.iter_bytes():
                body += part
                if len(body) > reading.MOST_BYTES:
                    return b"", Fault(Kind.UNUSABLE)
    except openai.APIStatusError as error:
        return b"", faults.of_status(error.status_code, error.response.headers)
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, OSError):
        return b"", Fault(Kind.SILENT)
    except UnicodeError:
        # A key that no header can hold.
        return b"", Fault(Kind.KEY)
    return bytes(body), None


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except _Failed as failed:
        raise _told(failed.fault) from None
    except Held as held:
        raise NotAsked("ai.paused" if held.asked else "ai.silent", round(held.seconds, 1)) from None


def _told(fault: Fault) -> ModeratorError:
    match fault.kind:
        case Kind.BUSY:
            return TryLater("ai.paused", round(max(fault.wait, 1.0), 1))
        case Kind.SILENT:
            return TryLater("ai.silent", round(max(fault.wait, 10.0), 1))
        case Kind.KEY:
            return SignInNeeded("ai.key")
        case Kind.UNUSABLE:
            return Refused("ai.invalid")
    return Refused("ai.refused", status=fault.status)
